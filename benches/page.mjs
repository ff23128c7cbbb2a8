// @ts-check
// What the extension costs a page and a person, in Chromium and Firefox: the same page on a host that is watched and on
// one that is not, in one run of one browser. A page of 100,000 nodes, an order book of 1,000 changes a second, typing,
// memory, and from a paste to the warning with the background at work or stopped.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BOOK, EDITED, FORM, LARGE, WORDS } from './page/pages.mjs';

const ROUNDS = 9;
/** So long an order book is looked at, in milliseconds. */
const BOOK_TIME = 10_000;
/** So long after its load a large page is looked at for sure, in milliseconds; it is drawn before that. */
const LOOKED_AT = 3000;
const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';

if (process.env.TAINTWATCH_BROWSER) {
  await measure();
} else {
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
  const { BROWSER, copy, isFirefox, paste, start } = await import('../tests/extension/browser.mjs');
  const { IMPATIENT, stopBackground } = await import('../tests/extension/background.mjs');
  const { appears, disappears } = await import('../tests/extension/inside.mjs');
  const { startSites } = await import('../tests/extension/sites.mjs');
  const sites = await startSites();
  for (const [path, body] of Object.entries({ '/large': LARGE, '/book': BOOK, '/form': FORM, '/edited': EDITED })) sites.serve(path, body);
  const started = await start({ proxyPort: sites.proxyPort, prefs: IMPATIENT });
  const hosts = { watched: 'https://www.kraken.com', unwatched: 'https://elsewhere.example' };
  console.log(`\n${BROWSER}`);

  /** @param {string} host @param {string} path */
  async function open(host, path) {
    const page = await started.browser.newPage();
    await page.goto(host + path);
    await page.bringToFront();
    return page;
  }

  // How much of the main thread the content scripts take, by the browser's own profiler.
  /** @param {import('puppeteer-core').Page} page @param {() => Promise<unknown>} act @param {string} what a function that must have been at work */
  async function profiled(page, act, what) {
    const session = await page.createCDPSession();
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: 100 });
    await session.send('Profiler.start');
    await act();
    const { profile } = await session.send('Profiler.stop');
    assert(profile.nodes.some((node) => node.callFrame.functionName === what), `${what} was not called`);
    const own = new Set(profile.nodes.filter((node) => node.callFrame.url.startsWith('chrome-extension:')).map((node) => node.id));
    // What the browser does for a function of theirs counts as theirs.
    let grown = -1;
    while (grown !== own.size) {
      grown = own.size;
      for (const node of profile.nodes) if (own.has(node.id)) node.children?.forEach((child) => own.add(child));
    }
    const deltas = profile.timeDeltas ?? [];
    const micros = (profile.samples ?? []).reduce((sum, id, at) => sum + (own.has(id) ? (deltas[at + 1] ?? 0) : 0), 0);
    await session.detach();
    return micros / 1000;
  }

  /** @type {Record<string, number[]>} */
  const load = { watched: [], unwatched: [] };
  /** @type {number[]} */
  const sensor = [];
  // Not both of one load: the profiler makes it longer.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, host] of Object.entries({ ...hosts, ...(isFirefox ? {} : { profiled: hosts.watched }) })) {
      const page = await started.browser.newPage();
      // What is behind another page is looked at later.
      await page.bringToFront();
      const act = async () => {
        await page.goto(`${host}/large`);
        // Not in the page: what is run there for a test counts as a press of a person, upon which fields are looked at.
        await wait(LOOKED_AT);
      };
      if (name === 'profiled') {
        sensor.push(await profiled(page, act, 'linesBelow'));
      } else {
        await act();
        load[name].push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].duration));
      }
      await page.close();
    }
  }
  const both = (/** @type {Record<string, number[]>} */ times) => `${median(times.watched).toFixed(1)} and ${median(times.unwatched).toFixed(1)}`;
  console.log(`  load of 100,000 nodes, watched and not: ${both(load)} ms, ${(median(load.watched) / median(load.unwatched)).toFixed(3)} times`);
  if (!isFirefox) console.log(`  main thread taken by the sensor on it: ${median(sensor).toFixed(1)} ms until ${LOOKED_AT / 1000} s after the load`);

  // The order book: how many turns of a loop the page gets beside it.
  /** @type {Record<string, number[]>} */
  const turns = { watched: [], unwatched: [] };
  for (let round = 0; round < 3; round += 1) {
    for (const [name, host] of Object.entries(hosts)) {
      const page = await open(host, '/book');
      turns[name].push(await page.evaluate((time) => /** @type {any} */ (window).run(time), BOOK_TIME / 2));
      await page.close();
    }
  }
  console.log(`  order book, 1,000 changes a second: the page gets ${(median(turns.watched) / median(turns.unwatched)).toFixed(4)} of the turns that it gets unwatched`);
  if (!isFirefox) {
    const page = await open(hosts.watched, '/book');
    const taken = await profiled(page, () => page.evaluate((time) => /** @type {any} */ (window).change(time), BOOK_TIME), 'onChanges');
    console.log(`  main thread taken by the sensor on it: ${((100 * taken) / BOOK_TIME).toFixed(2)} %`);
    const heaps = [];
    for (const host of Object.values(hosts)) {
      const other = await open(host, '/form');
      const session = await other.createCDPSession();
      await session.send('HeapProfiler.collectGarbage');
      heaps.push((await other.metrics()).JSHeapUsedSize ?? NaN);
      await other.close();
    }
    console.log(`  JavaScript memory of a tab with a form, watched and not: ${heaps.map((heap) => (heap / 1e6).toFixed(2)).join(' and ')} MB`);
    await page.close();
  }

  for (const [path, where] of [['/form', ''], ['/edited', ' in a text of 5,000 paragraphs']]) {
    /** @type {Record<string, number[]>} */
    const typing = { watched: [], unwatched: [] };
    for (const [name, host] of Object.entries(hosts)) {
      const page = await open(host, path);
      await page.focus('#input');
      for (const key of '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0123456789') await page.keyboard.press(/** @type {any} */ (key));
      typing[name] = await page.evaluate(() => /** @type {any} */ (window).typed);
      await page.close();
    }
    console.log(`  from a key to the next picture${where}, watched and not: ${both(typing)} ms`);
  }

  const page = await open(hosts.watched, '/form');
  await copy(started, LISTED);
  for (const isStopped of [false, true]) {
    const took = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.bringToFront();
      await page.focus('#input');
      if (isStopped) await stopBackground(started);
      await paste(page);
      await appears(page, 'warning');
      took.push(await page.evaluate(() => /** @type {any} */ (window).warned));
      await page.keyboard.press('Escape');
      await disappears(page);
    }
    console.log(`  from the paste to the warning on the screen, background ${isStopped ? 'stopped' : 'at work'}: ${median(took).toFixed(1)} ms`);
  }
  await page.close();

  // The sensor's own test, against the regular expression that says the same.
  const page2 = await open(hosts.unwatched, '/form');
  const source = await readFile(new URL('../extension/content/runs.js', import.meta.url), 'utf8');
  const speeds = await page2.evaluate(speedOf, source, WORDS);
  console.log(`  “may hold an address” on ${WORDS.length / 1e6} MB of words: ${speeds.map((speed) => speed.toFixed(2)).join(' GB/s; the regular expression ')} GB/s`);
  await started.close();
  await sites.close();
}

/** @param {string} source @param {string} words */
function speedOf(source, words) {
  const mayHold = new Function(`${source}; return mayHold;`)();
  const text = words.repeat(8);
  const expression = /[0-9A-Za-z:_\-\u0080-\uffff]{25}/;
  return [mayHold, (/** @type {string} */ text) => expression.test(text)].map((look) => {
    let best = Infinity;
    for (let round = 0; round < 7; round += 1) {
      const begin = performance.now();
      if (look(text)) throw new Error('nothing is there');
      best = Math.min(best, performance.now() - begin);
    }
    return text.length / best / 1e6;
  });
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
