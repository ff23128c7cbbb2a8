// @ts-check
// The background: wires browser events to the core and back. It has no rule of its own.
// It may be stopped at any moment: listeners are registered at once, and nothing is kept only in memory.

import { answer, brokenSets, core, memory, reload } from './core.js';
import * as badge from './badge.js';
import { access } from './access.js';

/** More than the sensor ever sends at once; a bound on what a page could make it do. */
const MOST_TEXTS = 256;
const LONGEST_TEXT = 4096;
const LONGEST_LABEL = 300;

/** When this worker was started, to tell in tests whether it is the same one. */
const startedAt = Date.now();

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  const answered = answerTo(message, sender);
  if (!answered) return false;
  answered.then(respond, (error) => respond({ failed: 'failedCore', reason: String(error?.message ?? error) }));
  return true;
});

chrome.runtime.onInstalled.addListener(({ reason }) => {
  void badge.showState();
  if (reason === 'install') void chrome.tabs.create({ url: chrome.runtime.getURL('practice/practice.html') });
});

chrome.runtime.onStartup.addListener(() => void badge.showState());
chrome.permissions.onAdded.addListener(() => void badge.showState());
chrome.permissions.onRemoved.addListener(() => void badge.showState());

// Loading begins at once, so that the first message finds it under way; a failure is shown even if none comes.
void badge.showState();

/**
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<unknown> | null}
 */
function answerTo(message, sender) {
  switch (message?.kind) {
    case 'screen':
      return screen(message.texts, message.beside, sender);
    case 'check':
      return answer((screener) => ({ outcome: screener.screen(String(message.address)) }));
    case 'status':
      return status();
    case 'sets':
      // The person added or removed one: only the extension's own pages say so.
      return sender.url?.startsWith(chrome.runtime.getURL('')) ? reload().then(status) : null;
    default:
      return null;
  }
}

/**
 * @param {unknown} texts
 * @param {unknown} beside
 * @param {chrome.runtime.MessageSender} sender
 */
async function screen(texts, beside, sender) {
  if (!Array.isArray(texts)) return { findings: [] };
  const usable = texts.slice(0, MOST_TEXTS).map((text) => String(text).slice(0, LONGEST_TEXT));
  const label = typeof beside === 'string' ? beside.slice(0, LONGEST_LABEL) : undefined;
  const findings = await answer((screener) => usable.map((text) => screener.screenText(text, label)));
  void badge.showFindings(sender.tab?.id, findings.flat());
  return { findings };
}

/** What the popup and the practice page say about the extension itself. */
async function status() {
  const state = { version: chrome.runtime.getManifest().version, startedAt, access: await access() };
  try {
    return { ...state, sets: (await core()).sets(), broken: await brokenSets(), memory: await memory() };
  } catch (error) {
    return { ...state, failed: 'failedCore', reason: String(/** @type {any} */ (error)?.message ?? error) };
  }
}
