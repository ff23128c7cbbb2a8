// @ts-check
// One tab with a busy page, for as long as TAINTWATCH_SOAK says in minutes (60): is every paste warned of, and does the
// page's memory stay flat? In Chromium, whose driver tells the memory.

import assert from 'node:assert/strict';

process.env.TAINTWATCH_BROWSER = 'chromium';
const { copy, paste, start, until } = await import('../tests/extension/browser.mjs');
const { startSites } = await import('../tests/extension/sites.mjs');
const { BOOK } = await import('./page/pages.mjs');

const MINUTES = Number(process.env.TAINTWATCH_SOAK ?? 60);
const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';

const sites = await startSites();
sites.serve('/', `${BOOK}<script>
  // Addresses come and go too: some new, some that were there before.
  let made = 0;
  const digits = (seed) => {
    let [text, state] = ['', seed];
    for (let part = 0; part < 5; part += 1) text += (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 >>> 0).toString(16).padStart(8, '0');
    return text;
  };
  const list = document.body.appendChild(document.createElement('ol'));
  setInterval(() => {
    made += 1;
    const item = document.createElement('li');
    item.textContent = '0x' + digits(made % 3 ? made : made % 50);
    list.append(item);
    if (list.children.length > 200) list.firstChild.remove();
  }, 50);
  window.change(1e9);
</script>`);
const started = await start({ proxyPort: sites.proxyPort });
await copy(started, LISTED);
const page = await started.browser.newPage();
await page.goto('https://www.kraken.com/');
const session = await page.createCDPSession();
const heap = async () => {
  await session.send('HeapProfiler.collectGarbage');
  return ((await page.metrics()).JSHeapUsedSize ?? NaN) / 1e6;
};

/** Whether a warning is there, by its host: looking inside, as tests do, keeps what was looked at alive. @param {boolean} isThere */
const warned = (isThere) => until(async () => (await page.evaluate(() => document.documentElement.childElementCount > 2)) === isThere, 'the warning');

const end = Date.now() + MINUTES * 60_000;
let pastes = 0;
let missed = 0;
/** Of each sixth of the time, the memory at its end. @type {number[]} */
const heaps = [];
for (let part = 1; part <= 6; part += 1) {
  const last = end - ((6 - part) * MINUTES * 60_000) / 6;
  while (Date.now() < last) {
    await page.bringToFront();
    await page.focus('#input');
    await paste(page);
    pastes += 1;
    await warned(true).catch(() => (missed += 1));
    await page.keyboard.press('Escape');
    await warned(false);
    await page.$eval('#input', (input) => void (/** @type {HTMLInputElement} */ (input).value = ''));
  }
  heaps.push(await heap());
}
console.log(`${pastes} pastes in ${MINUTES} minutes, ${missed} missed; memory of the page, sixth by sixth: ${heaps.map((each) => each.toFixed(2)).join(', ')} MB`);
assert.equal(missed, 0);
await started.close();
await sites.close();
