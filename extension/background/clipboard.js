// @ts-check
// What was copied last on the pages that are watched, to tell when something else arrives within a minute: in the browser's
// memory only, whole, as it is shown beside what arrived; gone with the next copy, the next paste after that, or the browser.

/** So long after copying an address another one is told of, in milliseconds. */
const RECENT = 60_000;

/** @typedef {{ address: string, identity: string, chains: string[], at: number, isPrivate: boolean }} Copied */
/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */

/**
 * @param {Outcome | null} outcome of what was copied, or nothing where it was no address
 * @param {boolean} isPrivate
 */
export async function keepCopied(outcome, isPrivate) {
  const [reading] = outcome?.readings ?? [];
  if (!outcome || !reading) return chrome.storage.session.remove('copied');
  const chains = outcome.readings.map((other) => other.chain);
  /** @type {Copied} */
  const copied = { address: outcome.address, identity: reading.identity, chains, at: Date.now(), isPrivate };
  return chrome.storage.session.set({ copied });
}

/** What was copied a moment ago. @returns {Promise<Copied | null>} */
export async function lastCopied() {
  /** @type {{ copied?: Copied }} */
  const { copied } = await chrome.storage.session.get('copied');
  if (!copied || Date.now() <= copied.at + RECENT) return copied ?? null;
  await chrome.storage.session.remove('copied');
  return null;
}

/**
 * Whether another address of the same chain was pasted than the one that was copied.
 * @param {Copied} copied
 * @param {Outcome} outcome of what was pasted
 * @param {boolean} isPrivate
 */
export function isSwapped(copied, outcome, isPrivate) {
  const isSame = outcome.readings.some((reading) => reading.identity === copied.identity);
  const isOfChain = outcome.readings.some((reading) => copied.chains.includes(reading.chain));
  return !isSame && isOfChain && copied.isPrivate === isPrivate;
}
