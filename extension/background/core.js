// @ts-check
// The one Wasm instance of the browser, with the sets, behind one promise.

import { Screener, initSync } from '../core/taintwatch.js';
import { storedSets } from './store.js';

/** Sets up to this size are held in memory, where they also answer for addresses that are not shown whole. */
const SMALL = 4 << 20;

/** So often at most an answer is asked for once more, each time with the parts of stored sets that it lacked. */
const MOST_ROUNDS = 4;

/**
 * @typedef {object} Core
 * @property {Screener} screener
 * @property {Map<string, Blob>} stored the sets that stay where they are stored, by id
 * @property {Broken[]} broken the sets that cannot be asked
 * @property {WebAssembly.Memory} memory
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
 * @returns {Promise<Screener>}
 */
export async function core() {
  return (await loaded()).screener;
}

/** How many bytes the core has taken for itself and the sets. */
export async function memory() {
  return (await loaded()).memory.buffer.byteLength;
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
 * @param {(screener: Screener) => T} ask
 * @returns {Promise<T>}
 */
export function answer(ask) {
  const mine = turn.then(async () => {
    const { screener, stored } = await loaded();
    try {
      for (let round = 0; ; round += 1) {
        const answered = ask(screener);
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
  const [set, added, { memory }] = await Promise.all([
    bytes('core/builtin.tws'),
    storedSets(),
    started(),
  ]);
  const screener = new Screener();
  const stored = new Map();
  /** @type {Broken[]} */
  const broken = [];
  screener.addSet(set);
  for (const { id, head, blob } of added) {
    try {
      if (blob.size <= SMALL) {
        screener.addSet(new Uint8Array(await blob.arrayBuffer()));
      } else {
        screener.addStoredSet(head);
        stored.set(id, blob);
      }
    } catch (error) {
      broken.push({ id, reason: String(/** @type {any} */ (error)?.message ?? error) });
    }
  }
  return { screener, stored, broken, memory };
}

/** The core, compiled as it is read and then instantiated at once: waiting for that as well takes 50 times as long. */
async function started() {
  const module = await WebAssembly.compileStreaming(fetch(chrome.runtime.getURL('core/taintwatch_bg.wasm')));
  return initSync({ module });
}

/** @param {string} path a file of this extension */
async function bytes(path) {
  const response = await fetch(chrome.runtime.getURL(path));
  if (!response.ok) throw new Error(`${path} cannot be read (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
