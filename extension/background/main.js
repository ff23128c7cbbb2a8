// @ts-check
// The background: wires browser events to the core and back. It has no rule of its own.
// It may be stopped at any moment: listeners are registered at once, and nothing is kept only in memory.

import { memory } from '../taintwatch/worker.js';
import { answer, brokenSets, core, reload } from './core.js';
import * as badge from './badge.js';
import { access } from './access.js';
import { keepCopied } from './clipboard.js';
import { concernOf, pairsOf, remember } from './concern.js';
import * as elsewhere from './elsewhere.js';
import * as known from './known.js';
import { watchChanged, watchInstalled } from './watch.js';

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
  void watchInstalled(reason !== 'install');
  if (reason === 'install') void chrome.tabs.create({ url: chrome.runtime.getURL('practice/practice.html') });
});

chrome.runtime.onStartup.addListener(() => {
  void badge.showState();
  void watchChanged();
});
chrome.permissions.onAdded.addListener(({ origins }) => {
  void badge.showState();
  void watchChanged(origins);
});
chrome.windows.onRemoved.addListener((window) => void elsewhere.closed(window));
chrome.permissions.onRemoved.addListener(() => {
  void badge.showState();
  void watchChanged();
});

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
      return screen(message.questions, sender);
    case 'compare':
      return compare(message.addresses, sender);
    case 'copied':
      // Something that was not seen.
      return keepCopied(null, false).then(() => ({ done: true }));
    case 'confirmed':
      return confirmed(message.address, sender);
    case 'elsewhere':
      return elsewhere.showElsewhere(message, sender);
    case 'chosen':
      return elsewhere.chosen(message.id, message.choice === 'keep' ? 'keep' : 'remove');
    case 'waiting':
      return isOwn(sender) ? elsewhere.waiting(message.id) : null;
    case 'known':
      return isOwn(sender) ? changeKnown(message) : null;
    case 'check':
      return answer((taintwatch) => ({ outcome: taintwatch.screen(String(message.address)) }));
    case 'status':
      return status();
    case 'watch':
      // The person chose a site, or chose it no more, and waits until that is so.
      return isOwn(sender) ? watchChanged(message.added).then(() => ({ done: true })) : null;
    case 'sets':
      // The person added or removed one: only the extension's own pages say so.
      return isOwn(sender) ? reload().finally(badge.showState).then(status) : null;
    default:
      return null;
  }
}

/** Whether a page of the extension itself sent a message. @param {chrome.runtime.MessageSender} sender */
function isOwn(sender) {
  return sender.url?.startsWith(chrome.runtime.getURL('')) ?? false;
}

/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */
/** @typedef {import('../taintwatch/worker.js').Finding & { concern?: import('./concern.js').Concern, isAllowed?: boolean }} Finding */

/**
 * @param {unknown} questions
 * @param {chrome.runtime.MessageSender} sender
 */
async function screen(questions, sender) {
  if (!Array.isArray(questions)) return { answers: [] };
  let left = MOST_TEXTS;
  const usable = questions.slice(0, MOST_TEXTS).map((/** @type {Question} */ { texts, beside, way }) => {
    const some = Array.isArray(texts) ? texts.slice(0, left).map((text) => String(text).slice(0, LONGEST_TEXT)) : [];
    left -= some.length;
    return { texts: some, beside: typeof beside === 'string' ? beside.slice(0, LONGEST_LABEL) : undefined, way };
  });
  /** @type {Finding[][][]} */
  const found = await answer((taintwatch) => usable.map(({ texts, beside }) => texts.map((text) => taintwatch.screenText(text, beside))));
  const isPrivate = sender.tab?.incognito ?? false;
  /** @type {Promise<import('./concern.js').Memory> | undefined} */
  let memory;
  const remembered = () => (memory ??= remember());
  const answers = [];
  await lower(found.flat(2), remembered);
  try {
    for (const [at, findings] of found.entries()) answers.push(await lookAgain(findings, usable[at].way, isPrivate, remembered));
  } finally {
    // With what is of concern by now; what is listed whatever else failed.
    void badge.showFindings(sender.tab?.id, found.flat(2));
  }
  return { answers };
}

/**
 * Makes a notice of a warning about what the person allowed.
 * @param {Finding[]} findings
 * @param {() => Promise<import('./concern.js').Memory>} remembered
 */
async function lower(findings, remembered) {
  for (const finding of findings.filter(isWarning)) {
    // What cannot be read takes no warning away.
    finding.isAllowed = await remembered().then(({ known: state }) => known.isAllowed(finding.outcome, state)).catch(() => false);
    if (finding.isAllowed) finding.outcome.level = 'notice';
  }
}

/**
 * What no list says: whether something is not what was copied, or looks like an address that the person uses. What the
 * person copied or sent to is kept for that.
 * @param {Finding[][]} findings what was found in each text of one question
 * @param {Way} way
 * @param {boolean} isPrivate
 * @param {() => Promise<import('./concern.js').Memory>} remembered
 * @returns {Promise<{ findings?: Finding[][], failed?: string }>}
 */
async function lookAgain(findings, way, isPrivate, remembered) {
  if (way === 'shown') return { findings };
  const all = findings.flat();
  let isFailed = false;
  for (const finding of all) {
    try {
      finding.concern = await concernOf(finding.outcome, way, isPrivate, await remembered());
    } catch {
      // It takes no warning away; nor is what it was to be about called clean.
      isFailed ||= !isWarning(finding);
    }
  }
  if (isFailed) return { findings: all.some(isWarning) ? findings : undefined, failed: 'failedCore' };
  // What cannot be kept takes no warning away either.
  if (way === 'copied' || way === 'used') await keepOf(all, way, isPrivate).catch((error) => console.error(error));
  return { findings };
}

/**
 * Keeps what the person copied or sent to.
 * @param {Finding[]} findings
 * @param {'copied' | 'used'} way
 * @param {boolean} isPrivate
 */
async function keepOf(findings, way, isPrivate) {
  if (way === 'copied') await keepCopied(findings.length === 1 ? findings[0].outcome : null, isPrivate);
  if (isPrivate) return;
  // What looks like another address is not known before the person has compared them; what is listed, never.
  for (const { outcome, concern } of findings) if (!concern && outcome.level === 'none') await known.keep(outcome, way);
}

/** @param {{ outcome: Outcome }} finding */
function isWarning({ outcome }) {
  return outcome.level === 'danger' || outcome.level === 'caution';
}

/**
 * @param {unknown} addresses
 * @param {chrome.runtime.MessageSender} sender
 */
async function compare(addresses, sender) {
  if (!Array.isArray(addresses)) return { pairs: [] };
  const usable = addresses.slice(0, MOST_TEXTS).map((text) => String(text).slice(0, LONGEST_TEXT));
  const outcomes = await answer((taintwatch) => usable.map((text) => taintwatch.screen(text)));
  return { pairs: await pairsOf(outcomes, sender.tab?.incognito ?? false) };
}

/**
 * The person compared an address with the one that it looks like, and keeps it.
 * @param {unknown} address
 * @param {chrome.runtime.MessageSender} sender
 */
async function confirmed(address, sender) {
  const outcome = await answer((taintwatch) => taintwatch.screen(String(address)));
  if (!sender.tab?.incognito && outcome.level === 'none') await known.keep(outcome, 'confirmed');
  return { done: true };
}

/** The page of known addresses. @param {any} message */
async function changeKnown({ change, address, hash, isOff }) {
  if (change === 'add' || change === 'allow') {
    const outcome = await answer((taintwatch) => taintwatch.screen(String(address)));
    const isListed = isWarning({ outcome });
    // What is mistyped or cut stands for nothing that could be kept.
    const isKept = outcome.readings.length > 0 && isListed === (change === 'allow');
    if (isKept) await known.keep(outcome, isListed ? 'allowed' : 'added');
    return { outcome, isKept, canAllow: isListed && outcome.readings.length > 0, ...(await known.load()) };
  }
  if (change === 'forget') await known.forget(hash);
  if (change === 'off') await known.turnOff(Boolean(isOff));
  return known.load();
}

/** What the popup and the practice page say about the extension itself. */
async function status() {
  const state = { version: chrome.runtime.getManifest().version, startedAt, access: await access() };
  try {
    return { ...state, sets: (await core()).sets, broken: await brokenSets(), memory: await memory() };
  } catch (error) {
    return { ...state, failed: 'failedCore', reason: String(/** @type {any} */ (error)?.message ?? error) };
  }
}
