// @ts-check
// A set of ten million in the extension, in Chromium and Firefox: from a message to the verdict when the background was
// stopped before, and what its memory grows by; beside the same without the set.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from './set/compile.mjs';
import { hex, random } from './set/identities.mjs';

const COUNT = Number(process.env.TAINTWATCH_STORED ?? 10_000_000);
const ROUNDS = 15;

const path = fileURLToPath(new URL(`../target/bench/${COUNT}.tws`, import.meta.url));
const keys = random(COUNT, COUNT);

if (process.env.TAINTWATCH_BROWSER) {
  await measure();
} else {
  mkdirSync(fileURLToPath(new URL('../target/bench', import.meta.url)), { recursive: true });
  if (!existsSync(path)) await compile(keys, path);
  rmSync(path.replace(/tws$/, 'csv'), { force: true });
  for (const [browser, program] of [
    ['chromium', process.env.TAINTWATCH_BROWSER_PATH],
    ['firefox', process.env.TAINTWATCH_FIREFOX_PATH],
  ]) {
    const env = { ...process.env, TAINTWATCH_BROWSER: browser, TAINTWATCH_BROWSER_PATH: program };
    const { status } = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url)], { env, stdio: 'inherit' });
    assert.equal(status, 0, browser);
  }
}

async function measure() {
  const { BROWSER, choose, evaluate, isFirefox, openOwn, start, until } = await import('../tests/extension/browser.mjs');
  const { IMPATIENT, stopBackground } = await import('../tests/extension/background.mjs');
  const started = await start({ prefs: IMPATIENT });
  const page = await openOwn(started, 'sets/sets.html');
  /** @param {number} at */
  const check = (at) => evaluate(page, async (address) => {
    const begin = performance.now();
    const { outcome } = await chrome.runtime.sendMessage({ kind: 'check', address });
    return { took: performance.now() - begin, level: outcome.level };
  }, hex(keys, at));
  const look = async () => {
    const took = [];
    const level = (await check(5)).level;
    for (let round = 0; round < ROUNDS; round += 1) {
      await stopBackground(started);
      const answer = await check((round * 7_919_993) % COUNT);
      assert.equal(answer.level, level);
      took.push(answer.took);
    }
    const warm = [];
    for (let round = 0; round < ROUNDS; round += 1) warm.push((await check(((round + 100) * 7_919_993) % COUNT)).took);
    return { level, stopped: median(took), warm: median(warm), core: await core(), script: isFirefox ? NaN : await script() };
  };
  const core = () => evaluate(page, async () => (await chrome.runtime.sendMessage({ kind: 'status' })).memory);
  const script = async () => {
    const target = await started.browser.waitForTarget((target) => target.type() === 'service_worker');
    const client = /** @type {any} */ (await target.createCDPSession());
    await client.send('HeapProfiler.collectGarbage');
    const heap = await client.send('Runtime.getHeapUsage');
    await client.detach();
    return heap.usedSize + (heap.embedderHeapUsedSize ?? 0);
  };
  const before = await look();
  assert.equal(before.level, 'none');
  const begin = performance.now();
  await choose(page, '#file', path);
  const said = await until(() => evaluate(page, () => document.getElementById('said')?.innerText), 'the set is added', 120_000);
  assert.match(said, /is now asked/);
  const added = performance.now() - begin;
  const after = await look();
  assert.equal(after.level, 'caution');
  await started.close();
  const ms = (/** @type {number} */ time) => time.toFixed(1);
  const mb = (/** @type {number} */ bytes) => (Number.isNaN(bytes) ? 'not to be had' : (bytes / 1e6).toFixed(1));
  console.log(`\n${BROWSER}: ${COUNT.toLocaleString('en')} identities were proved and kept in ${(added / 1000).toFixed(1)} s\n`);
  console.log('| message to verdict, medians | the built-in set alone | with the large set |');
  console.log('| --- | --- | --- |');
  console.log(`| ms, background stopped | ${ms(before.stopped)} | ${ms(after.stopped)} |`);
  console.log(`| ms, background awake | ${ms(before.warm)} | ${ms(after.warm)} |`);
  console.log(`| MB of the core's memory | ${mb(before.core)} | ${mb(after.core)} |`);
  console.log(`| MB of the background's scripts | ${mb(before.script)} | ${mb(after.script)} |`);
}

/** @param {number[]} times */
function median(times) {
  return times.sort((a, b) => a - b)[times.length >> 1];
}
