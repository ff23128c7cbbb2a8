// @ts-check
// What makes an address worth a second look though no list names it: it is not the one that was copied, or it looks
// like one that the person uses.

import { isSwapped, lastCopied } from './clipboard.js';
import { core } from './core.js';
import * as known from './known.js';

/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */
/** @typedef {{ kind: 'swapped' | 'lookalike', other: string }} Concern */

/** Identities that everybody uses. @type {Promise<Set<string>> | null} */
let safeguards = null;

/** What is remembered of what the person did. @typedef {{ copied: import('./clipboard.js').Copied | null, known: import('./known.js').State }} Memory */

/** Reads it once, for however many addresses. @returns {Promise<Memory>} */
export async function remember() {
  const [copied, state] = await Promise.all([lastCopied(), known.load()]);
  return { copied, known: state };
}

/**
 * @param {Outcome} outcome
 * @param {Way} way
 * @param {boolean} isPrivate
 * @param {Memory} memory
 * @returns {Promise<Concern | undefined>}
 */
export async function concernOf(outcome, way, isPrivate, memory) {
  if (!outcome.readings.length) return undefined;
  const { copied } = memory;
  if (way === 'pasted' && copied && isSwapped(copied, outcome, isPrivate)) return { kind: 'swapped', other: copied.address };
  const other = isPrivate ? undefined : await lookedLike(outcome, memory);
  return other ? { kind: 'lookalike', other } : undefined;
}

/**
 * The ends of the known address that an address looks too much like.
 * @param {Outcome} outcome
 * @param {Memory} memory
 * @returns {Promise<string | undefined>}
 */
async function lookedLike(outcome, memory) {
  const others = await known.othersThan(outcome, memory.known);
  if (!others.length || (await isSafeguarded(outcome))) return undefined;
  const [closest] = (await core()).lookalikes([outcome.readings[0].address], others);
  return closest && others[closest.known];
}

/**
 * Which addresses of a page look too alike one that the person uses, or one another.
 * @param {Outcome[]} outcomes
 * @param {boolean} isPrivate
 */
export async function pairsOf(outcomes, isPrivate) {
  /** @type {{ address: string, other: string, known: boolean }[]} */
  const pairs = [];
  /** @type {Outcome[]} */
  const usual = [];
  const memory = await remember();
  for (const outcome of outcomes) {
    if (!outcome.readings.length || (await isSafeguarded(outcome))) continue;
    usual.push(outcome);
    const other = isPrivate ? undefined : await lookedLike(outcome, memory);
    if (other) pairs.push({ address: outcome.address, other, known: true });
  }
  const addresses = usual.map((outcome) => outcome.readings[0].address);
  for (const { address, known: other } of (await core()).lookalikes(addresses)) {
    pairs.push({ address: usual[address].address, other: usual[other].address, known: false });
  }
  return pairs;
}

/** @param {Outcome} outcome */
async function isSafeguarded(outcome) {
  safeguards ??= fetch(chrome.runtime.getURL('background/safeguards.json')).then(async (file) => new Set(await file.json())).catch((error) => {
    safeguards = null;
    throw error;
  });
  const all = await safeguards;
  return outcome.readings.some((reading) => all.has(reading.identity));
}
