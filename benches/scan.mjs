// @ts-check
// Scanning and reading against their rivals, in Node and then, on the same texts, in Chromium. See scan/measure.mjs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import validator from 'multicoin-address-validator';
import { initSync, isAddress, scan } from '../target/module/taintwatch.js';
import { initSync as initRival, Rival } from '../target/bound/taintwatch_rival/taintwatch_rival.js';
import { inChromium } from './scan/chromium.mjs';
import { measure, medians, USUAL } from './scan/measure.mjs';
import { ADDRESSES } from './scan/texts.mjs';

const file = (/** @type {string} */ name) => readFileSync(new URL(`../target/${name}`, import.meta.url));
initSync({ module: file('module/taintwatch_bg.wasm') });
initRival({ module: file('bound/taintwatch_rival/taintwatch_rival_bg.wasm') });
const rival = new Rival(USUAL);

console.log(`\nNode.js ${process.versions.node}\n`);
for (const line of measure({ scan, rival: (text) => rival.scan(text) })) console.log(line);

const TICKERS = ['BTC', 'BTC', 'ETH', 'TRX', 'LTC', 'XRP'];
console.log('\n| one address, one call | this reader, ns | multicoin-address-validator, ns | times as fast |');
console.log('| --- | --- | --- | --- |');
for (const [at, address] of ADDRESSES.entries()) {
  const ticker = TICKERS[at];
  const changed = address.slice(0, -1) + (address.endsWith('a') ? 'b' : 'a');
  const ours = (/** @type {string} */ text) => isAddress(text, ticker);
  const theirs = (/** @type {string} */ text) => validator.validate(text, ticker.toLowerCase());
  assert.deepEqual([ours(address), ours(changed)], [true, false]);
  assert.deepEqual([theirs(address), theirs(changed)], [true, false]);
  const many = (/** @type {(text: string) => unknown} */ read, /** @type {string} */ text) => () => {
    for (let i = 0; i < 100; i += 1) read(text);
  };
  const times = medians([many(ours, address), many(theirs, address)]).map((ms) => ms * 1e4);
  const cells = [`${ticker} ${address}`, ...times.map((ns) => ns.toFixed(0)), (times[1] / times[0]).toFixed(1)];
  console.log(`| ${cells.join(' | ')} |`);
}

for (const line of await inChromium()) console.log(line);
