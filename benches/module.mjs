// @ts-check
// The npm module as a wallet developer has it: from after the import to the first verdict, in Node.js and in Chromium, and how
// many addresses can be screened between two pictures.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { LISTED, consumer, serve } from '../tests/module/consumer.mjs';

const ROUNDS = 15;
const { folder, remove, write } = consumer();

write('first.mjs', `const { load } = await import('taintwatch/node');
  const begin = performance.now();
  const { level } = (await load()).screen('${LISTED}');
  if (level !== 'danger') throw new Error(String(level));
  console.log(performance.now() - begin);`);
const inNode = Array.from({ length: ROUNDS }, () => Number(spawnSync(process.execPath, ['first.mjs'], { cwd: folder, encoding: 'utf8' }).stdout));
console.log(`Node.js: after the import, to the first verdict ${median(inNode).toFixed(1)} ms`);

mkdirSync(join(folder, 'out'));
cpSync(join(folder, 'node_modules/taintwatch'), join(folder, 'out/taintwatch'), { recursive: true });
write('out/index.html', '<!doctype html><title>bench</title><script type="module" src="main.js"></script>');
write('out/main.js', `window.first = async () => {
    const { load } = await import('./taintwatch/index.js');
    const begin = performance.now();
    window.taintwatch = await load();
    const { level } = taintwatch.screen('${LISTED}');
    return level === 'danger' ? performance.now() - begin : NaN;
  };
  // Pictures a second while each holds so many calls.
  window.pictures = (calls) => new Promise((done) => {
    const addresses = Array.from({ length: 1000 }, (_, at) => '0x' + (at * 7654321).toString(16).padStart(40, '5aeb6053f3e94c9b9a09f33669435e7e'));
    let count = 0, spent = 0;
    const begin = performance.now();
    const picture = () => {
      const start = performance.now();
      for (let at = 0; at < calls; at += 1) taintwatch.screen(addresses[at % 1000]);
      spent += performance.now() - start;
      count += 1;
      if (performance.now() - begin < 3000) requestAnimationFrame(picture);
      else done([count / 3, spent / count]);
    };
    requestAnimationFrame(picture);
  });`);
const server = await serve(join(folder, 'out'));
const browser = await puppeteer.launch({ executablePath: process.env.TAINTWATCH_BROWSER_PATH, args: ['--no-sandbox'] });
const inChromium = [];
let pictures = [0, 0];
let without = [0, 0];
for (let round = 0; round < ROUNDS; round += 1) {
  const page = await browser.newPage();
  await page.goto(server.url);
  inChromium.push(await page.evaluate(() => /** @type {any} */ (window).first()));
  if (round === ROUNDS - 1) {
    without = await page.evaluate(() => /** @type {any} */ (window).pictures(0));
    pictures = await page.evaluate(() => /** @type {any} */ (window).pictures(1000));
  }
  await page.close();
}
console.log(`Chromium: after the import, to the first verdict ${median(inChromium).toFixed(1)} ms`);
console.log(`Chromium: ${pictures[0].toFixed(0)} pictures a second with 1,000 calls of \`screen\` in each (${pictures[1].toFixed(1)} ms), ${without[0].toFixed(0)} without`);
await browser.close();
await server.close();
remove();

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
