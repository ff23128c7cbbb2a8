// @ts-check
// What becomes of it after the warning: the address is gone or stays, the page is told as it would have been, and whoever
// types goes on where they were.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { copy, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const MISTYPED = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb';

const FORM = '<!doctype html><title>Withdraw</title><input id="input"><input id="second"><div id="host"></div>';

describe('after a warning', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;

  before(async () => {
    sites = await startSites();
    sites.serve('/', FORM);
    started = await start({ proxyPort: sites.proxyPort });
    page = await started.browser.newPage();
  });
  beforeEach(async () => {
    await page.goto('https://www.kraken.com/');
    await page.bringToFront();
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** @param {string} selector */
  const value = (selector) => page.$eval(selector, (field) => /** @type {HTMLInputElement} */ (field).value);
  /** @param {string} text @param {string} [selector] */
  async function pasteText(text, selector = '#input') {
    await copy(started, text);
    await page.bringToFront();
    await page.focus(selector);
    await paste(page);
  }
  /** A page of one field: there is no other place that the browser could put the caret. @param {string} html */
  async function lone(html) {
    sites.serve('/lone', `<!doctype html><title>Lone</title>${html}`);
    await page.goto('https://www.kraken.com/lone');
    await page.bringToFront();
  }

  it('says so once where a field does not let go', async () => {
    await page.$eval('#input', (input, address) => input.addEventListener('input', () => void (/** @type {HTMLInputElement} */ (input).value = address)), LISTED);
    await pasteText(LISTED);
    await ripe((await appears(page, 'warning')).inside);
    await page.keyboard.press('Escape');
    assert.match((await appears(page, 'note')).text, /Remove it yourself/);
    // The field that has the focus is looked at again and again.
    await wait(1200);
    assert.equal((await shown(page))?.kind, 'note');
  });

  for (const [name, act, note] of /** @type {[string, string, RegExp][]} */ ([
    ['makes a chip of it', "input.addEventListener('input', () => setTimeout(() => { if (input.value) chip.textContent = input.value; }))", /Remove it yourself/],
    ['takes it out of the field', "input.addEventListener('input', () => setTimeout(() => (input.value = '')))", /Look at the form again/],
    ['shows what is entered beside it', "input.addEventListener('input', () => setTimeout(() => { chip.textContent = `To ${input.value}`; }, 100))", /^$/],
  ])) {
    it(`says so if it may not be gone, where the page ${name}`, async () => {
      await page.evaluate(`{ const input = document.querySelector('#input'); const chip = document.createElement('span'); input.after(chip); ${act}; }`);
      await pasteText(LISTED);
      await ripe((await appears(page, 'warning')).inside);
      await page.keyboard.press('Escape');
      await disappears(page);
      await wait(1500);
      assert.match((await shown(page))?.text ?? '', note);
    });
  }

  for (const kind of ['blur', 'focusout', 'change']) {
    it(`does not let a page take what is in a field at its ${kind}`, async () => {
      await page.$eval('#input', (input, kind) => {
        const taken = /** @type {string[]} */ ([]);
        Object.assign(window, { taken });
        input.addEventListener(kind, () => void taken.push(/** @type {HTMLInputElement} */ (input).value));
      }, kind);
      const taken = () => page.evaluate(() => /** @type {any} */ (window).taken.filter(Boolean));
      for (const enter of [() => pasteText(LISTED), async () => { await page.focus('#input'); await page.keyboard.type(LISTED); }]) {
        await enter();
        const { inside } = await appears(page, 'warning');
        await wait(200);
        assert.deepEqual(await taken(), []);
        await ripe(inside);
        await page.keyboard.press('Escape');
        await disappears(page);
        await until(async () => (await value('#input')) === '', 'the address is gone');
        await page.focus('#second');
        assert.deepEqual(await taken(), []);
      }
      // What is left otherwise is the page's as ever.
      await page.focus('#input');
      await page.keyboard.type('5');
      await page.focus('#second');
      assert.deepEqual(await taken(), ['5']);
    });
  }

  for (const inside of ['', ' inside a closed shadow root']) {
    it(`tells a page of what is kept in a field${inside} when that is left or sent, not before`, async () => {
      await page.evaluate((isInside) => {
        const host = /** @type {Element} */ (document.querySelector('#host'));
        const root = isInside ? host.attachShadow({ mode: 'closed' }) : host;
        root.innerHTML = '<form><input id="kept"></form>';
        const form = /** @type {HTMLFormElement} */ (root.querySelector('form'));
        const told = /** @type {string[]} */ ([]);
        Object.assign(window, { told, enter: () => form.querySelector('input')?.select() });
        for (const kind of ['change', 'submit']) {
          form.addEventListener(kind, (event) => {
            event.preventDefault();
            told.push(`${kind} ${form.querySelector('input')?.value}`);
          });
        }
      }, inside !== '');
      const told = () => page.evaluate(() => /** @type {any} */ (window).told.splice(0));
      await copy(started, LISTED);
      await page.bringToFront();
      for (const [before, leave, expected] of /** @type {[string, () => Promise<void>, string[]][]} */ ([
        ['1', () => page.keyboard.press('Enter'), [`change 1 ${LISTED}`, `submit 1 ${LISTED}`]],
        ['2', () => page.focus('#second'), [`change 2 ${LISTED}`]],
      ])) {
        await page.evaluate(() => /** @type {any} */ (window).enter());
        await page.keyboard.type(`${before} `);
        // What has left the field is asked about again when it comes back.
        await wait(200);
        await paste(page);
        const warning = await appears(page, 'warning');
        for (const label of ['Keep it anyway', 'Yes, keep this address']) {
          await ripe(warning.inside);
          await press(page, warning.inside, label);
        }
        await disappears(page);
        await wait(100);
        assert.deepEqual(await told(), []);
        await leave();
        await wait(100);
        assert.deepEqual(await told(), expected);
      }
    });
  }

  it('tells a page of what is kept in a text of several lines when that is left, not at a new line', async () => {
    await page.$eval('#host', (host) => {
      host.innerHTML = '<textarea id="lines"></textarea>';
      const told = /** @type {string[]} */ ([]);
      Object.assign(window, { told });
      host.addEventListener('change', (event) => told.push(/** @type {HTMLTextAreaElement} */ (event.target).value));
    });
    const told = () => page.evaluate(() => /** @type {any} */ (window).told);
    await pasteText(LISTED, '#lines');
    const { inside } = await appears(page, 'warning');
    for (const label of ['Keep it anyway', 'Yes, keep this address']) {
      await ripe(inside);
      await press(page, inside, label);
    }
    await disappears(page);
    await page.keyboard.press('Enter');
    await until(async () => (await value('#lines')) === `${LISTED}\n`, 'the new line');
    assert.deepEqual(await told(), []);
    await page.focus('#second');
    await until(async () => (await told()).length > 0, 'the page is told');
    await wait(100);
    assert.deepEqual(await told(), [`${LISTED}\n`]);
  });

  for (const html of ['<input>', '<input type="email">', '<textarea></textarea>']) {
    it(`gives the caret back whatever the mouse pressed, in ${html}`, async () => {
      await lone(html);
      await copy(started, LISTED);
      const selector = 'input, textarea';
      const held = () => page.$eval(selector, (field) => /** @type {HTMLInputElement} */ (field).value);
      await page.focus(selector);
      await paste(page);
      let { inside } = await appears(page, 'warning');
      await ripe(inside);
      await press(page, inside, 'Remove the address');
      await disappears(page);
      await until(async () => (await held()) === '', 'it is gone');
      // Without another look for the field.
      await paste(page);
      ({ inside } = await appears(page, 'warning'));
      // Text of the warning, too, but where a field does not tell where the caret is.
      if (!html.includes('email')) {
        const { x, y } = await inside.evaluate((root) => {
          const { left, top } = /** @type {Element} */ (root.querySelector('#title')).getBoundingClientRect();
          return { x: left + 20, y: top + 10 };
        });
        await page.mouse.click(x, y);
      }
      for (const label of ['Keep it anyway', 'Yes, keep this address']) {
        await ripe(inside);
        await press(page, inside, label);
      }
      await disappears(page);
      await page.keyboard.type('z');
      await until(async () => (await held()) === `${LISTED}z`, 'what is typed then comes behind it');
    });
  }

  it('gives the caret back where the page writes the field anew meanwhile', async () => {
    await lone('<input>');
    await copy(started, LISTED);
    await page.$eval('input', (input) => {
      // As fields do that look up first what they were given.
      const take = () => {
        const { value } = input;
        input.value = '';
        setTimeout(() => (input.value = value), 1000);
      };
      input.addEventListener('input', take, { once: true });
      input.focus();
    });
    await paste(page);
    const { inside } = await appears(page, 'warning');
    await until(() => page.$eval('input', (input) => input.value !== ''), 'it is written anew');
    for (const label of ['Keep it anyway', 'Yes, keep this address']) {
      await ripe(inside);
      await press(page, inside, label);
    }
    await disappears(page);
    await page.keyboard.type('z');
    await until(() => page.$eval('input', (input, text) => input.value === `${text}z`, LISTED), 'what is typed then comes behind it');
  });

  for (const way of ['mouse', 'keyboard']) {
    it(`leaves the caret where it is when a note is closed with the ${way}`, async () => {
      await lone('<input>');
      await copy(started, MISTYPED);
      await page.focus('input');
      await paste(page);
      const { inside } = await appears(page, 'note');
      if (way === 'mouse') {
        await press(page, inside, 'Close');
      } else {
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
      }
      await disappears(page);
      await page.keyboard.type('z');
      await until(() => page.$eval('input', (input, text) => input.value === text, `${MISTYPED}z`), 'what is typed then comes behind it');
    });
  }
});
