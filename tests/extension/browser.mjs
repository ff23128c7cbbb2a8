// @ts-check
// A real browser with the built extension in it, unmodified, driven as a person would.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

/** @typedef {import('puppeteer-core').Page} Page */

/** Which browser this run is about: `chromium` or `firefox`. */
export const BROWSER = needed('TAINTWATCH_BROWSER');
/** The built folder. */
export const EXTENSION = needed('TAINTWATCH_EXTENSION');
export const isFirefox = BROWSER === 'firefox';

/** Under which the extension's own pages are found in Firefox, where each installation has another. */
const FIREFOX_ID = 'taintwatch@taintwatch.example';
const FIREFOX_UUID = '5b6a2d3e-6c1f-4f6e-9d0b-7a1c2e3f4a5b';

/**
 * @param {string} name
 * @returns {string}
 */
function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by \`cargo xtask test extension\``);
  return value;
}

/**
 * @typedef {object} Options
 * @property {string} [extension] another folder than the built one
 * @property {number} [proxyPort] takes all connections of the browser
 * @property {boolean} [headless]
 * @property {Record<string, unknown>} [prefs] more preferences for Firefox
 * @property {boolean} [leavesPrerendered] pages that are rendered ahead are not driven, else Chromium shows none
 * @property {(browser: import('puppeteer-core').Browser) => Promise<unknown>} [before] what is done before the extension is there
 * @property {boolean} [isPrivate] the extension may work in private windows; in Firefox there are no others then
 */

/**
 * Starts the browser and installs the extension.
 * @param {Options} [options]
 */
export async function start(options = {}) {
  const { extension = EXTENSION, proxyPort, headless = true, prefs = {}, isPrivate = false, leavesPrerendered = false, before } = options;
  const profile = await mkdtemp(join(tmpdir(), 'taintwatch-'));
  const browser = await (isFirefox
    ? launchFirefox(profile, headless, proxyPort, { ...prefs, 'browser.privatebrowsing.autostart': isPrivate })
    : launchChromium(profile, headless, proxyPort, leavesPrerendered));
  await before?.(browser);
  const pages = () => browser.targets().filter((target) => target.type() === 'page').length;
  const open = pages();
  const id = isFirefox ? await installInFirefox(browser, extension, isPrivate) : await browser.installExtension(extension);
  if (isPrivate && !isFirefox) await allowPrivate(browser, id);
  // The practice page, which opens by itself, takes the focus from whatever is open by then.
  if (!isPrivate) await until(async () => pages() > open, 'the practice page');
  const root = isFirefox ? `moz-extension://${FIREFOX_UUID}` : `chrome-extension://${id}`;
  return {
    browser,
    /** @param {string} path a page of the extension */
    url: (path) => `${root}/${path}`,
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof start>>} Started */

/**
 * Opens a page of the extension itself.
 * @param {Started} started
 * @param {string} path
 * @returns {Promise<Page>}
 */
export async function openOwn({ browser, url }, path) {
  const page = await browser.newPage();
  if (!isFirefox) {
    await page.goto(url(path));
    return page;
  }
  // The tab changes its process on the way, of which Firefox tells its drivers nothing.
  const { connection } = /** @type {any} */ (browser);
  const context = /** @type {any} */ (page.mainFrame())._id;
  await connection.send('browsingContext.navigate', { context, url: url(path), wait: 'none' });
  await until(
    () => evaluate(page, () => location.protocol === 'moz-extension:' && document.readyState === 'complete').catch(() => false),
    `the extension's ${path}`,
  );
  return page;
}

/**
 * Runs a function in a page, also in the extension's own ones, and returns what it does.
 * @template T
 * @template {any[]} A
 * @param {Page | import('puppeteer-core').Frame} where
 * @param {(...args: A) => T} look
 * @param {A} args
 * @returns {Promise<Awaited<T>>}
 */
export async function evaluate(where, look, ...args) {
  if (!isFirefox) return /** @type {any} */ (where).evaluate(look, ...args);
  const frame = 'mainFrame' in where ? where.mainFrame() : where;
  return callInFirefox(frame.page().browser(), /** @type {any} */ (frame)._id, look, args);
}

/**
 * The same in Firefox's own window, as only its drivers may.
 * @template T
 * @template {any[]} A
 * @param {import('puppeteer-core').Browser} browser
 * @param {(...args: A) => T} act
 * @param {A} args
 * @returns {Promise<Awaited<T>>}
 */
export async function inFirefox(browser, act, ...args) {
  const tree = await /** @type {any} */ (browser).connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  return callInFirefox(browser, tree.result.contexts[0].context, act, args);
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} context
 * @param {(...args: any[]) => unknown} look
 * @param {any[]} args
 */
async function callInFirefox(browser, context, look, args) {
  const { result } = await /** @type {any} */ (browser).connection.send('script.callFunction', {
    functionDeclaration: `async () => JSON.stringify([await (${look})(...${JSON.stringify(args)})])`,
    arguments: [],
    awaitPromise: true,
    target: { context },
  });
  if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
  return JSON.parse(result.result.value)[0];
}

/**
 * Chooses a file in a page of the extension, as a person does.
 * @param {Page} page
 * @param {string} selector a field for files
 * @param {string} path
 */
export async function choose(page, selector, path) {
  if (!isFirefox) {
    const field = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await page.$(selector));
    return field.uploadFile(path);
  }
  const { connection } = /** @type {any} */ (page.browser());
  const context = /** @type {any} */ (page.mainFrame())._id;
  const { result } = await connection.send('script.callFunction', {
    functionDeclaration: `() => document.querySelector(${JSON.stringify(selector)})`,
    awaitPromise: false,
    target: { context },
  });
  await connection.send('input.setFiles', { context, element: { sharedId: result.result.sharedId }, files: [path] });
}

/**
 * @param {string} profile
 * @param {boolean} headless
 * @param {number | undefined} proxyPort
 * @param {boolean} leavesPrerendered
 */
function launchChromium(profile, headless, proxyPort, leavesPrerendered) {
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--window-size=1100,900',
  ];
  if (proxyPort) args.push(`--proxy-server=http://127.0.0.1:${proxyPort}`);
  // Only pages that are driven accept the tests' certificate by `acceptInsecureCerts`.
  if (leavesPrerendered) args.push('--ignore-certificate-errors');
  return puppeteer.launch({
    executablePath: needed('TAINTWATCH_BROWSER_PATH'),
    userDataDir: profile,
    headless,
    enableExtensions: true,
    pipe: true,
    acceptInsecureCerts: true,
    defaultViewport: headless ? { width: 1080, height: 820 } : null,
    targetFilter: (target) => !leavesPrerendered || /** @type {any} */ (target)._getTargetInfo?.().subtype !== 'prerender',
    args,
  });
}

/**
 * @param {string} profile
 * @param {boolean} headless
 * @param {number | undefined} proxyPort
 * @param {Record<string, unknown>} prefs
 */
function launchFirefox(profile, headless, proxyPort, prefs) {
  const proxy = {
    'network.proxy.type': 1,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.no_proxies_on': '',
  };
  return puppeteer.launch({
    browser: 'firefox',
    // Without it the extension's own pages cannot be opened.
    args: ['--remote-allow-system-access'],
    executablePath: needed('TAINTWATCH_BROWSER_PATH'),
    userDataDir: profile,
    headless,
    acceptInsecureCerts: true,
    defaultViewport: headless ? { width: 1080, height: 820 } : null,
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [FIREFOX_ID]: FIREFOX_UUID }),
      ...QUIET_FIREFOX,
      ...LIKE_A_PERSONS,
      ...(proxyPort ? proxy : {}),
      ...prefs,
    },
  });
}

/**
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} path
 * @param {boolean} isPrivate
 */
async function installInFirefox(browser, path, isPrivate) {
  const { connection } = /** @type {any} */ (browser);
  const given = { extensionData: { type: 'path', path }, 'moz:allowPrivateBrowsing': isPrivate };
  return (await connection.send('webExtension.install', given)).result.extension;
}

/**
 * Switches on what a person would in Chromium's list of extensions.
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} extensionId
 */
async function allowPrivate(browser, extensionId) {
  const list = await browser.newPage();
  await list.goto('chrome://extensions');
  await list.evaluate(async (extensionId) => {
    const { developerPrivate } = /** @type {any} */ (chrome);
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
  }, extensionId);
  // It is loaded anew by that.
  await until(() => list.evaluate(async (extensionId) => {
    const info = await /** @type {any} */ (chrome).developerPrivate.getExtensionInfo(extensionId);
    return info.state === 'ENABLED' && info.views.length > 0;
  }, extensionId).catch(() => false), 'the extension is there again');
  await list.close();
}

/** What Firefox's drivers switch off, or what needs a display. */
const LIKE_A_PERSONS = {
  'signon.autofillForms': true,
  'signon.rememberSignons': true,
  'full-screen-api.ignore-widgets': true,
};

/** Firefox's own errands, which would drown what the extension sends. */
const QUIET_FIREFOX = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.contentblocking.report.endpoint_url': '',
  'browser.region.network.url': '',
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.topsites.contile.enabled': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.newtabpage.activity-stream.feeds.section.topstories': false,
  'captivedetect.canonicalURL': '',
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'media.gmp-manager.url': '',
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
};

/**
 * Puts a text on the clipboard as a person does: typed into a page that the extension does not watch, and copied.
 * @param {Started} started
 * @param {string} text
 */
export async function copy({ browser }, text) {
  const page = await browser.newPage();
  await page.goto('data:text/html,<textarea autofocus></textarea>');
  await page.bringToFront();
  await page.$eval('textarea', (area, value) => {
    area.value = value;
    area.focus();
    area.select();
  }, text);
  await copySelected(page);
  await page.close();
}

/**
 * Copies what is selected.
 * @param {Page} page
 */
export async function copySelected(page) {
  await shortcut(page, 'KeyC', 'Copy');
}

/**
 * Pastes what is on the clipboard into what has the focus.
 * @param {Page} page
 */
export async function paste(page) {
  await page.bringToFront();
  await shortcut(page, 'KeyV', 'Paste');
}

/**
 * @param {Page} page
 * @param {import('puppeteer-core').KeyInput} key
 * @param {string} command Chromium's name for what the key does
 */
async function shortcut(page, key, command) {
  const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';
  await page.keyboard.down(modifier);
  await page.keyboard.press(key, isFirefox ? {} : { commands: [command] });
  await page.keyboard.up(modifier);
}

/**
 * Waits until `look` gives something.
 * @template T
 * @param {() => Promise<T | null | undefined | false>} look
 * @param {string} what
 * @param {number} [milliseconds]
 * @returns {Promise<T>}
 */
export async function until(look, what, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
