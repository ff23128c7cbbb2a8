// @ts-check
// Taking a text out of what a page makes editable: plain elements, and editors that keep what they hold to themselves
// and only show it there.

/** So long an editor has to take notice of what was selected or deleted, in milliseconds. */
const NOTICE = 60;

/** So often one way is tried, should the text be there several times or be put back. */
const MOST_TIMES = 4;

/** How a key that deletes says so. */
const BACKSPACE = { key: 'Backspace', code: 'Backspace', keyCode: 8 };

/** How the browser says that what is selected is deleted, by the key that does. */
const DELETES = 'deleteContentBackward';

/** Events by which a browser asks the page first; they reach it from within components, too. */
const ASKS = { bubbles: true, cancelable: true, composed: true };

const Editable = {
  /**
   * Ways to have deleted what is selected; each tells whether it may have been. An editor that deletes by itself is asked
   * first: else the text would be gone from what the page shows and still be what it sends.
   * @type {((host: HTMLElement) => boolean | void)[]}
   */
  ways: [
    askToDelete,
    () => document.execCommand('delete'),
    (host) => !real(host, 'dispatchEvent')(new KeyboardEvent('keydown', { ...ASKS, ...BACKSPACE })),
    (host) => selectionIn(host)?.deleteFromDocument(),
  ],

  /**
   * @param {HTMLElement} host
   * @param {string} text
   */
  async remove(host, text) {
    for (const way of Editable.ways) {
      for (let times = 0; times < MOST_TIMES; times += 1) {
        const range = rangeOf(host, text);
        if (!range) return;
        await select(host, range);
        const before = real(host, 'textContent');
        if (way(host) !== false) await silence(NOTICE);
        if (real(host, 'textContent') === before) break;
      }
    }
  },
};

/**
 * Asks the page, as the browser does, before what is selected is deleted. A mask takes notes then of what is selected, to
 * know afterwards what was deleted.
 * @param {HTMLElement} host
 * @returns {boolean} whether the page forbids it, as one that deletes by itself does
 */
function askToDelete(host) {
  return !real(host, 'dispatchEvent')(new InputEvent('beforeinput', { ...ASKS, inputType: DELETES }));
}

/**
 * Selects a range, and waits until an editor could take notice of it.
 * @param {HTMLElement} host
 * @param {Range} range
 */
async function select(host, range) {
  real(host, 'focus')();
  const selection = selectionIn(host);
  if (!selection) return;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const is = [anchorNode, anchorOffset, focusNode, focusOffset];
  const { startContainer, startOffset, endContainer, endOffset } = range;
  // Where it is selected already, there is nothing to take notice of.
  if ([startContainer, startOffset, endContainer, endOffset].every((part, at) => part === is[at])) return;
  const noticed = new Promise((done) => document.addEventListener('selectionchange', done, { once: true }));
  selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  await Promise.race([noticed, silence(NOTICE)]);
}

/**
 * What is selected in the document or the shadow root that an element is in.
 * @param {Element} element
 * @returns {Selection | null}
 */
function selectionIn(element) {
  // Chromium's shadow roots have one of their own.
  return /** @type {any} */ (real(element, 'getRootNode')()).getSelection?.() ?? getSelection();
}

/**
 * Where `text` stands below `host`, even over several text nodes.
 * @param {HTMLElement} host
 * @param {string} text
 * @returns {Range | null}
 */
function rangeOf(host, text) {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return rangesInLine({ text: '', nodes }, text)[0] ?? null;
}
