// @ts-check
// The lists that are asked: shows them, adds one from a file after proving that it is whole, removes one.

import { SetVerifier, load, setHeadLength } from '../taintwatch/worker.js';
import { dropSet, keepSet, keepsNothing, storedSets } from '../background/store.js';
import { showStatus } from '../presentation/status.js';

/** @typedef {import('../taintwatch/worker.js').SetInfo} SetInfo */

/** As many bytes of a file as tell how long its head is. */
const BEGINNING = 4096;
/** The id of the list that comes with the extension. */
const BUILTIN = 'builtin';

const list = /** @type {HTMLUListElement} */ (document.getElementById('sets'));
const file = /** @type {HTMLInputElement} */ (document.getElementById('file'));
const work = /** @type {HTMLElement} */ (document.getElementById('work'));
const step = /** @type {HTMLElement} */ (document.getElementById('step'));
const progress = /** @type {HTMLProgressElement} */ (document.getElementById('progress'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));
const banner = /** @type {HTMLElement} */ (document.getElementById('banner'));
const allow = /** @type {HTMLButtonElement} */ (document.getElementById('allow'));

Words.fill();
file.addEventListener('change', () => void add());
void show();

async function show() {
  const status = await showStatus(banner, allow);
  const broken = (status.broken ?? []).map(({ id, reason }) => {
    /** @type {SetInfo} */
    const set = { id, title: id, date: '', identities: 0, chains: [], abuses: [] };
    return card(set, reason);
  });
  list.replaceChildren(...(status.sets ?? []).map((set) => card(set)), ...broken);
}

/**
 * @param {SetInfo} set
 * @param {string} [reason] why it cannot be asked
 */
function card(set, reason) {
  const item = document.createElement('li');
  const about = document.createElement('div');
  about.className = 'about';
  const title = document.createElement('strong');
  title.textContent = set.title;
  const details = document.createElement('small');
  details.textContent = reason ?? Words.get('set', set.id, set.date, Words.number(set.identities));
  about.append(title, details);
  if (set.chains.length || set.abuses.length) {
    const scope = document.createElement('small');
    scope.textContent = Words.get('setsScope', Words.list([...set.chains, ...set.abuses]));
    about.append(scope);
  }
  if (set.dispute) {
    const dispute = document.createElement('small');
    dispute.append(linkTo(set.dispute, Words.get('dispute', set.title)));
    about.append(dispute);
  }
  item.append(about);
  if (set.id === BUILTIN) {
    const note = document.createElement('small');
    note.textContent = Words.get('setsBuiltin');
    about.append(note);
  } else {
    const remove = document.createElement('button');
    remove.textContent = Words.get('setsRemoveShort');
    remove.setAttribute('aria-label', Words.get('setsRemove', set.title));
    remove.addEventListener('click', () => void removeSet(set));
    item.append(remove);
  }
  return item;
}

async function add() {
  const chosen = file.files?.[0];
  if (!chosen) return;
  file.disabled = true;
  said.replaceChildren();
  work.hidden = false;
  try {
    if (keepsNothing()) throw new Error(Words.get('setsPrivate'));
    const { info, head } = await proved(chosen);
    const older = (await storedSets()).find((set) => set.id === info.id && set.date > info.date);
    if (info.id === BUILTIN) throw new Error(Words.get('setsBuiltinId'));
    if (older) throw new Error(Words.get('setsOlder', info.date, older.date));
    await keepSet({ id: info.id, date: info.date, head, blob: chosen });
    await chrome.runtime.sendMessage({ kind: 'sets' });
    await show();
    say('good', Words.get('setsAdded', info.title, Words.number(info.identities)));
  } catch (error) {
    say('danger', Words.get('setsRefused', String(/** @type {any} */ (error)?.message ?? error)));
  } finally {
    work.hidden = true;
    file.disabled = false;
    file.value = '';
  }
}

/**
 * Proves a set as it streams by, in the memory of a part.
 * @param {File} chosen
 */
async function proved(chosen) {
  // Only its proofs are wanted here, no set.
  await load({ sets: [] });
  const part = async (/** @type {number} */ end) => new Uint8Array(await chosen.slice(0, end).arrayBuffer());
  const head = await part(setHeadLength(await part(BEGINNING)));
  const verifier = new SetVerifier(head);
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  progress.max = chosen.size;
  let done = 0;
  const reader = chosen.stream().getReader();
  for (;;) {
    const { done: isEnd, value } = await reader.read();
    if (isEnd) break;
    verifier.push(value);
    done += value.length;
    progress.value = done;
    step.textContent = Words.get('setsProving', megabytes(done), megabytes(chosen.size));
  }
  return { info: verifier.finish(), head };
}

/** @param {SetInfo} set */
async function removeSet(set) {
  await dropSet(set.id);
  await chrome.runtime.sendMessage({ kind: 'sets' });
  await show();
  say('good', Words.get('setsRemoved', set.title));
  file.focus();
}

/**
 * @param {'good' | 'danger'} kind
 * @param {string} text
 */
function say(kind, text) {
  const banner = document.createElement('p');
  banner.className = `banner ${kind}`;
  banner.textContent = text;
  said.replaceChildren(banner);
}
