// @ts-check
// The background as a test sees it: when it was started, and how it is stopped.

import { evaluate, isFirefox, openOwn, until } from './browser.mjs';

/** Preferences with which Firefox stops an idle background soon. */
export const IMPATIENT = { 'extensions.background.idle.timeout': 500 };

/**
 * When the background that answers now was started.
 * @param {import('./browser.mjs').Started} started
 * @returns {Promise<number>}
 */
export async function startedAt(started) {
  const page = await openOwn(started, 'popup/popup.html');
  const status = await evaluate(page, () => chrome.runtime.sendMessage({ kind: 'status' }));
  await page.close();
  return status.startedAt;
}

/** @param {import('./browser.mjs').Started} started */
export async function stopBackground({ browser }) {
  if (isFirefox) {
    // Its idle time is set to half a second.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return;
  }
  const isWorker = (/** @type {import('puppeteer-core').Target} */ target) => target.type() === 'service_worker';
  await browser.waitForTarget(isWorker);
  await until(async () => {
    // One that was installed a moment ago goes on the first time.
    await (await browser.targets().find(isWorker)?.worker())?.close().catch(() => {});
    return !browser.targets().some(isWorker);
  }, 'the worker is stopped');
}
