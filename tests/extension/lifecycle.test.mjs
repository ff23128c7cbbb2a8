// @ts-check
// What happens when the background was stopped, the core cannot load, or the extension was just installed.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { IMPATIENT, startedAt, stopBackground } from './background.mjs';
import { EXTENSION, copy, copySelected, evaluate, isFirefox, openOwn, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe } from './inside.mjs';
import { startSites } from './sites.mjs';

const CLEAN = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const FORM = `<!doctype html><title>Withdraw</title><form><input id="input"><button id="send">Send</button></form>
  <a id="wallet" href="bitcoin:3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG">Wallet</a>`;
const STRICT = { 'content-security-policy': "default-src 'none'" };

/**
 * Starts a browser with a form on a host of the list.
 * @param {import('node:test').TestContext} test
 * @param {import('./browser.mjs').Options} [options]
 */
async function form(test, options) {
  const sites = await startSites();
  sites.serve('/', FORM, STRICT);
  const started = await start({ proxyPort: sites.proxyPort, ...options });
  test.after(async () => {
    await started.close();
    await sites.close();
  });
  const page = await started.browser.newPage();
  await page.goto('https://www.kraken.com/');
  return { started, page };
}

/**
 * The extension without its core, and how to put that back.
 * @param {import('node:test').TestContext} test
 */
async function withoutCore(test) {
  const extension = await mkdtemp(join(tmpdir(), 'taintwatch-broken-'));
  test.after(() => rm(extension, { recursive: true }));
  await cp(EXTENSION, extension, { recursive: true });
  const core = 'taintwatch/core/taintwatch_bg.wasm';
  await rm(join(extension, core));
  return { extension, repair: () => cp(join(EXTENSION, core), join(extension, core)) };
}

describe('the background', () => {
  it('answers after it was stopped between two pastes', async (test) => {
    const { started, page } = await form(test, { prefs: IMPATIENT });
    const pasteOnce = async () => {
      await copy(started, LISTED);
      await page.focus('#input');
      await paste(page);
      const { level, inside } = await appears(page, 'warning');
      assert.equal(level, 'danger');
      await ripe(inside);
      await page.keyboard.press('Enter');
      await disappears(page);
    };
    await pasteOnce();
    const first = await startedAt(started);
    await stopBackground(started);
    await pasteOnce();
    assert.notEqual(await startedAt(started), first, 'it is another instance than before');
  });

  it('says that the page is unprotected when the core cannot load', async (test) => {
    const { extension } = await withoutCore(test);
    const { started, page } = await form(test, { extension });
    await copy(started, LISTED);
    await page.focus('#input');
    await paste(page);
    const note = await appears(page, 'note');
    assert.match(note.text, /Not checked/);
    assert.match(note.text, /nothing on this page is being checked/);
    // Whoever was told of it goes on or not: nothing is held for ever.
    await page.evaluate(() => {
      addEventListener('submit', (event) => {
        event.preventDefault();
        document.title = 'sent';
      });
      document.getElementById('wallet')?.addEventListener('click', (event) => {
        event.preventDefault();
        document.title = 'followed';
      });
    });
    await page.click('#send');
    await until(async () => (await page.title()) === 'sent', 'it is sent');
    await page.click('#wallet');
    await appears(page, 'note');
    await until(async () => {
      await page.click('#wallet');
      return (await page.title()) === 'followed';
    }, 'the link is followed');

    const popup = await openOwn(started, 'popup/popup.html');
    const banner = await until(
      () => evaluate(popup, () => document.querySelector('.banner.danger:not([hidden])')?.textContent),
      'the banner of the popup',
    );
    assert.match(banner, /This page is unprotected/);
    assert.equal(await evaluate(popup, () => chrome.action.getBadgeText({})), '!');
    const known = await openOwn(started, 'known/known.html');
    assert.match(await until(() => evaluate(known, addByHand, LISTED), 'what the page of known addresses says'), /could not load/);
  });

  it('says that there was no answer in time, and holds the next press no longer than that takes', async (test) => {
    const { extension } = await withoutCore(test);
    // A background that hears everything and never answers.
    await writeFile(join(extension, 'background/main.js'), `
      chrome.runtime.onMessage.addListener(() => true);
      chrome.runtime.onInstalled.addListener(() => chrome.tabs.create({ url: chrome.runtime.getURL('practice/practice.html') }));
    `);
    const { started, page } = await form(test, { extension });
    await copy(started, LISTED);
    await page.focus('#input');
    await paste(page);
    assert.match((await appears(page, 'note')).text, /Not checked.*did not answer in time/s);
    await page.evaluate(() => addEventListener('submit', (event) => {
      event.preventDefault();
      document.title = 'sent';
    }));
    await page.click('#send');
    await until(async () => (await page.title()) === 'sent', 'it is sent', 2000);
  });

  it('says that a confirmation could not be checked, and asks again', async (test) => {
    const { extension, repair } = await withoutCore(test);
    const { page } = await form(test, { extension });
    await page.evaluate((address) => {
      document.body.insertAdjacentHTML('beforeend', `<dialog><p>To ${address}</p></dialog>`);
      addEventListener('keydown', () => document.querySelector('dialog')?.showModal(), { once: true });
    }, LISTED);
    await page.bringToFront();
    await page.keyboard.press('Enter');
    assert.match((await appears(page, 'note')).text, /Not checked/);
    await repair();
    await page.keyboard.press('Enter');
    assert.equal((await appears(page, 'warning')).address, LISTED);
  });

  it('says that what is copied could not be checked, and tries again what is shown', async (test) => {
    const { extension, repair } = await withoutCore(test);
    const { page } = await form(test, { extension });
    await page.bringToFront();
    await page.evaluate((address) => {
      const text = document.body.appendChild(document.createElement('p'));
      text.textContent = address;
      getSelection()?.selectAllChildren(text);
    }, LISTED);
    await copySelected(page);
    assert.match((await appears(page, 'note')).text, /Not checked/);
    await repair();
    await until(() => page.evaluate(() => /** @type {any} */ (CSS).highlights.size > 0), 'a mark');
    assert.match((await appears(page, 'note')).text, /thief’s address/);
  });

  it('tells of what is copied also where nothing can be kept of it', async (test) => {
    const extension = await mkdtemp(join(tmpdir(), 'taintwatch-full-'));
    test.after(() => rm(extension, { recursive: true }));
    await cp(EXTENSION, extension, { recursive: true });
    const main = join(extension, 'background/main.js');
    // As on a disk that is full since then.
    await writeFile(main, `${await readFile(main, 'utf8')}
      const { set } = chrome.storage.local;
      chrome.storage.local.set = (items) => ('known' in items ? Promise.reject(new Error('full')) : set.call(chrome.storage.local, items));
    `);
    const { page } = await form(test, { extension });
    await page.bringToFront();
    await page.evaluate((both) => {
      const text = document.body.appendChild(document.createElement('p'));
      text.textContent = both.join(' ');
      getSelection()?.selectAllChildren(text);
    }, [CLEAN, LISTED]);
    await press(page, (await appears(page, 'note')).inside, 'Close');
    await disappears(page);
    await copySelected(page);
    assert.match((await appears(page, 'note')).text, /thief’s address/);
  });
});

describe('the extension\'s own pages', () => {
  it('checks an address by hand in the popup, and says what was asked', async (test) => {
    const { started } = await form(test);
    const popup = await openOwn(started, 'popup/popup.html');
    for (const [address, title, words] of [
      ['0x098b716b8aaf21512996dc57eb0615e2383e2f96', /Stop: do not send/, /OFAC.*Ronin.*built-in set of 20\d\d-\d\d-\d\d/s],
      ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', /Nothing found/, /does not make it safe.*built-in set/s],
      ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', /Not checked/, /typing error at character 34/],
      ['3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiH', /Careful/, /one typing error away/],
      ['vitalik.eth', /Not checked/, /a name, not an address/],
    ]) {
      const result = await until(async () => {
        const text = await evaluate(popup, checkByHand, String(address));
        return text && /** @type {RegExp} */ (title).test(text) && text;
      }, String(title));
      assert.match(result, /** @type {RegExp} */ (words));
    }
  });

  it('opens the practice page once installed, where the same warning is shown', async (test) => {
    const { started } = await form(test);
    const page = await openOwn(started, 'practice/practice.html');
    const tabs = await until(async () => {
      const urls = await evaluate(page, async () => (await chrome.tabs.query({})).map((tab) => tab.url ?? ''));
      const own = urls.filter((url) => url.endsWith('practice/practice.html'));
      return own.length >= 2 && own;
    }, 'the tab that was opened at installation');
    assert.equal(tabs.length, 2);
    // What it shows is marked as on any page.
    await until(() => evaluate(page, () => /** @type {any} */ (CSS).highlights.size > 0), 'a mark');
    await copy(started, LISTED);
    await page.bringToFront();
    await evaluate(page, () => document.getElementById('destination')?.focus());
    await paste(page);
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await press(page, inside, 'Remove the address');
    await until(() => evaluate(page, () => /** @type {any} */ (document.getElementById('destination')).value === ''), 'the address is gone');
  });

  it('notices that the person withheld the sites, and asks', { skip: !isFirefox && 'Chromium\'s switch for it is not in reach of a test' }, async (test) => {
    const { started } = await form(test);
    const popup = await openOwn(started, 'popup/popup.html');
    await evaluate(popup, async () => {
      const origins = chrome.runtime.getManifest().host_permissions ?? [];
      await chrome.permissions.remove({ origins: origins.slice(0, 1) });
    });
    const again = await openOwn(started, 'popup/popup.html');
    const banner = await until(
      () => evaluate(again, () => document.querySelector('.banner:not([hidden])')?.textContent),
      'the banner of the popup',
    );
    assert.match(banner, /does not let Taintwatch look/);
    assert.match(banner, /Allow it on these sites/);
    assert.equal(await evaluate(again, () => chrome.action.getBadgeText({})), '?');
  });
});

/** @param {string} address */
function addByHand(address) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById('address'));
  if (input.value !== address) {
    input.value = address;
    /** @type {HTMLFormElement} */ (document.getElementById('form')).requestSubmit();
  }
  return document.getElementById('said')?.textContent;
}

/** @param {string} address */
function checkByHand(address) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById('address'));
  if (input.value !== address) {
    input.value = address;
    /** @type {HTMLFormElement} */ (document.getElementById('form')).requestSubmit();
  }
  return document.getElementById('result')?.innerText ?? '';
}
