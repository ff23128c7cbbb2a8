// @ts-check
// Which pages are watched beside those of the list: what was open before the extension was, and the sites that the
// person chose; and that a page is called watched only where it is.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { EXTENSION, copy, evaluate, isFirefox, openOwn, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { GRANTING, openPopup } from './popup.mjs';
import { startSites } from './sites.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

/** Whether the sensor is in a page. @param {string} url */
async function answers(url) {
  const [tab] = await chrome.tabs.query({ url });
  return tab?.id !== undefined && chrome.tabs.sendMessage(tab.id, { kind: 'showing' }).then(Boolean, () => false);
}

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const FORM = '<!doctype html><title>Withdraw</title><input id="input"><button id="button" onclick="document.title += \'!\'">OK</button>';
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
      prefs: GRANTING,
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
  /** The same folder once more is an update. */
  async function update() {
    const { connection } = /** @type {any} */ (started.browser);
    if (isFirefox) await connection.send('webExtension.install', { extensionData: { type: 'path', path: EXTENSION } });
    else await started.browser.installExtension(EXTENSION);
    own = await openOwn(started, 'known/known.html');
  }
  const badge = () => evaluate(own, async (url) => {
    const [tab] = await chrome.tabs.query({ url });
    return chrome.action.getBadgeText({ tabId: tab.id });
  }, LISTED_SITE);

  /** The popup over the page. @param {RegExp} words that it says */
  async function popupSays(words) {
    await page.bringToFront();
    const popup = await openPopup(started, page, own);
    await popup.says(words);
    return popup;
  }

  it('are those as well that were open before the extension was', async () => {
    await isWarned();
  });

  it('are those as well that were open before an update', { skip: !isFirefox && 'it leaves them the old version' }, async () => {
    await update();
    await until(() => evaluate(own, answers, LISTED_SITE), 'the new version is there');
    await isWarned();
  });

  it('are not those that were open before an update, until they are loaded anew: the badge and the popup say so', { skip: isFirefox && 'it puts the new version into them' }, async () => {
    // So long it takes to keep what there is to say then.
    await wait(7000);
    await update();
    await until(async () => (await badge()) === '?', 'the badge');
    await pasteListed();
    assert.match((await appears(page, 'note')).text, /Taintwatch was updated\. Reload this page/);
    const popup = await popupSays(/^This page \(www\.kraken\.com\) is not watched yet/);
    assert.deepEqual(await popup.offered(), ['reload']);
    const loaded = page.waitForNavigation();
    await popup.press('reload');
    await loaded;
    await isWarned();
    const again = await popupSays(/^This page \(www\.kraken\.com\) is watched\.$/);
    assert.deepEqual(await again.offered(), []);
    await again.close();
  });

  it('go on where a warning was open as the extension was updated, also in a frame', async () => {
    sites.serve('/framing', `<!doctype html><title>Framing</title><iframe src="${LISTED_SITE}"></iframe>`);
    await page.goto(`${LISTED_SITE}framing`);
    const frame = await until(async () => page.frames().find((frame) => frame.url() === LISTED_SITE), 'the frame');
    for (const where of [frame, page.mainFrame()]) {
      if (where === page.mainFrame()) await page.goto(LISTED_SITE);
      await where.waitForSelector('#input');
      await copy(started, LISTED);
      await page.bringToFront();
      await where.click('#input');
      await paste(page);
      const { inside } = await appears(page, 'warning');
      await update();
      await page.bringToFront();
      // Chromium lets the version of before go on. In Firefox the new one has the person warned as they go on.
      if (isFirefox) {
        await disappears(page);
        await where.click('#button');
        const { inside } = await appears(page, 'warning');
        await ripe(inside);
        await press(page, inside, 'Remove the address');
      } else await press(page, inside, 'Remove the address');
      await disappears(page);
      await until(async () => {
        await where.click('#button');
        return (await where.title()).includes('!');
      }, 'the button of the page');
    }
    await page.goto(LISTED_SITE);
  });

  it('are those that the person chooses, until they choose otherwise', async () => {
    await page.goto(OTHER_SITE);
    await isNotWarned();
    if (!isFirefox) await allowInChromium();
    await choose();
    // As it is, without being loaded anew.
    await isWarned();
    const popup = await popupSays(/^This page \(app\.example\.org\) is watched\.$/);
    assert.deepEqual(await popup.offered(), ['leave']);
    await popup.press('leave');
    await popup.says(/^This page \(app\.example\.org\) is still watched until you reload it\.$/);
    assert.deepEqual(await popup.offered(), ['reload', 'protect']);
    const loaded = page.waitForNavigation();
    await popup.press('reload');
    await loaded;
    assert.deepEqual(await evaluate(own, () => chrome.scripting.getRegisteredContentScripts()), []);
    await isNotWarned();
  });

  it('are those that the person chose before an update', async () => {
    await choose();
    await update();
    await until(() => evaluate(own, async () => (await chrome.scripting.getRegisteredContentScripts()).length > 0), 'it is watched again');
    await page.goto(OTHER_SITE);
    await isWarned();
  });

  async function choose() {
    const popup = await popupSays(/^This page \(app\.example\.org\) is not watched: it is not on Taintwatch’s list/);
    assert.deepEqual(await popup.offered(), ['protect']);
    await popup.press('protect');
    await popup.says(/^This page \(app\.example\.org\) is watched\.$/);
    await until(async () => (await popup.focused()) === 'leave', 'the keyboard is at the other button');
    await popup.close();
  }

  /** Has Chromium ask no more: its question is in no test's reach. */
  async function allowInChromium() {
    const list = await started.browser.newPage();
    await list.goto('chrome://extensions');
    await list.evaluate((id, pattern) => /** @type {any} */ (chrome).developerPrivate.addHostPermission(id, pattern), new URL(started.url('')).hostname, `${OTHER_SITE}*`);
    await list.close();
  }
});
