// @ts-check
// The words that people read: looked up in _locales, never written in code.

const Words = {
  /**
   * @param {string} key
   * @param {...string} parts what stands for $1, $2 …
   * @returns {string}
   */
  get(key, ...parts) {
    return chrome.i18n.getMessage(key, parts) || key;
  },

  /**
   * A number as people write it: “10,000”.
   * @param {number} value
   * @returns {string}
   */
  number(value) {
    return new Intl.NumberFormat(chrome.i18n.getUILanguage()).format(value);
  },

  /**
   * A list as people write it: “a, b and c”.
   * @param {string[]} items
   * @returns {string}
   */
  list(items) {
    return new Intl.ListFormat(chrome.i18n.getUILanguage(), { type: 'conjunction' }).format(items);
  },

  /**
   * Fills every element below `root` that names its words: `data-words="key"`.
   * @param {ParentNode} root
   */
  fill(root) {
    for (const element of root.querySelectorAll('[data-words]')) {
      element.textContent = Words.get(element.getAttribute('data-words') ?? '');
    }
  },
};
