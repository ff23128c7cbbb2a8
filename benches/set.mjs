// @ts-check
// Sets against their rivals, at 100 thousand, a million and ten million identities, each with one of 1,000 tags: size,
// opening, lookups in Wasm under Node.js, and, end to end from strings, against a JavaScript `Set`.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Taintwatch } from '../target/extension/taintwatch/api.js';
import { initSync, setHeadLength } from '../target/extension/taintwatch/core/taintwatch.js';
import * as rivals from '../target/bound/taintwatch_rival/taintwatch_rival.js';
import { medians } from './scan/measure.mjs';
import { compile } from './set/compile.mjs';
import { WIDTH, hex, random } from './set/identities.mjs';

const file = (/** @type {string} */ name) => readFileSync(new URL(`../target/${name}`, import.meta.url));
const folder = fileURLToPath(new URL('../target/bench/', import.meta.url));
const SIZES = (process.env.TAINTWATCH_SIZES ?? '100000,1000000,10000000').split(',').map(Number);

/** So many lookups are made at once. */
const QUERIES = 100_000;

initSync({ module: file('extension/taintwatch/core/taintwatch_bg.wasm') });
rivals.initSync({ module: file('bound/taintwatch_rival/taintwatch_rival_bg.wasm') });
mkdirSync(folder, { recursive: true });
console.log(`\nNode.js ${process.versions.node}\n`);
for (const size of SIZES) await measure(size);

/** @param {number} count how many identities */
async function measure(count) {
  const keys = random(count, count);
  const set = `${folder}${count}.tws`;
  const compiled = await compile(keys, set);
  const bytes = readFileSync(set);
  const name = count.toLocaleString('en');
  const rate = (/** @type {number} */ size) => (size / count).toFixed(2);
  console.log(`## ${name} identities\n`);
  console.log(`compiled from CSV in ${compiled.seconds.toFixed(1)} s, ${(compiled.memory / 1024).toFixed(0)} MB at most\n`);

  // Addresses that are in the set and that are not, half of each, in no order.
  const hits = pick(keys, QUERIES);
  const misses = random(QUERIES, 7);
  const queries = Array.from({ length: QUERIES }, (_, at) => hex(at % 2 ? hits : misses, at));

  const start = performance.now();
  const strings = JSON.parse(json(keys));
  const javascript = new Set(strings);
  const opened = performance.now() - start;
  strings.length = 0;

  const rows = [];
  /** @param {string} name @param {number} size @param {number} open @param {{ count(keys: Uint8Array): number }} side @param {number} wrong */
  const row = (name, size, open, side, wrong) => {
    const found = [side.count(hits), side.count(misses)];
    assert.equal(found[0], QUERIES, name);
    assert(found[1] <= wrong, `${name} finds ${found[1]} that are not in it`);
    const [hit, miss] = medians([() => side.count(hits), () => side.count(misses)]);
    const ns = (/** @type {number} */ ms) => ((ms * 1e6) / QUERIES).toFixed(0);
    rows.push([name, rate(size), open.toFixed(2), ns(hit), ns(miss)]);
  };
  const ours = new rivals.OurSet(bytes);
  const before = performance.now();
  ours.open();
  const open = performance.now() - before;
  row('this set, tags included', bytes.length, open, ours, 0);
  row('the same, many at once', bytes.length, open, { count: (keys) => ours.count_together(keys) }, 0);
  ours.free();
  const walk = new rivals.Walk(bytes.length);
  const [walked] = medians([() => walk.steps(QUERIES)]);
  rows.push(['one read of as much memory, each after the last', rate(bytes.length), '', ((walked * 1e6) / QUERIES).toFixed(0), '']);
  walk.free();
  for (const [name, Rival, wrong] of /** @type {const} */ ([
    ['sorted array, halved', rivals.BinarySearch, 0],
    ['the crate fst', rivals.FstSet, 0],
    ['the crate xorf (a filter)', rivals.FilterSet, 20],
  ])) {
    try {
      const begin = performance.now();
      const rival = new Rival(keys);
      row(name, rival.size(), performance.now() - begin, rival, wrong);
      rival.free();
    } catch (error) {
      rows.push([name, `not built: ${/** @type {Error} */ (error).message}`, '', '', '']);
    }
  }
  console.log('| in Wasm | bytes an identity | ms to open or build | ns a hit | ns a miss |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);

  const taintwatch = new Taintwatch();
  taintwatch.screener.addStoredSet(bytes.subarray(0, setHeadLength(bytes.subarray(0, 4096))));
  taintwatch.removeSet('bench');
  taintwatch.addSet(bytes);
  const expected = queries.map((query) => javascript.has(query));
  assert.deepEqual(taintwatch.areListed(queries), expected);
  assert.deepEqual(taintwatch.areListed(queries.join('\n')), expected);
  assert.deepEqual(queries.map((query) => taintwatch.isListed(query)), expected);
  // Strings are new each time, as those that come from a page or a file are: their hash is not known yet.
  const fresh = () => queries.map((query) => Buffer.from(query, 'latin1').toString('latin1'));
  const lists = Array.from({ length: 24 }, fresh);
  let at = 0;
  const next = () => lists[at++ % lists.length];
  const text = Buffer.from(queries.join('\n'), 'latin1');
  /** @type {string[]} */
  const texts = [];
  const nextText = () => texts.pop() ?? '';
  const [batch, alone, has, lines, hasLines] = await onFresh([
    () => taintwatch.areListed(next()),
    () => next().map((query) => taintwatch.isListed(query)),
    () => next().map((query) => javascript.has(query)),
    () => taintwatch.areListed(nextText()),
    () => nextText().split('\n').map((query) => javascript.has(query)),
  ], () => {
    for (const [i] of lists.entries()) lists[i] = fresh();
    while (texts.length < 2) texts.push(text.toString('latin1'));
  });
  const each = (/** @type {number} */ ms) => ((ms * 1e6) / QUERIES).toFixed(0);
  const stored = 45 * count;
  console.log('\n| from strings, in Node.js | this set | JavaScript `Set` | times |');
  console.log('| --- | --- | --- | --- |');
  console.log(`| ns an address, ${QUERIES.toLocaleString('en')} in a text, one a line | ${each(lines)} | ${each(hasLines)} | ${(hasLines / lines).toFixed(1)} |`);
  console.log(`| ns an address, ${QUERIES.toLocaleString('en')} in an array | ${each(batch)} | ${each(has)} | ${(has / batch).toFixed(1)} |`);
  console.log(`| ns an address, each alone | ${each(alone)} | ${each(has)} | ${(has / alone).toFixed(1)} |`);
  console.log(`| ms to open | ${open.toFixed(2)} | ${opened.toFixed(0)} | ${(opened / open).toFixed(0)} |`);
  console.log(`| bytes an address, stored | ${rate(bytes.length)} | ${rate(stored)} | ${(stored / bytes.length).toFixed(2)} |`);
  console.log(`| MB of memory | ${(bytes.length / 1e6).toFixed(0)} | ${((await heapOf(javascript)) / 1e6).toFixed(0)} | |\n`);
  taintwatch.free();
  rmSync(`${folder}${count}.csv`, { force: true });
}

/**
 * The median time of each side, where each run takes strings that no run has seen. Each side is the first as often as any
 * other.
 * @param {(() => unknown)[]} sides
 * @param {() => void} refresh
 */
async function onFresh(sides, refresh) {
  /** @type {number[][]} */
  const times = sides.map(() => []);
  for (let round = 0; round < 12; round += 1) {
    refresh();
    // Else what is left to clean up of making them falls upon the side that is the first to make something itself.
    for (let i = 0; i < 2; i += 1) globalThis.gc?.({ type: 'minor' });
    for (let turn = 0; turn < sides.length; turn += 1) {
      const at = (round + turn) % sides.length;
      const start = performance.now();
      sides[at]();
      times[at].push(performance.now() - start);
    }
  }
  return times.map((all) => all.sort((a, b) => a - b)[all.length >> 1]);
}

/**
 * What a set of strings takes, by making it once more.
 * @param {Set<string>} set
 */
async function heapOf(set) {
  const count = Math.min(set.size, 1_000_000);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const again = new Set();
  for (const text of set) {
    again.add(Buffer.from(text, 'latin1').toString('latin1'));
    if (again.size === count) break;
  }
  globalThis.gc?.();
  const used = process.memoryUsage().heapUsed - before;
  assert.equal(again.size, count);
  return (used / count) * set.size;
}

/**
 * Some of the keys, evenly from all.
 * @param {Uint8Array} keys
 * @param {number} count
 */
function pick(keys, count) {
  const all = keys.length / WIDTH;
  const picked = new Uint8Array(count * WIDTH);
  for (let at = 0; at < count; at += 1) {
    // A step that is prime to the count visits them in no order.
    const from = ((at * 7_919_993) % all) * WIDTH;
    picked.set(keys.subarray(from, from + WIDTH), at * WIDTH);
  }
  return picked;
}

/**
 * The addresses as JSON, in which a `Set` would be stored.
 * @param {Uint8Array} keys
 */
function json(keys) {
  const parts = [];
  for (let at = 0; at < keys.length / WIDTH; at += 1) parts.push(`"${hex(keys, at)}"`);
  return `[${parts.join(',')}]`;
}
