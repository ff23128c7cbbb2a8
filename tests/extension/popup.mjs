// @ts-check
// The popup as the browser opens it over a page: what it says and offers, and pressing its buttons, as a person does.

import { evaluate, inFirefox, isFirefox, until } from './browser.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

/** Has Firefox grant what is asked for: its question is in no test's reach. */
export const GRANTING = { 'extensions.webextOptionalPermissionPrompts': false };

/**
 * Opens the popup over the page in front.
 * @param {import('./browser.mjs').Started} started
 * @param {Page} page in front
 * @param {Page} own a page of the extension, from which the popup is looked into
 */
export async function openPopup({ browser }, page, own) {
  await (isFirefox ? openInFirefox(browser) : page.triggerExtensionAction([...(await browser.extensions()).values()][0]));
  return {
    /** Waits until it says something of the page. @param {RegExp} words */
    async says(words) {
      let text = '';
      await until(async () => {
        text = await evaluate(own, () => chrome.extension.getViews({ type: 'popup' })[0]?.document.getElementById('site')?.textContent ?? '');
        return words.test(text);
      }, `${words} in the popup`).catch((error) => {
        throw new Error(`${error}; it says: ${text}`);
      });
    },
    /** The buttons that it shows for the page. */
    offered: () => evaluate(own, () => {
      const [popup] = chrome.extension.getViews({ type: 'popup' });
      return [...popup.document.querySelectorAll('#site ~ button')].filter((button) => button.checkVisibility()).map(({ id }) => id);
    }),
    /** What the keyboard is at. */
    focused: () => evaluate(own, () => chrome.extension.getViews({ type: 'popup' })[0]?.document.activeElement?.id),
    /** @param {string} id of a button */
    async press(id) {
      if (isFirefox) return pressInFirefox(browser, own, id);
      const target = await browser.waitForTarget((target) => target.url().endsWith('popup/popup.html'));
      await (await target.asPage()).click(`#${id}`);
    },
    async close() {
      if (isFirefox) await inFirefox(browser, () => /** @type {any} */ (document.getElementById('customizationui-widget-panel'))?.hidePopup());
      else await evaluate(own, () => chrome.extension.getViews({ type: 'popup' })[0]?.close());
      await until(() => evaluate(own, () => !chrome.extension.getViews({ type: 'popup' }).length), 'the popup is closed');
    },
  };
}

/** @param {import('puppeteer-core').Browser} browser */
function openInFirefox(browser) {
  return inFirefox(browser, () => {
    const { ChromeUtils, WebExtensionPolicy, window } = /** @type {any} */ (globalThis);
    const { Management } = ChromeUtils.importESModule('resource://gre/modules/Extension.sys.mjs');
    const { extension } = WebExtensionPolicy.getActiveExtensions().find((/** @type {any} */ policy) => policy.name === 'Taintwatch');
    Management.global.browserActionFor(extension).triggerAction(window);
  });
}

/**
 * By the keyboard: no driver's mouse reaches the popup.
 * @param {import('puppeteer-core').Browser} browser
 * @param {Page} own
 * @param {string} id
 */
async function pressInFirefox(browser, own, id) {
  await inFirefox(browser, () => /** @type {HTMLElement} */ (document.querySelector('.webextension-popup-browser')).focus());
  await evaluate(own, (id) => chrome.extension.getViews({ type: 'popup' })[0].document.getElementById(id)?.focus(), id);
  await inFirefox(browser, () => {
    const { Cc, Ci, setTimeout, window } = /** @type {any} */ (globalThis);
    const keys = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
    keys.beginInputTransactionForTests(window);
    const space = new KeyboardEvent('', { key: ' ', code: 'Space', keyCode: 32 });
    // Later: Firefox waits for what a key does, which waits for this.
    setTimeout(() => {
      keys.keydown(space);
      keys.keyup(space);
    });
  });
}
