// @ts-check
// What it shows can be read and used by everybody, as far as axe-core can tell: names, roles, contrast, order; dark and light.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { copy, evaluate, isFirefox, openOwn, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
/** That of the first block, and the same but for its last character. */
const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const MISTYPED = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb';
const FORM = '<!doctype html><html lang="en"><title>Withdraw</title><main><h1>Withdraw</h1><label>To <input id="input"></label></main></html>';

/** Firefox's preference for how pages are to look. */
const LOOKS = 'layout.css.prefers-color-scheme.content-override';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Tells what in a page stands in somebody's way, and how many rules could be checked. @type {() => Promise<{ wrong: string[], passed: number }>} */
const audit = /** @type {any} */ (new Function(`${axe};
  return axe.run(document).then(({ violations, passes }) => ({
    wrong: violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary].join(' '))),
    passed: passes.length,
  }));`));

for (const scheme of ['light', 'dark']) {
  describe(`for everybody, in ${scheme} colors`, () => {
    /** @type {import('./sites.mjs').Sites} */
    let sites;
    /** @type {import('./browser.mjs').Started} */
    let started;
    /** What is shown on pages: the warning in both steps and a note, with their style. @type {Record<string, string>} */
    const shown = {};
    let style = '';

    before(async () => {
      sites = await startSites();
      sites.serve('/', FORM);
      started = await start({ proxyPort: sites.proxyPort, prefs: { [LOOKS]: scheme === 'dark' ? 0 : 1 } });
      const page = await started.browser.newPage();
      await page.goto('https://www.kraken.com/');
      await copy(started, LISTED);
      await page.bringToFront();
      await page.focus('#input');
      await paste(page);
      const { inside } = await appears(page, 'warning');
      await ripe(inside);
      style = await inside.evaluate((root) => root.adoptedStyleSheets.flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText)).join('\n'));
      const card = await inside.evaluate((root) => root.querySelector('.card')?.outerHTML ?? '');
      assert.match(card + style, /FBI[^]*\.card\b/);
      for (const step of ['first', 'second']) {
        const steps = card.replace('class="card', `class="card ${step}`).replaceAll('disabled=""', '');
        shown[`the warning, its ${step} step`] = `<dialog open class="scene danger" aria-labelledby="title">${steps}</dialog>`;
      }
      for (const label of ['Keep it anyway', 'Yes, keep this address']) {
        await ripe(inside);
        await press(page, inside, label);
      }
      await disappears(page);
      await page.keyboard.type(` ${MISTYPED}`);
      const note = await appears(page, 'note');
      shown['a note'] = (await note.inside.evaluate((root) => root.querySelector('.note')?.outerHTML ?? '')).replace('popover="manual"', '');
      assert.match(shown['a note'], /<button/);
    });
    after(async () => {
      await started?.close();
      await sites?.close();
    });

    /** @param {import('puppeteer-core').Page} page */
    async function holds(page) {
      if (!isFirefox) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await until(() => evaluate(page, (name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, scheme), `${scheme} colors`);
      const { wrong, passed } = await evaluate(page, audit);
      assert.deepEqual(wrong, []);
      assert.ok(passed > 10, `${passed} rules were checked`);
    }

    for (const path of ['popup/popup.html', 'sets/sets.html', 'practice/practice.html']) {
      it(path, async () => {
        const page = await openOwn(started, path);
        await until(() => evaluate(page, () => document.querySelectorAll('[data-words]:empty').length === 0), 'its words');
        await holds(page);
        await page.close();
      });
    }

    for (const [path, address, answered] of [
      ['popup/popup.html', LISTED, '#result .tag, #result dl'],
      ['known/known.html', CLEAN, '#known li'],
    ]) {
      it(`${path}, after an address was entered`, async () => {
        const page = await openOwn(started, path);
        await evaluate(page, (address) => {
          /** @type {HTMLInputElement} */ (document.querySelector('#address')).value = address;
          /** @type {HTMLFormElement} */ (document.querySelector('#form')).requestSubmit();
        }, address);
        await until(() => evaluate(page, (selector) => document.querySelector(selector) !== null, answered), 'the answer');
        await holds(page);
        await page.close();
      });
    }

    for (const name of ['the warning, its first step', 'the warning, its second step', 'a note']) {
      it(name, async () => {
        // Nothing looks into a closed shadow root from the page: the same in a page of its own.
        const page = await started.browser.newPage();
        await page.setContent(`<!doctype html><html lang="en"><title>Shown</title><style>${style}</style><main><h1>Withdraw</h1>${shown[name]}</main></html>`);
        await holds(page);
        await page.close();
      });
    }
  });
}
