// @ts-check
// What the sensor in a page answers, when it is there: it is not in pages that were open before the extension was.

/**
 * @typedef {object} Showing
 * @property {{ address: string, sentence: string } | null} warning that is open
 * @property {string} note that is open, in words; empty where none is
 * @property {{ address: string, level: string, sentence: string }[]} told what was found in the page's text
 */

/**
 * Asks a tab what is shown in it.
 * @param {chrome.tabs.Tab} tab
 * @returns {Promise<Showing | null>} nothing where nobody watches its page
 */
export async function showing({ id }) {
  if (id === undefined) return null;
  return chrome.tabs.sendMessage(id, { kind: 'showing' }, { frameId: 0 }).then((state) => state ?? null, () => null);
}
