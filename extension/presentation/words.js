// @ts-check
// The words that people read: looked up in _locales, never written in code.

const Words = {
  /** What is kept for when the browser tells no words any more. @type {Map<string, string>} */
  kept: new Map(),

  /**
   * @param {string} key
   * @param {...string} parts what stands for $1, $2 …
   * @returns {string}
   */
  get(key, ...parts) {
    return Words.kept.get(key) ?? (chrome.i18n.getMessage(key, parts) || key);
  },

  /** Keeps words that may have to be said after the extension was updated under a page. @param {string[]} keys */
  keep(keys) {
    for (const key of keys) Words.kept.set(key, Words.get(key));
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
