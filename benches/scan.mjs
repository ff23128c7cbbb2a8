// @ts-check
// Scanning: this scanner end to end (a JavaScript string in, findings out) against the usual eight regular
// expressions with `matchAll`, on four texts, in one run. Ratios are what counts; correctness comes first.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { initSync, Screener } from '../target/module/taintwatch.js';

/** The usual expressions for eight kinds of addresses; they check no checksum. */
const USUAL = [
  /\b(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34})\b/g,
  /\bbc1[ac-hj-np-z02-9]{11,71}\b/gi,
  /\b0x[a-fA-F0-9]{40}\b/g,
  /\bT[1-9A-HJ-NP-Za-km-z]{33}\b/g,
  /\b[LM][a-km-zA-HJ-NP-Z1-9]{26,33}\b/g,
  /\bltc1[ac-hj-np-z02-9]{11,71}\b/gi,
  /\b(?:bitcoincash:)?[qp][a-z0-9]{41}\b/g,
  /\br[1-9A-HJ-NP-Za-km-z]{24,34}\b/g,
];

const ADDRESSES = [
  '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
  'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  'TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW',
  'LW98ceYNxYki9e9QxDACLn82TtVEPm4qmy',
  'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh',
];

/** Numbers that look random and are the same in every run (xorshift32). */
let state = 0x9e3779b9;
function random(/** @type {number} */ below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

const HEX = '0123456789abcdef';
const WORD = 'abcdefghijklmnopqrstuvwxyz';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** @param {string} alphabet @param {number} length */
const some = (alphabet, length) => Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');

/** @param {() => string} part @param {number} length */
function fill(part, length) {
  const parts = [];
  for (let size = 0; size < length; ) {
    const next = part();
    parts.push(next);
    size += next.length + 1;
  }
  return parts.join(' ');
}

/** Words and numbers, now and then a hash in hexadecimal or base 64, rarely an address. */
function pageLike() {
  const kind = random(400);
  if (kind === 0) return ADDRESSES[random(ADDRESSES.length)];
  if (kind < 4) return some(HEX, 64);
  if (kind < 6) return some(BASE58, 40);
  return kind < 60 ? String(random(1e9)) : some(WORD, 1 + random(11));
}

const MB = 1 << 20;
const texts = {
  'page-like, 4 MB': fill(pageLike, 4 * MB),
  'only addresses, 1 MB': fill(() => ADDRESSES[random(ADDRESSES.length)], MB),
  'near misses, 1 MB': fill(() => {
    const address = ADDRESSES[random(ADDRESSES.length)];
    return address.slice(0, -1) + (address.endsWith('a') ? 'b' : 'a');
  }, MB),
  'one long run, 4 MB': some(BASE58, 4 * MB),
};

initSync({ module: readFileSync(new URL('../target/module/taintwatch_bg.wasm', import.meta.url)) });
const screener = new Screener();
screener.addSet(readFileSync(new URL('../target/extension/core/builtin.tws', import.meta.url)));

/** @param {string} text */
const usual = (text) => USUAL.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[0]));
/** @param {string} text */
const ours = (text) => screener.screenText(text).map((found) => found.outcome.address);

// Each address in a sentence of its own is found by both.
for (const address of ADDRESSES) {
  assert.deepEqual(ours(`Send it to ${address}, please.`), [address]);
  assert.ok(usual(`Send it to ${address}, please.`).includes(address));
}

/** The median time of a call, in milliseconds; both sides in turn, so that a drifting machine hits both. */
function compare(/** @type {string} */ text) {
  /** @type {[number[], number[]]} */
  const times = [[], []];
  for (let round = 0; round < 7; round += 1) {
    for (const [side, scan] of [ours, usual].entries()) {
      const start = performance.now();
      scan(text);
      times[side].push(performance.now() - start);
    }
  }
  return times.map((all) => all.sort((a, b) => a - b)[3]);
}

console.log('| text | this scanner, MB/s | eight expressions, MB/s | times as fast |');
console.log('| --- | --- | --- | --- |');
for (const [name, text] of Object.entries(texts)) {
  const speeds = compare(text).map((milliseconds) => text.length / MB / (milliseconds / 1000));
  console.log(`| ${name} | ${speeds[0].toFixed(1)} | ${speeds[1].toFixed(1)} | ${(speeds[0] / speeds[1]).toFixed(2)} |`);
}
