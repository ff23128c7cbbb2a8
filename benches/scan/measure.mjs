// @ts-check
// Scanning measured, wherever a module runs: this scanner end to end (a JavaScript string in, matches out) against the
// usual eight regular expressions with `matchAll` and against the crate `regex` in Wasm, all in one run.

import { ADDRESSES, MB, TEXTS } from './texts.mjs';

/** The usual expressions for Bitcoin, its segwit and Litecoin's, EVM, TRON, Litecoin, XRP, Solana and Monero. */
export const USUAL = [
  String.raw`\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b`,
  String.raw`\b(?:bc|ltc)1[ac-hj-np-z02-9]{11,71}\b`,
  String.raw`\b0x[a-fA-F0-9]{40}\b`,
  String.raw`\bT[1-9A-HJ-NP-Za-km-z]{33}\b`,
  String.raw`\b[LM][a-km-zA-HJ-NP-Z1-9]{26,33}\b`,
  String.raw`\br[1-9A-HJ-NP-Za-km-z]{24,34}\b`,
  String.raw`\b[1-9A-HJ-NP-Za-km-z]{32,44}\b`,
  String.raw`\b[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}\b`,
];

const EXPRESSIONS = USUAL.map((expression) => new RegExp(expression, 'g'));

/** @typedef {{ start: number, end: number, address: string, chain: string }} Found */

/**
 * @typedef {object} Sides
 * @property {(text: string) => Found[]} scan this scanner
 * @property {(text: string) => ArrayLike<number>} rival the crate `regex`
 */

/** How long each side is run before it is measured and how often it is, at least: engines compile in the background. */
const WARM = 300;
const ROUNDS = 9;

/**
 * @param {Sides} sides
 * @returns {string[]} lines of tables
 */
export function measure({ scan, rival }) {
  const usual = (/** @type {string} */ text) => EXPRESSIONS.flatMap((e) => [...text.matchAll(e)].map((m) => m[0]));
  for (const address of ADDRESSES) {
    const text = `Send it to ${address}, please.`;
    if (scan(text).map((found) => found.address).join() !== address) throw new Error(`${address} is not found`);
    if (!usual(text).includes(address)) throw new Error(`${address} is not found by the expressions`);
    if (rival(text).length !== 2) throw new Error(`${address} is not found by the crate regex`);
  }
  const encoder = new TextEncoder();
  const room = new Uint8Array(16 * MB);
  const lines = [
    '| text | found | this scanner, MB/s | times the expressions | times the crate regex | share of `encodeInto` alone | cost a character, to page-like |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ];
  let pageLike = 0;
  for (const [name, make] of Object.entries(TEXTS)) {
    const text = make();
    const [ours, theirs, crate, encoding] = medians([
      () => scan(text),
      () => usual(text),
      () => rival(text),
      () => encoder.encodeInto(text, room),
    ]);
    pageLike ||= ours / text.length;
    const times = (/** @type {number} */ other) => (other / ours).toFixed(other / ours < 10 ? 2 : 1);
    const speed = (text.length / MB / (ours / 1000)).toFixed(0);
    const cost = (ours / text.length / pageLike).toFixed(2);
    const cells = [name, scan(text).length, speed, times(theirs), times(crate), `${((encoding / ours) * 100).toFixed(0)} %`, cost];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return lines;
}

/**
 * The median time of each, in milliseconds; in turn, so that a drifting machine hits all.
 * @param {(() => unknown)[]} sides
 */
export function medians(sides) {
  for (const side of sides) {
    const end = performance.now() + WARM;
    do side();
    while (performance.now() < end);
  }
  /** @type {number[][]} */
  const times = sides.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, side] of sides.entries()) {
      // Clocks in browsers are coarse: as many calls as take some milliseconds count as one.
      let calls = 0;
      const start = performance.now();
      let now = start;
      while (now < start + 5) {
        side();
        calls += 1;
        now = performance.now();
      }
      times[at].push((now - start) / calls);
    }
  }
  return times.map((all) => all.sort((a, b) => a - b)[ROUNDS >> 1]);
}
