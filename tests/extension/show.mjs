// @ts-check
// `cargo xtask run`: the main job, on the practice page. With a display a person does the paste; without, this does.

import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { BROWSER, copy, evaluate, openOwn, paste, start, until } from './browser.mjs';
import { appears } from './inside.mjs';

/** The FBI names it for the thefts from CoinsPaid, Alphapo and Atomic Wallet (release of 2023-08-22). */
const ADDRESS = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';

const headless = process.env.TAINTWATCH_HEADLESS === '1';
const results = process.env.TAINTWATCH_RESULTS ?? '.';
const started = await start({ headless });
const page = await openOwn(started, 'practice/practice.html');

if (!headless) {
  console.log(`Copy an address of the page and paste it into the form. Close ${BROWSER} to end.`);
  await new Promise((resolve) => started.browser.once('disconnected', resolve));
  process.exit(0);
}

console.log(`No display: pasting ${ADDRESS} into the practice page's form in ${BROWSER}.`);
await until(() => evaluate(page, () => Boolean(document.querySelector('#examples li'))), 'the practice page');
await copy(started, ADDRESS);
await page.bringToFront();
await evaluate(page, () => /** @type {HTMLElement} */ (document.querySelector('#destination')).focus());
await paste(page);
const warning = await appears(page, 'warning');
const picture = join(results, 'warning.png');
await page.screenshot({ path: /** @type {`${string}.png`} */ (picture) });
const answer = await evaluate(page, (address) => chrome.runtime.sendMessage({ kind: 'check', address }), ADDRESS);
const verdict = join(results, 'verdict.json');
await writeFile(verdict, `${JSON.stringify(answer.outcome, null, 2)}\n`);
console.log(`\n${warning.text.replace(/\n+/g, '\n').trim()}\n`);
console.log(`The picture is in ${relative('.', picture)}, the verdict in ${relative('.', verdict)}.`);
await started.close();
