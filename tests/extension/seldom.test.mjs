// @ts-check
// What is seldom, and is seen all the same: what the browser fills in, windows that a page opens or that move under the
// pointer, full screen, private windows, pages that are rendered ahead.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { copy, copySelected, evaluate, inFirefox, isFirefox, openOwn, paste, start, until } from './browser.mjs';
import { appears, disappears, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const MINE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
/** Begins and ends like it. */
const LIKE_MINE = '0x5aaeb6f5db3c1cda6c4cd3b3f5d79bfb09cbeaed';
const FORM = `<!doctype html><title>Form</title><form onsubmit="return false"><input id="name" autocomplete="name"><input id="input" autocomplete="street-address">
  <input autocomplete="postal-code"><input autocomplete="address-level2"><button id="send">Send</button></form><p id="text">${MINE}</p>`;
const LOGIN = '<!doctype html><title>Login</title><form><input id="input" name="to" autocomplete="username"><input name="password" type="password"></form>';
const wait = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('what is seldom', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;

  before(async () => {
    sites = await startSites();
    sites.serve('/form', FORM);
    sites.serve('/login', LOGIN);
    started = await start({ proxyPort: sites.proxyPort });
    page = await started.browser.newPage();
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  beforeEach(async () => {
    await page.goto('https://www.kraken.com/form');
    await page.bringToFront();
  });

  it('warns of what the browser fills in', async () => {
    await (isFirefox ? fillInFirefox(started.browser, page, LISTED) : fill(page, LISTED));
    assert.equal((await appears(page, 'warning')).address, LISTED);
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  it('keeps nothing when the window was moved under the pointer', async () => {
    const move = await mover(started.browser, page);
    await copy(started, LISTED);
    await page.bringToFront();
    await page.focus('#input');
    await paste(page);
    const { inside } = await appears(page, 'warning');
    const place = await inside.evaluate((root) => {
      const keep = [...root.querySelectorAll('button')].find((button) => button.textContent === 'Keep it anyway');
      const box = /** @type {Element} */ (keep).getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    const asksAgain = () => inside.evaluate((root) => [...root.querySelectorAll('button')].some((button) => button.checkVisibility() && /^Yes/.test(button.textContent ?? '')));
    /** @param {boolean} moves */
    const press = async (moves) => {
      for (let at = 0; at < 5; at += 1) {
        if (moves) await move(50 + 9 * at, 60);
        await wait(300);
      }
      await page.mouse.click(place.x, place.y);
      return asksAgain();
    };
    assert.equal(await press(true), false);
    assert.equal(await press(false), true);
    await page.keyboard.press('Escape');
    await disappears(page);
  });
});

/**
 * Has Chromium fill in an address of a person, of which a line is `text`.
 * @param {import('puppeteer-core').Page} page
 * @param {string} text
 */
async function fill(page, text) {
  const session = await page.createCDPSession();
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#name' });
  const { node } = await session.send('DOM.describeNode', { nodeId });
  await session.send('Autofill.enable');
  await page.focus('#name');
  const profile = { NAME_FULL: 'A Name', ADDRESS_HOME_STREET_ADDRESS: text, ADDRESS_HOME_LINE1: text, ADDRESS_HOME_ZIP: '10115', ADDRESS_HOME_CITY: 'Berlin', ADDRESS_HOME_COUNTRY: 'US' };
  const fields = Object.entries(profile).map(([name, value]) => ({ name, value }));
  await session.send('Autofill.trigger', { fieldId: node.backendNodeId, address: { fields } });
  await session.detach();
}

/**
 * Has Firefox fill in what it remembers a person to be called on this site.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('puppeteer-core').Page} page
 * @param {string} text
 */
async function fillInFirefox(browser, page, text) {
  await inFirefox(browser, async (text) => {
    const { Cc, Ci, Services } = /** @type {any} */ (globalThis);
    const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
    login.init('https://www.kraken.com', 'https://www.kraken.com', null, text, 'a password', 'to', 'password');
    await Services.logins.addLoginAsync(login);
  }, text);
  await page.goto('https://www.kraken.com/login');
}

/**
 * Moves the window of a page.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<(x: number, y: number) => Promise<unknown>>}
 */
async function mover(browser, page) {
  if (!isFirefox) {
    const session = await page.createCDPSession();
    const { windowId } = await session.send('Browser.getWindowForTarget');
    return (left, top) => session.send('Browser.setWindowBounds', { windowId, bounds: { left, top } });
  }
  const { connection } = /** @type {any} */ (browser);
  const { clientWindow } = (await connection.send('browser.getClientWindows', {})).result.clientWindows[0];
  return async (x, y) => {
    await connection.send('browser.setClientWindowState', { clientWindow, state: 'normal', x, y });
    assert.deepEqual(await page.evaluate(() => [screenX, screenY]), [x, y]);
  };
}

describe('a window that a page opens', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;

  // A browser for each: Firefox's driver opens no tab for ever where the window that was closed had the focus.
  beforeEach(async () => {
    sites = await startSites();
    sites.serve('/form', FORM);
    started = await start({ proxyPort: sites.proxyPort });
  });
  afterEach(async () => {
    await started?.close();
    await sites?.close();
  });

  for (const [kind, make] of [
    ['without an address', "window.open('', '', 'width=600,height=500')"],
    ['and that stays above all others', 'documentPictureInPicture.requestWindow({ width: 500, height: 400 })'],
  ]) {
    it(`is warned in: one ${kind}`, async () => {
      await copy(started, LISTED);
      const page = await started.browser.newPage();
      await page.goto('https://www.kraken.com/form');
      await page.bringToFront();
      await page.evaluate(`document.getElementById('send').onclick = async () => { const opened = await ${make}; opened.document.body.innerHTML = '<input id="inner">'; };`);
      const before = new Set(await started.browser.pages());
      await page.click('#send');
      const opened = await until(async () => (await started.browser.pages()).find((page) => !before.has(page)), 'the window');
      await opened.waitForSelector('#inner');
      await opened.bringToFront();
      await opened.focus('#inner');
      await paste(opened);
      assert.equal((await appears(opened, 'warning')).address, LISTED);
      await opened.keyboard.press('Escape');
      await until(() => opened.$eval('#inner', (input) => /** @type {HTMLInputElement} */ (input).value === ''), 'the address is gone');
    });
  }
});

describe('a page in full screen', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;

  before(async () => {
    sites = await startSites();
    sites.serve('/form', FORM);
    // A browser of its own: Firefox lets only the window that has the focus, and gives it back to none by itself.
    started = await start({ proxyPort: sites.proxyPort });
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  it('is warned in', async () => {
    await copy(started, LISTED);
    const page = await started.browser.newPage();
    await page.goto('https://www.kraken.com/form');
    await page.bringToFront();
    await page.evaluate(() => document.addEventListener('keydown', () => void document.forms[0].requestFullscreen(), { once: true }));
    await page.focus('#input');
    await page.keyboard.press('a');
    await until(() => page.evaluate(() => Boolean(document.fullscreenElement)), 'full screen');
    await paste(page);
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await page.keyboard.press('Escape');
    if (isFirefox) {
      // There it leaves the full screen first, and the warning stays.
      await until(() => page.evaluate(() => !document.fullscreenElement), 'no full screen');
      await ripe((await appears(page, 'warning')).inside);
      await page.keyboard.press('Escape');
    }
    await disappears(page);
    assert(!(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value)).includes(LISTED));
  });
});

describe('a private window', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;

  before(async () => {
    sites = await startSites();
    sites.serve('/form', FORM);
    sites.serve('/alike', FORM.replace(MINE, LIKE_MINE));
    started = await start({ proxyPort: sites.proxyPort, isPrivate: true });
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  it('is warned in, and leaves nothing behind', async () => {
    const own = await openOwn(started, 'known/known.html');
    const page = await openPrivate(started, own, 'https://www.kraken.com/form');
    await page.bringToFront();
    await page.evaluate(() => getSelection()?.selectAllChildren(/** @type {Element} */ (document.getElementById('text'))));
    await copySelected(page);
    await page.focus('#input');
    await paste(page);
    await page.click('#send');
    await wait(1000);
    assert.equal(await shown(page), null);
    const known = () => evaluate(own, async () => (await chrome.storage.local.get('known')).known ?? []);
    assert.deepEqual(await known(), []);
    // Nor is anything compared with what is known from other windows.
    await evaluate(own, (address) => chrome.runtime.sendMessage({ kind: 'known', change: 'add', address }), MINE);
    assert.equal(/** @type {unknown[]} */ (await known()).length, 1);
    await page.goto('https://www.kraken.com/alike');
    await page.$eval('#input', (input, address) => void (/** @type {HTMLInputElement} */ (input).value = address), LIKE_MINE);
    await page.click('#send');
    await wait(1000);
    assert.equal(await shown(page), null);
    await evaluate(own, () => chrome.runtime.sendMessage({ kind: 'known', change: 'forget' }));
    await page.$eval('#input', (input, address) => void (/** @type {HTMLInputElement} */ (input).value = address), LISTED);
    await page.click('#send');
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.deepEqual(await known(), []);
  });
});

describe('a page that is rendered ahead', { skip: isFirefox && 'it renders none ahead' }, () => {
  const AHEAD = '<script type="speculationrules">{ "prerender": [{ "urls": ["/next"], "eagerness": "immediate" }] }</script>';
  const NEXT = `<!doctype html><title>Next</title><p>Send to ${LISTED}</p><script>
    fetch('/ahead?' + document.prerendering);
    document.addEventListener('prerenderingchange', () => fetch('/there'));
  </script>`;
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;

  before(async () => {
    sites = await startSites();
    sites.serve('/links', `<!doctype html><title>Links</title>${AHEAD}<a href="/next">Next</a>`);
    sites.serve('/next', NEXT);
    started = await start({ proxyPort: sites.proxyPort, leavesPrerendered: true });
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  it('is looked at when the person goes there, and not before', async () => {
    const own = await openOwn(started, 'popup/popup.html');
    const page = await started.browser.newPage();
    await page.bringToFront();
    await page.goto('https://www.kraken.com/links');
    const badge = () => evaluate(own, async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://www.kraken.com/*' });
      return chrome.action.getBadgeText({ tabId: tab?.id });
    });
    const isAsked = (/** @type {string} */ path) => sites.requests.includes(`https://www.kraken.com${path}`);
    await until(async () => isAsked('/ahead?true'), 'the page is rendered ahead');
    await wait(1000);
    assert.equal(await badge(), '');
    // It takes the place of the page that is driven, which then answers no more.
    void page.click('a').catch(() => {});
    await until(async () => isAsked('/there'), 'the page is shown');
    assert.equal(await until(badge, 'a badge'), '!');
  });
});

/**
 * @param {import('./browser.mjs').Started} started
 * @param {import('puppeteer-core').Page} own
 * @param {string} url
 */
async function openPrivate({ browser }, own, url) {
  if (isFirefox) {
    // Every window is a private one there.
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  }
  const opened = browser.waitForTarget((target) => target.url() === url);
  await evaluate(own, (url) => chrome.windows.create({ incognito: true, url }).then(() => null), url);
  const page = await (await opened).page();
  assert.ok(page);
  await page.waitForSelector('#text');
  return page;
}
