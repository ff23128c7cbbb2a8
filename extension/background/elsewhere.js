// @ts-check
// Warnings that are shown elsewhere than they are about: in the page around a frame, or in a window that no page
// reaches. What is open is kept in the browser's memory, for this worker may be stopped while a person reads.

import * as badge from './badge.js';

/** As large as a warning with its evidence. */
const SIZE = { width: 720, height: 720 };

/**
 * @typedef {object} Open
 * @property {number} tab
 * @property {number} frame
 * @property {unknown} finding
 * @property {boolean} shown
 * @property {string} origin
 * @property {number} [window] its own window
 */

/**
 * Shows a warning elsewhere and tells where, or nothing where that cannot be.
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function showElsewhere({ id, finding, shown, reason }, { tab, frameId, origin, url }) {
  if (tab?.id === undefined || frameId === undefined || typeof id !== 'string') return {};
  /** @type {Open} */
  const open = { tab: tab.id, frame: frameId, finding, shown: shown === true, origin: origin ?? new URL(url ?? 'about:blank').origin };
  // The message was sent again, for the first answer took its time.
  if ((await chrome.storage.session.get(key(id)))[key(id)]) return { place: 'window' };
  void badge.showFindings(tab.id, [/** @type {any} */ (finding)]);
  if (reason === 'frame' && frameId !== 0) {
    await chrome.storage.session.set({ [key(id)]: open });
    const warned = await chrome.tabs.sendMessage(tab.id, { kind: 'warn', id, finding, shown, origin: open.origin }, { frameId: 0 })
      .catch(() => null);
    if (warned?.shown) return { place: 'page' };
    // Nobody watches the page around it.
  }
  const page = chrome.runtime.getURL(`warning/window.html#${id}`);
  await chrome.storage.session.set({ [key(id)]: open });
  const made = await chrome.windows.create({ url: page, type: 'popup', focused: true, ...SIZE }).catch(() => null);
  if (made?.id === undefined) {
    await chrome.storage.session.remove(key(id));
    return {};
  }
  await chrome.storage.session.set({ [key(id)]: { ...open, window: made.id } });
  // It may have been closed before it could be found by its number.
  await chrome.windows.get(made.id).catch(() => closed(Number(made.id)));
  return { place: 'window' };
}

/** What a window is to show. @param {unknown} id */
export async function waiting(id) {
  /** @type {Record<string, Open | undefined>} */
  const { [key(id)]: open } = await chrome.storage.session.get(key(id));
  return open ? { finding: open.finding, shown: open.shown, origin: open.origin } : { gone: true };
}

/**
 * Brings a choice back to where it was asked for.
 * @param {unknown} id
 * @param {'remove' | 'keep'} choice
 */
export async function chosen(id, choice) {
  /** @type {Record<string, Open | undefined>} */
  const { [key(id)]: open } = await chrome.storage.session.get(key(id));
  if (!open) return { known: false };
  await chrome.storage.session.remove(key(id));
  await chrome.tabs.sendMessage(open.tab, { kind: 'chosen', id, choice }, { frameId: open.frame }).catch(() => {
    // The page is gone, and what it was about with it.
  });
  return { known: true };
}

/** A window that is closed without a choice is the safe one. @param {number} window */
export async function closed(window) {
  const all = await chrome.storage.session.get(null);
  for (const [name, open] of Object.entries(all)) {
    if (name.startsWith(KEY) && /** @type {Open} */ (open).window === window) await chosen(name.slice(KEY.length), 'remove');
  }
}

const KEY = 'open:';

/** @param {unknown} id */
function key(id) {
  return `${KEY}${id}`;
}
