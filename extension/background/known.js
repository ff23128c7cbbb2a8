// @ts-check
// The addresses that the person uses: only those that were copied, sent to, confirmed, added or allowed by hand, never what
// a page shows. Kept as salted hashes of what they stand for, with the ends that a person sees. Nothing of private windows.

/** The ends that are kept, in characters. They are more than any lookalike that was ever seen has in common. */
const HEAD = 12;
const TAIL = 10;

/** More than this are not kept of what was copied, sent to or confirmed: those that were used longest ago go first. */
const MOST_KNOWN = 500;

/** How an address came to be known; of an allowed one, which is listed, the person is only told. @typedef {'copied' | 'used' | 'confirmed' | 'added' | 'allowed'} Origin */

/** What only the person's own hand does, and nothing that comes later undoes. @type {Origin[]} */
const BY_HAND = ['added', 'allowed'];

/**
 * @typedef {object} Known
 * @property {string} hash of the salt and the identity
 * @property {string} ends `0x098B716B8A…5e2383E2f96`
 * @property {string} chain its name for people
 * @property {Origin} origin
 * @property {string} date yyyy-mm-dd
 */

/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */

/** Changes follow one another: each reads what the last wrote. */
let turn = Promise.resolve();

/** @typedef {{ salt: string, known: Known[], isOff: boolean }} State */

/** The salt while it is made, once: what is kept with another one would never be found. @type {Promise<string> | null} */
let salting = null;

/** @returns {Promise<State>} */
export async function load() {
  /** @type {State} */
  const { salt, known, isOff } = await chrome.storage.local.get({ salt: '', known: [], isOff: false });
  return { salt: salt || (await (salting ??= makeSalt().finally(() => (salting = null)))), known, isOff };
}

/** @returns {Promise<string>} */
async function makeSalt() {
  /** @type {{ salt: string }} */
  const { salt } = await chrome.storage.local.get({ salt: hex(crypto.getRandomValues(new Uint8Array(16))) });
  await chrome.storage.local.set({ salt });
  return salt;
}

/**
 * Keeps an address as one that the person uses.
 * @param {Outcome} outcome
 * @param {Origin} origin
 */
export function keep(outcome, origin) {
  return change(async ({ salt, known, isOff }) => {
    const [reading] = outcome.readings;
    if (!reading || (isOff && !BY_HAND.includes(origin))) return known;
    const hash = await hashOf(salt, reading.identity);
    const old = known.find((other) => other.hash === hash);
    /** @type {Known} */
    const fresh = {
      hash,
      ends: endsOf(reading.address),
      chain: reading.chain_name,
      origin: old && BY_HAND.includes(old.origin) && !BY_HAND.includes(origin) ? old.origin : origin,
      date: new Date().toISOString().slice(0, 10),
    };
    const all = [...known.filter((other) => other !== old), fresh];
    const spare = new Set(all.filter((one) => !BY_HAND.includes(one.origin)).slice(0, -MOST_KNOWN));
    return all.filter((one) => !spare.has(one));
  });
}

/** Forgets one, or all. @param {string} [hash] */
export function forget(hash) {
  return change(async ({ known }) => (hash ? known.filter((other) => other.hash !== hash) : []));
}

/** Whether anything is kept but what is added by hand. @param {boolean} isOff */
export function turnOff(isOff) {
  return chrome.storage.local.set({ isOff });
}

/**
 * The ends of those that could be what a lookalike imitates; none where the address itself is one of them.
 * @param {Outcome} outcome
 * @param {State} state
 * @returns {Promise<string[]>}
 */
export async function othersThan(outcome, { salt, known }) {
  if (!known.length) return [];
  const hashes = await Promise.all(outcome.readings.map((reading) => hashOf(salt, reading.identity)));
  return known.some((one) => hashes.includes(one.hash)) ? [] : known.map((one) => one.ends);
}

/**
 * Whether the person wants only to be told of an address that is listed.
 * @param {Outcome} outcome
 * @param {State} state
 */
export async function isAllowed({ readings: [reading] }, { salt, known }) {
  const allowed = known.filter((one) => one.origin === 'allowed');
  if (!reading || !allowed.length) return false;
  const hash = await hashOf(salt, reading.identity);
  return allowed.some((one) => one.hash === hash);
}

/** @param {(state: State) => Promise<Known[]>} work */
function change(work) {
  const mine = turn.then(async () => chrome.storage.local.set({ known: await work(await load()) }));
  turn = mine.catch(() => {});
  return mine;
}

/** @param {string} address */
function endsOf(address) {
  return address.length > HEAD + TAIL ? `${address.slice(0, HEAD)}…${address.slice(-TAIL)}` : address;
}

/**
 * @param {string} salt
 * @param {string} identity
 */
async function hashOf(salt, identity) {
  const bytes = new TextEncoder().encode(`${salt} ${identity}`);
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
