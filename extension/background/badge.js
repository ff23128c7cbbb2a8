// @ts-check
// The toolbar badge: tells of what was found, and of not being able to look, where no page can reach.

import { brokenSets, core } from './core.js';
import { showing } from '../presentation/showing.js';
import { access, sites } from './access.js';

/** @typedef {import('../taintwatch/worker.js').Finding & { concern?: unknown }} Finding */

const RED = '#b3261e';
const AMBER = '#8a5300';

/** Shows on every tab whether the extension can do its work at all. */
export async function showState() {
  const loaded = await core().then(() => true, () => false);
  if (!loaded) return show(undefined, '!', RED, 'badgeFailed');
  if ((await brokenSets()).length) return show(undefined, '!', AMBER, 'badgeBroken');
  if (!(await access())) return show(undefined, '?', AMBER, 'badgeNoAccess');
  return show(undefined, '', AMBER, 'name');
}

/** So long after it was installed Firefox has put the sensor into the pages that were open, in milliseconds; Chromium does not. */
const PUT_IN = 1000;

/** Shows on the tabs that were open before the extension was, or this version of it, that nobody watches them. */
export async function showUnwatched() {
  await new Promise((resolve) => setTimeout(resolve, PUT_IN));
  const tabs = await chrome.tabs.query({ url: sites(), discarded: false });
  await Promise.all(tabs.map(async (tab) => (await showing(tab)) ?? show(tab.id, '?', AMBER, 'badgeUnwatched')));
}

/**
 * Shows on one tab that an address on it is linked to an attacker, or is of concern: the worst, until the tab goes on.
 * @param {number | undefined} tab
 * @param {Finding[]} findings
 */
export async function showFindings(tab, findings) {
  const levels = findings.map((found) => found.outcome.level);
  if (tab === undefined) return;
  if (levels.includes('danger')) return show(tab, '!', RED, 'badgeDanger');
  const title = levels.includes('caution') ? 'badgeCaution' : findings.some((found) => found.concern) && 'badgeConcern';
  if (!title) return;
  const last = await chrome.action.getTitle({ tabId: tab }).catch(() => '');
  if (last !== chrome.i18n.getMessage('badgeDanger')) await show(tab, '!', AMBER, title);
}

/**
 * @param {number | undefined} tabId
 * @param {string} text
 * @param {string} color
 * @param {string} title a key of the messages
 */
async function show(tabId, text, color, title) {
  await Promise.all([
    chrome.action.setBadgeText({ tabId, text }),
    chrome.action.setBadgeBackgroundColor({ tabId, color }),
    chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage(title) }),
  ]).catch(() => {
    // The tab was closed meanwhile.
  });
}
