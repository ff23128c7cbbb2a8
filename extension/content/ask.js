// @ts-check
// Asking the background, which may be asleep: one-shot messages, sent again until a deadline.

/** How long a person waits at most before being told that nothing was checked, in milliseconds. */
const DEADLINE = 5000;

/** How long one message waits for its answer, in milliseconds. */
const PATIENCE = 2000;

/**
 * @typedef {object} Answer
 * @property {import('../core/taintwatch.js').Finding[][]} [findings] for each text, what was found in it
 * @property {string} [failed] why nothing was checked: a key of the messages
 */

/**
 * Asks about texts. Always answers: what could not be asked comes back as `failed`.
 * @param {string[]} texts
 * @param {string} beside what stands beside the field that they are from, such as its label
 * @returns {Promise<Answer>}
 */
async function ask(texts, beside) {
  const end = performance.now() + DEADLINE;
  for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
    try {
      const answer = await Promise.race([chrome.runtime.sendMessage({ kind: 'screen', texts, beside }), silence(PATIENCE)]);
      if (answer) return answer;
    } catch {
      // Nobody was there yet, or the extension was updated and this page still runs the old one.
      if (!chrome.runtime?.id) return { failed: 'failedUpdated' };
    }
    if (performance.now() + pause > end) return { failed: 'failedNoAnswer' };
    await silence(pause);
  }
}

/**
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function silence(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
