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
   * A number as the language of the messages writes it: “10,000”.
   * @param {number} value
   * @returns {string}
   */
  number(value) {
    return new Intl.NumberFormat(Words.get('language')).format(value);
  },

  /**
   * A list as the language of the messages writes it: “a, b and c”.
   * @param {string[]} items
   * @returns {string}
   */
  list(items) {
    return new Intl.ListFormat(Words.get('language'), { type: 'conjunction' }).format(items);
  },

  /** Fills every element of one of the extension's own pages that names its words: `data-words="key"`. */
  fill() {
    const { documentElement } = document;
    documentElement.lang = Words.get('language');
    documentElement.dir = Words.get('direction');
    for (const element of document.querySelectorAll('[data-words]')) {
      element.textContent = Words.get(element.getAttribute('data-words') ?? '');
    }
  },
};
