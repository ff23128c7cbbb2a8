// @ts-check
// The popup: checks any address by hand, says what was asked, and whether this page is watched.

import { chosen, patternOf } from '../background/access.js';
import { showing } from '../presentation/showing.js';
import { showStatus } from '../presentation/status.js';

/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */

const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const input = /** @type {HTMLInputElement} */ (document.getElementById('address'));
const result = /** @type {HTMLElement} */ (document.getElementById('result'));
const banner = /** @type {HTMLElement} */ (document.getElementById('banner'));
const allow = /** @type {HTMLButtonElement} */ (document.getElementById('allow'));

Words.fill();
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
void showStatus(banner, allow).then(showSets);
void showSite();

async function check() {
  const address = input.value;
  /** @type {{ outcome?: Outcome }} */
  const answer = await chrome.runtime.sendMessage({ kind: 'check', address }).catch(() => ({}));
  result.replaceChildren();
  const title = document.createElement('h2');
  const text = document.createElement('p');
  result.append(title, text);
  if (!answer.outcome) {
    title.textContent = Words.get('titleNotChecked');
    text.textContent = Words.get('failedCore');
    return;
  }
  const { outcome } = answer;
  title.textContent = Words.get(titleOf(outcome));
  title.className = outcome.level ?? '';
  text.textContent = outcome.level === 'none' ? Words.get('nothingFound') : Evidence.sentence(outcome);
  if (outcome.matches.length && outcome.problem) {
    const odd = document.createElement('p');
    odd.textContent = outcome.problem.message;
    result.append(odd);
  }
  result.append(Evidence.render(outcome));
  // The evidence names the sets that were asked.
  /** @type {HTMLElement} */ (document.getElementById('sets')).hidden = true;
}

/** @param {Outcome} outcome */
function titleOf(outcome) {
  switch (outcome.level) {
    case 'danger':
      return 'titleDanger';
    case 'caution':
      return 'titleCaution';
    case 'notice':
      return 'titleNotice';
    case 'none':
      return 'titleNone';
    default:
      return 'titleNotChecked';
  }
}

/** @param {import('../presentation/status.js').Status} status */
function showSets(status) {
  const sets = (status.sets ?? []).map((set) => Words.get('set', set.title, set.date, Words.number(set.identities)));
  const line = /** @type {HTMLElement} */ (document.getElementById('sets'));
  line.textContent = sets.length ? Words.get('setsLoaded', Words.list(sets)) : '';
}

/**
 * Whether the page behind the popup is watched, and what the person can do about it. Where that is, is known of pages on the
 * web alone.
 */
async function showSite() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const state = tab ? await showing(tab) : null;
  if (state) showShowing(state);
  const host = tab?.url?.startsWith('https:') ? new URL(tab.url).hostname : '';
  const origins = [patternOf(host)];
  const isAllowed = host !== '' && (await chrome.permissions.contains({ origins }));
  const isWatched = host !== '' && state !== null;
  const line = /** @type {HTMLElement} */ (document.getElementById('site'));
  let words = host ? 'siteOffered' : 'siteNotWatched';
  if (isAllowed) words = isWatched ? 'siteWatched' : 'siteUnwatched';
  // The sensor that is in it stays there.
  else if (isWatched) words = 'siteLeft';
  line.textContent = Words.get(words, host);
  line.className = isAllowed && !isWatched ? 'banner' : 'quiet';
  offer('reload', isAllowed !== isWatched, () => chrome.tabs.reload(Number(tab?.id)).then(() => close()));
  offer('protect', host !== '' && !isAllowed, () => chrome.permissions.request({ origins }).then((isGranted) => watchAnew(isGranted ? origins : [])));
  offer('leave', (await chosen()).includes(origins[0]), () => chrome.permissions.remove({ origins }).then(() => watchAnew([])));
}

/** @param {string[]} added the patterns of sites that may be watched now */
async function watchAnew(added) {
  await chrome.runtime.sendMessage({ kind: 'watch', added });
  await showSite();
  // The button that was pressed is hidden now: the keyboard goes on at the one in its place.
  /** @type {HTMLElement | null} */ (document.querySelector('#site ~ button:not([hidden])'))?.focus();
}

/**
 * @param {string} id of a button
 * @param {boolean} isOffered
 * @param {() => void} act
 */
function offer(id, isOffered, act) {
  const button = /** @type {HTMLButtonElement} */ (document.getElementById(id));
  button.hidden = !isOffered;
  button.onclick = act;
}

/**
 * What the extension itself is showing on the page, so that a fake can be told; and what it found there.
 * @param {import('../presentation/showing.js').Showing} state
 */
function showShowing(state) {
  const line = /** @type {HTMLElement} */ (document.getElementById('showing'));
  line.textContent = Words.get('popupNothing');
  if (state.note) line.textContent = Words.get('popupNote', state.note);
  if (state.warning) line.textContent = Words.get('popupShowing', `${state.warning.address}. ${state.warning.sentence}`);
  if (!state.told.length) return;
  const title = document.createElement('h2');
  title.textContent = Words.get('popupTold');
  const found = state.told.map((told) => {
    const text = document.createElement('p');
    const code = document.createElement('code');
    code.textContent = told.address;
    code.className = told.level;
    text.append(code, document.createElement('br'), told.sentence);
    return text;
  });
  document.getElementById('told')?.replaceChildren(title, ...found);
}
