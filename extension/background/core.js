// @ts-check
// The one Taintwatch of the browser, with the sets, behind one promise. It is the npm package, as wallet developers load it.

import { load as loadPackage } from '../taintwatch/worker.js';
import { storedSets } from './store.js';

/** Sets up to this size are held in memory, where they also answer for addresses that are not shown whole. */
const SMALL = 4 << 20;

/** So often at most an answer is asked for once more, each time with the parts of stored sets that it lacked. */
const MOST_ROUNDS = 4;

/** @typedef {import('../taintwatch/worker.js').Taintwatch} Taintwatch */

/**
 * @typedef {object} Core
 * @property {Taintwatch} taintwatch
 * @property {Map<string, Blob>} stored the sets that stay where they are stored, by id
 * @property {Broken[]} broken the sets that cannot be asked
 */

/**
 * @typedef {object} Broken
 * @property {string} id
 * @property {string} reason
 */

/** @type {Promise<Core> | null} */
let loading = null;

/** Answers are found one after the other: each gives the core parts of sets and takes them away again. */
let turn = Promise.resolve();

/**
 * The core, loaded once. After a failure the next call tries again.
 * @returns {Promise<Taintwatch>}
 */
export async function core() {
  return (await loaded()).taintwatch;
}

/** The sets that the person added and that cannot be asked, with the reasons. */
export async function brokenSets() {
  return (await loaded()).broken;
}

/** @returns {Promise<Core>} */
function loaded() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Loads the sets anew, as after one was added or removed. */
export function reload() {
  loading = null;
  return core();
}

/**
 * What `ask` answers, once the core has the parts of stored sets that this takes. What cannot be read is told in the
 * answer: then nothing is called clean.
 * @template T
 * @param {(taintwatch: Taintwatch) => T} ask
 * @returns {Promise<T>}
 */
export function answer(ask) {
  const mine = turn.then(async () => {
    const { taintwatch, stored } = await loaded();
    const { screener } = taintwatch;
    try {
      for (let round = 0; ; round += 1) {
        const answered = ask(taintwatch);
        const wanted = [...stored].flatMap(([id, blob]) => parts(screener.wanted(id)).map((part) => ({ id, blob, ...part })));
        if (!wanted.length || round === MOST_ROUNDS) return answered;
        await Promise.all(wanted.map(async ({ id, blob, start, end }) => {
          const part = await blob.slice(start, end).arrayBuffer().catch(() => null);
          if (part) screener.give(id, start, new Uint8Array(part));
        }));
      }
    } finally {
      screener.clear();
    }
  });
  turn = mine.then(() => {}, () => {});
  return mine;
}

/** @param {Uint32Array} places begin, end, begin, end … */
function parts(places) {
  return Array.from({ length: places.length / 2 }, (_, at) => ({ start: places[2 * at], end: places[2 * at + 1] }));
}

/** @returns {Promise<Core>} */
async function load() {
  const [taintwatch, added] = await Promise.all([loadPackage(), storedSets()]);
  const stored = new Map();
  /** @type {Broken[]} */
  const broken = [];
  for (const { id, head, blob } of added) {
    try {
      if (blob.size <= SMALL) {
        taintwatch.addSet(new Uint8Array(await blob.arrayBuffer()));
      } else {
        taintwatch.screener.addStoredSet(head);
        stored.set(id, blob);
      }
    } catch (error) {
      broken.push({ id, reason: String(/** @type {any} */ (error)?.message ?? error) });
    }
  }
  return { taintwatch, stored, broken };
}
