// @ts-check
// Asking the background, which may be asleep: one-shot messages, sent again until a deadline.

/** How long a person waits at most before being told that nothing was checked, in milliseconds. */
const DEADLINE = 5000;

/** How long one message waits for its answer, in milliseconds. */
const PATIENCE = 2000;

/** So long what came in meanwhile has to be taken, in milliseconds. */
const AFTERWARDS = 100;

/**
 * What makes an address worth a second look though no list names it.
 * @typedef {object} Concern
 * @property {'swapped' | 'lookalike'} kind
 * @property {string} other what was copied, or the ends of the known address that it looks like
 */

/** What was found; `isAllowed` where the person wants only to be told. @typedef {import('../taintwatch/worker.js').Finding & { concern?: Concern, isAllowed?: boolean }} Finding */

/**
 * @typedef {object} Answer
 * @property {Finding[][]} [findings] for each text, what was found in it
 * @property {string} [failed] why not all was checked: a key of the messages
 */

/** How a text came to be: by which hand it entered a field, or only stands on the page. @typedef {'pasted' | 'typed' | 'copied' | 'used' | 'shown'} Way */

/** More than a person pastes as a list; no page keeps the background busy for others with more. */
const MOST_ASKED = 4096;

/**
 * Asks about texts. Always answers: what could not be asked comes back as `failed`, beside what was found in the first if
 * there were too many.
 * @param {string[]} texts
 * @param {string} beside what stands beside the field that they are from, such as its label
 * @param {Way} way
 * @returns {Promise<Answer>}
 */
async function ask(texts, beside, way) {
  /** @type {Finding[][]} */
  const findings = [];
  let failed;
  for (let at = 0; at < Math.min(texts.length, MOST_ASKED); at += MOST_RUNS) {
    const answer = await together({ texts: texts.slice(at, at + MOST_RUNS), beside, way });
    if (!answer.findings) return { findings: at ? findings : undefined, failed: answer.failed ?? 'failedCore' };
    findings.push(...answer.findings);
    failed ??= answer.failed;
  }
  return { findings, failed: texts.length > MOST_ASKED ? 'failedTooMany' : failed };
}

/** @typedef {{ texts: string[], beside: string, way: Way }} Question */

/** What is asked at once and goes out together. @type {{ question: Question, resolve: (answer: Answer) => void }[]} */
let asked = [];

/**
 * Asks along with whatever else is asked at once: a form of thousands of fields is no thousand messages.
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
function together(question) {
  return new Promise((resolve) => {
    if (!asked.length) queueMicrotask(sendAsked);
    asked.push({ question, resolve });
  });
}

function sendAsked() {
  const all = asked;
  asked = [];
  while (all.length) {
    let texts = 0;
    const fitting = all.findIndex(({ question }) => (texts += question.texts.length) > MOST_RUNS);
    const part = all.splice(0, fitting < 0 ? all.length : Math.max(fitting, 1));
    const questions = part.map(({ question }) => question);
    void send({ kind: 'screen', questions }).then(({ answers, failed }) => {
      for (const [at, { resolve }] of part.entries()) resolve(answers?.[at] ?? { failed });
    });
  }
}

/**
 * Sends a message until it is answered.
 * @param {object} message
 * @returns {Promise<any>} the answer, or `failed` with a key of the messages
 */
async function send(message) {
  let waited = 0;
  for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
    try {
      const answer = await Promise.race([chrome.runtime.sendMessage(message), patience(PATIENCE)]);
      if (answer) return answer;
      waited += PATIENCE;
    } catch {
      // Nobody was there yet, or the extension was updated and this page still runs the old one.
      if (!chrome.runtime?.id) return { failed: 'failedUpdated' };
    }
    waited += pause;
    if (waited > DEADLINE) return { failed: 'failedNoAnswer' };
    await silence(pause);
  }
}

/**
 * Waits so long, and on for what came in while the page kept everything waiting: a page that computes for seconds must not
 * let an answer that is there look as if it had not come.
 * @param {number} milliseconds
 */
async function patience(milliseconds) {
  await silence(milliseconds);
  await silence(AFTERWARDS);
}

/** A name that nobody can guess. There is no `crypto.randomUUID` in frames that are no secure context, such as `data:`. */
function randomName() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, '0')).join('');
}

/**
 * @param {number} milliseconds
 * @returns {Promise<undefined>}
 */
function silence(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
