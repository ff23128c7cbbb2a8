// @ts-check
// Which pages get the sensor beside those of the manifest: of the sites that the person chose, and what was open already.

import { showing } from '../presentation/showing.js';
import { chosen, sites } from './access.js';
import { showUnwatched } from './badge.js';

/** The name of what the browser puts into the pages of chosen sites. */
const ID = 'chosen';

/** So long after it was installed Firefox has put the sensor into the pages that were open, in milliseconds; Chromium does not. */
const PUT_IN = 1000;

/** Changes follow one another: each sees what the last did. */
let turn = Promise.resolve();

/**
 * The extension, or this version of it, is there since a moment ago.
 * @param {boolean} isUpdate then what was open has the sensor of before, which is in the way of another until it is loaded anew
 */
export function watchInstalled(isUpdate) {
  return inTurn(async () => {
    await watchToCome();
    await new Promise((resolve) => setTimeout(resolve, PUT_IN));
    await watchOpen([...sites(), ...(await chosen())], !isUpdate);
  });
}

/** What may be watched has changed. @param {string[]} [added] the patterns of sites that may be watched now */
export function watchChanged(added = []) {
  return inTurn(async () => {
    await watchToCome();
    await watchOpen(added, true);
  });
}

/** @param {() => Promise<void>} work */
function inTurn(work) {
  turn = turn.then(work).catch((error) => console.error(error));
  return turn;
}

/**
 * Has the sensor put into pages of chosen sites that are opened from now on. What is allowed is the only list that is kept; a
 * browser forgets this one with an update.
 */
async function watchToCome() {
  const matches = await chosen();
  const script = manifestScript();
  const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (!matches.length) {
    if (registered) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
    return;
  }
  /** @type {chrome.scripting.RegisteredContentScript} */
  const wanted = {
    id: ID,
    matches,
    // Never twice in one page, whatever was allowed.
    excludeMatches: script.matches,
    js: script.js,
    allFrames: true,
    matchOriginAsFallback: true,
    runAt: 'document_start',
  };
  await (registered ? chrome.scripting.updateContentScripts([wanted]) : chrome.scripting.registerContentScripts([wanted]));
}

/**
 * Pages that are open and that nobody watches get the sensor, or their tabs say so.
 * @param {string[]} origins the patterns of their sites
 * @param {boolean} putsIn whether they can get it
 */
async function watchOpen(origins, putsIn) {
  if (!origins.length) return;
  const { js } = manifestScript();
  const tabs = await chrome.tabs.query({ url: origins, discarded: false });
  await Promise.all(tabs.map(async (tab) => {
    if (tab.id === undefined || (await showing(tab))) return;
    const target = { tabId: tab.id, allFrames: true };
    // Whether it is there is seen by whether it answers.
    if (putsIn) await chrome.scripting.executeScript({ target, files: js, injectImmediately: true }).catch(() => {});
    if (!putsIn || !(await showing(tab))) await showUnwatched(tab.id);
  }));
}

/** What the manifest has put into pages. */
function manifestScript() {
  const [{ matches = [], js = [] }] = chrome.runtime.getManifest().content_scripts ?? [{}];
  // Firefox gives whole addresses, and takes none.
  return { matches, js: js.map((path) => new URL(path, chrome.runtime.getURL('')).pathname.slice(1)) };
}
