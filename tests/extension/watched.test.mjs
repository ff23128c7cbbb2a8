// @ts-check
// Which pages are watched beside those of the list: what was open before the extension was, and the sites that the
// person chose; and that a page is called watched only where it is.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { EXTENSION, copy, evaluate, inFirefox, isFirefox, openOwn, paste, start, until } from './browser.mjs';
import { appears, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

/** Whether the sensor is in a page. @param {string} url */
async function answers(url) {
  const [tab] = await chrome.tabs.query({ url });
  return tab?.id !== undefined && chrome.tabs.sendMessage(tab.id, { kind: 'showing' }).then(Boolean, () => false);
}

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const FORM = '<!doctype html><title>Withdraw</title><input id="input">';
const LISTED_SITE = 'https://www.kraken.com/';
const OTHER_SITE = 'https://app.example.org/';

describe('the pages that are watched', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {Page} */
  let page;
  /** @type {Page} */
  let own;

  before(async () => {
    sites = await startSites();
    sites.serve('/', FORM);
    started = await start({
      proxyPort: sites.proxyPort,
      before: async (browser) => {
        page = await browser.newPage();
        await page.goto(LISTED_SITE);
      },
    });
    own = await openOwn(started, 'known/known.html');
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  async function pasteListed() {
    await copy(started, LISTED);
    await page.bringToFront();
    await page.focus('#input');
    await paste(page);
  }
  async function isWarned() {
    await pasteListed();
    await appears(page, 'warning');
    await page.goto(page.url());
  }
  async function isNotWarned() {
    await pasteListed();
    await wait(1000);
    assert.equal(await shown(page), null);
    await page.goto(page.url());
  }
  const badge = () => evaluate(own, async (url) => {
    const [tab] = await chrome.tabs.query({ url });
    return chrome.action.getBadgeText({ tabId: tab.id });
  }, LISTED_SITE);

  /** What the popup says of the page in front. @param {RegExp} words */
  async function popupSays(words) {
    await page.bringToFront();
    const { browser } = started;
    const [extension] = (await browser.extensions()).values();
    await page.triggerExtensionAction(extension);
    const popup = await (await browser.waitForTarget((target) => target.url().endsWith('popup/popup.html'))).asPage();
    await says(popup, words);
    return popup;
  }
  /** @param {Page} popup @param {RegExp} words */
  async function says(popup, words) {
    let text = '';
    await until(async () => {
      text = await popup.$eval('#site', (line) => line.textContent ?? '');
      return words.test(text);
    }, `${words} in the popup`).catch((error) => assert.fail(`${error}; it says: ${text}`));
  }
  /** @param {Page} popup */
  const offered = (popup) => popup.$$eval('#site ~ button', (buttons) => buttons.filter((button) => button.checkVisibility()).map((button) => button.id));
  /** @param {Page} popup */
  async function closed(popup) {
    await popup.evaluate(() => close()).catch(() => {});
    await until(async () => !started.browser.targets().some((target) => target.url().endsWith('popup/popup.html')), 'the popup is closed');
  }

  it('are those as well that were open before the extension was', async () => {
    await isWarned();
  });

  it('are those as well that were open before an update', { skip: !isFirefox && 'it leaves them the old version' }, async () => {
    await /** @type {any} */ (started.browser).connection.send('webExtension.install', { extensionData: { type: 'path', path: EXTENSION } });
    own = await openOwn(started, 'known/known.html');
    await until(() => evaluate(own, answers, LISTED_SITE), 'the new version is there');
    await isWarned();
  });

  it('are not those that were open before an update, until they are loaded anew: the badge and the popup say so', { skip: isFirefox && 'it puts the new version into them' }, async () => {
    // So long it takes to keep what there is to say then.
    await wait(7000);
    // The same folder once more is an update.
    await started.browser.installExtension(EXTENSION);
    own = await openOwn(started, 'known/known.html');
    await until(async () => (await badge()) === '?', 'the badge');
    await pasteListed();
    assert.match((await appears(page, 'note')).text, /Taintwatch was updated\. Reload this page/);
    const popup = await popupSays(/^This page \(www\.kraken\.com\) is not watched yet/);
    assert.deepEqual(await offered(popup), ['reload']);
    const loaded = page.waitForNavigation();
    await popup.click('#reload');
    await loaded;
    await isWarned();
    const again = await popupSays(/^This page \(www\.kraken\.com\) is watched\.$/);
    assert.deepEqual(await offered(again), []);
    await closed(again);
  });

  it('are those that the person chooses, from then on and after an update, until they choose otherwise', async () => {
    await page.goto(OTHER_SITE);
    await isNotWarned();
    if (isFirefox) {
      await allowInFirefox(true);
      await until(() => evaluate(own, answers, OTHER_SITE), 'it is watched');
      // As it is, without being loaded anew.
      await isWarned();
    } else {
      await allowInChromium();
      const popup = await popupSays(/^This page \(app\.example\.org\) is not watched: it is not on Taintwatch’s list/);
      assert.deepEqual(await offered(popup), ['protect']);
      await popup.click('#protect');
      await says(popup, /^This page \(app\.example\.org\) is watched\.$/);
      await until(() => popup.evaluate(() => document.activeElement?.id === 'leave'), 'the keyboard is at the other button');
      await closed(popup);
      // As it is, without being loaded anew.
      await isWarned();
      await started.browser.installExtension(EXTENSION);
      await until(async () => (await evaluate(own = await openOwn(started, 'known/known.html'), () => chrome.scripting.getRegisteredContentScripts())).length > 0, 'it is watched again');
    }
    await page.goto(OTHER_SITE);
    await isWarned();
    if (isFirefox) await allowInFirefox(false);
    else {
      const popup = await popupSays(/^This page \(app\.example\.org\) is watched\.$/);
      assert.deepEqual(await offered(popup), ['leave']);
      await popup.click('#leave');
      await says(popup, /is not watched/);
      await closed(popup);
    }
    await until(() => evaluate(own, async () => !(await chrome.scripting.getRegisteredContentScripts()).length), 'it is watched no more');
    await page.goto(OTHER_SITE);
    await isNotWarned();
  });

  /** Has Chromium ask no more: its question is in no test's reach. */
  async function allowInChromium() {
    const list = await started.browser.newPage();
    await list.goto('chrome://extensions');
    await list.evaluate((id, pattern) => /** @type {any} */ (chrome).developerPrivate.addHostPermission(id, pattern), new URL(started.url('')).hostname, `${OTHER_SITE}*`);
    await list.close();
  }

  /** As its list of extensions does. @param {boolean} isAllowed */
  async function allowInFirefox(isAllowed) {
    await inFirefox(started.browser, async (pattern, isAllowed) => {
      const { ChromeUtils, WebExtensionPolicy } = /** @type {any} */ (globalThis);
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const { id, extension } = WebExtensionPolicy.getActiveExtensions().find((/** @type {any} */ policy) => policy.name === 'Taintwatch');
      await ExtensionPermissions[isAllowed ? 'add' : 'remove'](id, { origins: [pattern], permissions: [] }, extension);
    }, `${OTHER_SITE}*`, isAllowed);
  }
});
