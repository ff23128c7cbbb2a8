// @ts-check
// The toolbar badge: tells of what was found, and of not being able to look, where no page can reach.

import { brokenSets, core } from './core.js';
import { access } from './access.js';

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

/** Shows on a tab that was open before this version of the extension that nobody watches it. @param {number} tab */
export function showUnwatched(tab) {
  return show(tab, '?', AMBER, 'badgeUnwatched');
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
