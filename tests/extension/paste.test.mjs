// @ts-check
// From a paste to a warning, on the hosts of the manifest, whatever kind of field it is and under the strictest CSP.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { copy, isFirefox, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const TRON_SPELLING = 'TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB';
const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const MISTYPED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH';

const STRICT = { 'content-security-policy': "default-src 'none'" };
const FRAMES = { 'content-security-policy': "default-src 'none'; frame-src https:" };

describe('pasting a listed address', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;

  before(async () => {
    sites = await startSites();
    started = await start({ proxyPort: sites.proxyPort });
    sites.serve('/fields', FIELDS, STRICT);
    sites.serve('/field', '<!doctype html><title>Frame</title><input id="field">', STRICT);
    sites.serve(
      '/frames',
      `<!doctype html><title>Frames</title>
       <iframe src="/field" width="900" height="600"></iframe>
       <iframe src="https://app.uniswap.org/field" width="900" height="600"></iframe>`,
      FRAMES,
    );
    page = await started.browser.newPage();
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** @param {string} path @param {string} [host] */
  const open = (path, host = 'www.binance.com') => page.goto(`https://${host}${path}`);

  /**
   * Pastes into what has the focus, and takes the address out again.
   * @param {() => Promise<string>} value what the field holds now
   */
  async function warnsAndRemoves(value) {
    await copy(started, LISTED);
    await paste(page);
    const warning = await appears(page, 'warning');
    assert.equal(warning.level, 'danger');
    assert.equal(warning.address, LISTED);
    assert.match(warning.text, /FBI links this address to Lazarus Group/);
    await ripe(warning.inside);
    await page.keyboard.press('Enter');
    await disappears(page);
    await until(async () => !(await value()).includes(LISTED), 'the address is gone');
    return warning;
  }

  for (const [name, selector] of [
    ['a plain input', '#input'],
    ['a textarea', '#area'],
    ['a contenteditable', '#editable'],
  ]) {
    it(`warns in ${name}`, async () => {
      await open('/fields');
      await page.focus(selector);
      await warnsAndRemoves(() =>
        page.$eval(selector, (field) => ('value' in field ? String(field.value) : (field.textContent ?? ''))),
      );
    });
  }

  it('warns in an input inside an open shadow root', async () => {
    await open('/fields');
    await page.$eval('#host', (host) => host.shadowRoot?.querySelector('input')?.focus());
    await warnsAndRemoves(() => page.$eval('#host', (host) => host.shadowRoot?.querySelector('input')?.value ?? ''));
  });

  it('warns in an input that the page replaces at every input', async () => {
    await open('/fields');
    await page.evaluate(() => {
      const render = (/** @type {string} */ value) => {
        const old = /** @type {HTMLInputElement} */ (document.querySelector('#input'));
        const fresh = document.createElement('input');
        fresh.id = 'input';
        fresh.value = value;
        fresh.addEventListener('input', () => render(fresh.value));
        old.replaceWith(fresh);
        fresh.focus();
      };
      render('');
    });
    await warnsAndRemoves(() => page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value));
  });

  for (const [name, host] of [
    ['a same-origin frame', 'www.binance.com'],
    ['a cross-origin frame', 'app.uniswap.org'],
  ]) {
    it(`warns around it about an input in ${name}`, async () => {
      await open('/frames');
      const frame = await until(
        async () => page.frames().find((frame) => frame.parentFrame() && frame.url() === `https://${host}/field`),
        name,
      );
      const field = await frame.waitForSelector('#field');
      await field?.click();
      const warning = await warnsAndRemoves(() => frame.$eval('#field', (input) => /** @type {HTMLInputElement} */ (input).value));
      assert.match(warning.text, new RegExp(`a part of the page that comes from https://${host}`));
    });
  }

  it('has in sight what to do and why in a small window, too', async () => {
    await page.setViewport({ width: 360, height: 640 });
    await open('/fields');
    await page.focus('#input');
    await copy(started, LISTED);
    await paste(page);
    const { inside } = await appears(page, 'warning');
    const unseen = () => inside.evaluate((root) => [...root.querySelectorAll('h1, #why, .pasted, p.sure, button')].filter((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      return height > 0 && (top < 0 || bottom > innerHeight);
    }).map((element) => element.textContent));
    await ripe(inside);
    assert.deepEqual(await unseen(), []);
    // The evidence is scrolled within.
    assert(await inside.evaluate((root) => [root.querySelector('.details')].every((details) => details && details.scrollHeight > details.clientHeight && details.clientHeight > 40)));
    await press(page, inside, 'Keep it anyway');
    await until(() => inside.evaluate((root) => root.querySelector('.card.second') !== null), 'the second step');
    assert.deepEqual(await unseen(), []);
    await page.keyboard.press('Escape');
    await disappears(page);
    await page.setViewport({ width: 800, height: 600 });
  });

  it('is written as its own language is on a page of another', async () => {
    await open('/fields');
    await page.evaluate(() => Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' }));
    await page.focus('#input');
    await copy(started, LISTED);
    await paste(page);
    const { inside } = await appears(page, 'warning');
    const box = await inside.evaluate((root) => [...root.querySelectorAll('dialog')].map((dialog) => [dialog.lang, getComputedStyle(dialog).direction]));
    assert.deepEqual(box, [['en', 'ltr']]);
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  it('warns about the same key on another chain, and says so', async () => {
    await open('/fields');
    await copy(started, `tron:${TRON_SPELLING}`);
    await page.focus('#input');
    await paste(page);
    const warning = await appears(page, 'warning');
    assert.equal(warning.level, 'danger');
    assert.match(warning.text, /the same key on another chain/);
    assert.match(warning.text, /0x098B716B8Aaf21512996dC57EB0615e2383E2f96/);
  });

  it('keeps the address only after the button could be seen', async () => {
    await open('/fields');
    await copy(started, LISTED);
    await page.focus('#input');
    await paste(page);
    const { inside } = await appears(page, 'warning');
    await press(page, inside, 'Keep it anyway');
    assert.ok(await shown(page), 'a press before the time is no press');
    await ripe(inside);
    await press(page, inside, 'Keep it anyway');
    assert.match((await shown(page))?.text ?? '', /Are you sure\? What is sent to this address cannot be called back/);
    await ripe(inside);
    await press(page, inside, 'Yes, keep this address');
    await disappears(page);
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), LISTED);
  });

  it('removes the address on Escape', async () => {
    await open('/fields');
    await copy(started, LISTED);
    await page.focus('#input');
    await paste(page);
    await appears(page, 'warning');
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), '');
  });

  it('warns when an address is typed', async () => {
    await open('/fields');
    await page.bringToFront();
    await page.focus('#input');
    await page.keyboard.type(LISTED);
    assert.equal((await appears(page, 'warning')).address, LISTED);
  });

  it('is silent about a clean address and leaves no trace on the page', async () => {
    await open('/fields');
    const before = await page.$eval('html', (html) => html.outerHTML);
    await copy(started, CLEAN);
    await page.focus('#input');
    await paste(page);
    await until(
      async () => (await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value)) === CLEAN,
      'the paste',
    );
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(await shown(page), null);
    assert.equal(await page.$eval('html', (html) => html.outerHTML), before);
  });

  it('warns about a listed address with a typing error, and says where', async () => {
    await open('/fields');
    await copy(started, MISTYPED);
    await page.focus('#input');
    await paste(page);
    const warning = await appears(page, 'warning');
    assert.equal(warning.level, 'caution');
    assert.match(warning.text, /one typing error away from one that FBI links to/);
    assert.match(warning.text, /typing error at character 34/);
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  it('warns about an address whose middle is left out, by what it shows', async () => {
    await open('/fields');
    await copy(started, '3LU8wR…bgyiG');
    await page.focus('#input');
    await paste(page);
    const warning = await appears(page, 'warning');
    assert.equal(warning.level, 'caution');
    assert.match(warning.text, new RegExp(`As far as it is shown.*${LISTED}`, 's'));
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  for (const [name, text, title, words] of [
    ['an address of another network than the label asks for', CLEAN, /Worth knowing/, /on Bitcoin, but one on Ethereum is asked for/],
    ['an address with a typing error', `${CLEAN.slice(0, -1)}b`, /Not checked/, /typing error at character 34/],
    ['an address of a test network', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', /Worth knowing/, /Bitcoin testnet/],
  ]) {
    it(`notes ${name}`, async () => {
      await open('/fields');
      await copy(started, String(text));
      await page.focus('#labelled');
      await paste(page);
      const note = await appears(page, 'note');
      assert.match(note.text, /** @type {RegExp} */ (title));
      assert.match(note.text, /** @type {RegExp} */ (words));
    });
  }

  it('takes no notice of what a script of the page pretends', async () => {
    await open('/fields');
    await page.evaluate((address) => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector('#input'));
      input.value = address;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, LISTED);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await shown(page), null);
  });

  it('looks at none but the hosts of its list', async () => {
    await open('/fields', 'elsewhere.example');
    await copy(started, LISTED);
    await page.focus('#input');
    await paste(page);
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(await shown(page), null);
  });

  it('sent nothing over the network', () => {
    const visited = new Set(['www.binance.com:443', 'app.uniswap.org:443', 'elsewhere.example:443']);
    // What a browser does of its own accord goes to its maker, never to a host of an extension's choosing.
    const maker = isFirefox ? /(^|\.)(mozilla\.(org|com|net)|firefox\.com|mozgcp\.net):\d+$/ : /(^|\.)(google(apis)?|gvt1)\.com:\d+$/;
    const others = sites.connections.filter((host) => !visited.has(host) && !maker.test(host));
    assert.deepEqual(others, []);
    const ofVisited = sites.requests.map((url) => new URL(url)).filter((url) => visited.has(`${url.host}:443`));
    const asked = new Set(ofVisited.map((url) => url.pathname + url.search));
    assert.deepEqual([...asked].filter((path) => !['/fields', '/frames', '/field', '/favicon.ico'].includes(path)), []);
    assert.ok(ofVisited.length > 10, 'the proxy saw the pages');
  });
});

const FIELDS = `<!doctype html>
<title>Withdraw</title>
<input id="input">
<label>Recipient's Ethereum address <input id="labelled"></label>
<textarea id="area"></textarea>
<div id="editable" contenteditable>Pay to: </div>
<div id="host"><template shadowrootmode="open"><input></template></div>`;
