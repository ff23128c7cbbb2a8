// @ts-check
// The addresses that the person uses: shows what is kept of them, adds one, allows one that is listed, forgets one or all.

export {};

/** @typedef {import('../background/known.js').Known} Known */

const list = /** @type {HTMLUListElement} */ (document.getElementById('known'));
const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const input = /** @type {HTMLInputElement} */ (document.getElementById('address'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));
const off = /** @type {HTMLInputElement} */ (document.getElementById('off'));
const clear = /** @type {HTMLButtonElement} */ (document.getElementById('clear'));
const allow = /** @type {HTMLButtonElement} */ (document.getElementById('allow'));
const sure = /** @type {HTMLElement} */ (document.getElementById('sure'));
const back = /** @type {HTMLButtonElement} */ (document.getElementById('back'));
const yes = /** @type {HTMLButtonElement} */ (document.getElementById('yes'));

/** What was not added, as a list names it. */
let listed = '';

Words.fill();
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const address = input.value;
  offer('', false);
  const { outcome, isKept, canAllow, failed } = await change({ change: 'add', address });
  if (failed) return;
  said.textContent = isKept ? Words.get('knownAdded', outcome.address) : Words.get('knownNotAdded', Evidence.sentence(outcome));
  if (isKept) input.value = '';
  if (canAllow) offer(address, false);
});
// What lowers the protection takes two steps, as in the warning.
allow.addEventListener('click', () => {
  offer(listed, true);
  back.focus();
});
back.addEventListener('click', () => {
  offer(listed, false);
  allow.focus();
});
yes.addEventListener('click', async () => {
  const { outcome, failed } = await change({ change: 'allow', address: listed });
  if (failed) return;
  offer('', false);
  said.textContent = Words.get('knownAllowed', outcome.address);
  input.value = '';
  input.focus();
});
off.addEventListener('change', () => void change({ change: 'off', isOff: off.checked }));
clear.addEventListener('click', () => void change({ change: 'forget' }));
void change({});

/**
 * Offers to be only told of what was not added.
 * @param {string} address as it was entered; nothing where nothing is offered
 * @param {boolean} isSecond whether the person has said so once
 */
function offer(address, isSecond) {
  listed = address;
  allow.hidden = !address || isSecond;
  sure.hidden = !isSecond;
}

/**
 * Asks for a change, and shows what is kept then, or why nothing was changed.
 * @param {object} message
 */
async function change(message) {
  const answer = await chrome.runtime.sendMessage({ kind: 'known', ...message }).catch(() => ({ failed: 'failedNoAnswer' }));
  if (answer.failed) {
    said.textContent = Words.get(answer.failed);
    return answer;
  }
  /** @type {{ known: Known[], isOff: boolean }} */
  const { known, isOff } = answer;
  off.checked = isOff;
  clear.hidden = known.length === 0;
  list.replaceChildren(...known.toReversed().map(row));
  return answer;
}

/** @param {Known} one */
function row({ hash, ends, chain, origin, date }) {
  const item = document.createElement('li');
  const about = document.createElement('div');
  const code = document.createElement('code');
  const small = document.createElement('small');
  const forget = document.createElement('button');
  code.textContent = ends;
  small.textContent = Words.get(`origin_${origin}`, chain, date);
  about.append(code, small);
  forget.textContent = Words.get('knownForget');
  forget.setAttribute('aria-label', `${Words.get('knownForget')}: ${ends}`);
  forget.addEventListener('click', () => void change({ change: 'forget', hash }));
  item.append(about, forget);
  return item;
}
