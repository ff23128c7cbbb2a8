// @ts-check
// Pages that want to hide, fake, provoke or click away the warning. Which attack is what: docs/hostile-pages.md.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { copy, evaluate, isFirefox, openOwn, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { isBlank, seen } from './picture.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const FORM = `<!doctype html><title>Withdraw</title>
  <form id="form"><input id="input"><button id="send">Send</button></form>
  <dialog id="dialog"><input id="inner"><button id="ok">OK</button></dialog><div id="box">box</div><iframe id="frame" srcdoc=""></iframe>`;

/** The warning's host, as a page can find it: the last element beside head and body. Every attack begins with this. */
const HOST = "const host = document.documentElement.lastElementChild; const html = document.documentElement; const body = document.body;";

/** Shows an old picture of the page for days. */
const FREEZE = `if (document.startViewTransition) { const sheet = document.createElement('style');
  sheet.textContent = '::view-transition-group(root), ::view-transition-old(root) { animation-duration: 1e6s } ::view-transition-new(root) { display: none } ::view-transition { background: white }';
  document.head.append(sheet); document.body.append('x'); document.startViewTransition(() => {}); }`;

/** What a page does to a warning that is open, and that then must be seen. @type {[name: string, script: string][]} */
const STILL_SEEN = [
  ['removes the host', 'host.remove()'],
  ['moves the host into the body', 'body.append(host)'],
  ['moves the host into what is not shown', "const box = document.getElementById('box'); box.style.display = 'none'; box.append(host)"],
  ['moves the host into a frame', "document.getElementById('frame').contentDocument.body.append(host)"],
  ['replaces the host by a copy', 'host.replaceWith(host.cloneNode(true))'],
  ...['opacity: 0', 'filter: opacity(0)', 'clip-path: inset(50%)', 'transform: translate(-9999px)', 'zoom: 0.01', 'display: none',
    'pointer-events: none', 'visibility: hidden', 'mask-image: linear-gradient(transparent, transparent)', 'content-visibility: hidden',
    'position: fixed; inset: -9999px auto auto -9999px', 'mix-blend-mode: destination-out', 'scale: 0', 'will-change: opacity; opacity: 0.01'].flatMap(
    (style) => /** @type {[string, string][]} */ ([
      [`restyles the host: ${style}`, `host.style.cssText = ${JSON.stringify(style.replace(/(;|$)/g, ' !important$1'))}`],
      [`restyles everything by a sheet: ${style}`, `const sheet = document.createElement('style');
        sheet.textContent = ${JSON.stringify(`html > div, html > * { ${style.replace(/(;|$)/g, ' !important$1')} }`)}; document.head.append(sheet)`],
      [`restyles body: ${style}`, `body.style.cssText = ${JSON.stringify(style.replace(/(;|$)/g, ' !important$1'))}`],
    ]),
  ),
  ['makes everything inert', "html.setAttribute('inert', '')"],
  ...['hidden', 'inert', 'popover'].map((name) => /** @type {[string, string]} */ ([`gives the host and all around it: ${name}`, `for (const each of [host, body]) each.setAttribute('${name}', '')`])),
  ['animates the host away', "host.animate([{ opacity: 0, transform: 'scale(0)', display: 'none' }], { duration: 1e9, fill: 'both' })"],
  ['opens a popover over it', `const box = document.getElementById('box'); box.popover = 'manual';
    box.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh; background: white'; box.showPopover()`],
  ['opens a popover over it that no pointer meets', `const box = document.getElementById('box'); box.popover = 'manual';
    box.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh; background: white; pointer-events: none'; box.showPopover()`],
  ['opens a popover over it from inside a shadow root', `const box = document.getElementById('box'); const root = box.attachShadow({ mode: 'closed' });
    root.innerHTML = '<div popover=manual style="position: fixed; inset: 0; width: 100vw; height: 100vh; background: white; pointer-events: none"></div>'; root.firstChild.showPopover()`],
  ['opens a modal dialog over it', `const dialog = document.getElementById('dialog');
    dialog.style.cssText = 'width: 100vw; height: 100vh; max-width: none; max-height: none; background: white'; dialog.showModal()`],
  .../** @type {[string, string][]} */ ([['a list of choices', '<select><option>All is well</select>'], ['a calendar', '<input type="date">'], ['colors', '<input type="color">']]).map(
    ([name, field]) => /** @type {[string, string]} */ ([`opens ${name} over it`, `body.insertAdjacentHTML('beforeend', '${field}'); const choices = body.lastElementChild;
      choices.style.cssText = 'position: fixed; inset: 0; width: 100vw'; choices.showPicker()`]),
  ),
  ['covers the page with an element of the highest z-index', `const box = document.createElement('div');
    box.style.cssText = 'position: fixed; inset: 0; background: white; z-index: 2147483647'; body.append(box)`],
  ['freezes the picture by a view transition', FREEZE],
  ['steals the focus all the time', "setInterval(() => document.getElementById('input').focus(), 5)"],
];

/** What a page does that leaves no place on it: the warning goes to a window of its own. @type {[name: string, script: string][]} */
const ELSEWHERE = [
  ['removes the host again and again', 'setInterval(() => document.querySelectorAll("html > div").forEach((each) => each.remove()), 5)'],
  ['does not show the page at all', "html.style.setProperty('display', 'none', 'important')"],
  ['deletes what the browser’s search finds in it', "window.find('do not '); getSelection().deleteFromDocument()"],
  // In Firefox a page gets hold of what is in it.
  ...(isFirefox ? /** @type {[string, string][]} */ ([
    ['writes into it', "inner.data = 'is known to be safe:'"],
    ['takes its style away', 'root.adoptedStyleSheets = []'],
    ['changes a rule of its style', "root.adoptedStyleSheets[0].insertRule('.card { opacity: 0.01 }')"],
    ['changes a rule of its style and has it put back', "root.adoptedStyleSheets[0].insertRule('.card { opacity: 0.01 }'); host.remove()"],
    ['turns its style off', 'root.adoptedStyleSheets[0].disabled = true'],
    ['styles what is in it', "inner.parentNode.style.opacity = '0.01'"],
    ['animates what is in it', 'inner.parentNode.animate([{ opacity: 0 }, { opacity: 0 }], { duration: 1e9 })'],
    ['shows a part of it in full screen', "root.querySelector('.pasted').requestFullscreen()"],
    ['gives what is in it a shadow root', "root.querySelector('.card').attachShadow({ mode: 'closed' })"],
  ]).map(([name, script]) => /** @type {[string, string]} */ ([name, `window.find('do not '); const inner = getSelection().anchorNode; const root = inner.getRootNode(); ${script}`])) : []),
  ['takes the pointer to itself again and again', `const take = () => body.requestPointerLock();
    document.addEventListener('pointerlockchange', () => { if (!document.pointerLockElement) setTimeout(take, 20); }); take()`],
  ['fights for the top', `const box = document.getElementById('box'); box.popover = 'manual'; box.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh';
    setInterval(() => { if (box.matches(':popover-open')) box.hidePopover(); box.showPopover(); }, 20)`],
];

/** What a page does by itself to have the person warned without end. @type {[name: string, script: string][]} */
const PROVOKING = [
  ['fills its field in again and moves the focus', 'setInterval(() => { if (!input.value) { input.value = listed[0]; input.blur(); input.focus(); } }, 50)'],
  ['fills its field in again as if a person typed', "setInterval(() => { if (!input.value) { input.focus(); document.execCommand('insertText', false, listed[0]); } }, 50)"],
  ['sends its form again and again', 'form.onsubmit = () => false; setInterval(() => { input.value = listed[0]; form.requestSubmit(); }, 50)'],
  ['goes through fields with one listed address each', 'for (const each of listed) { const field = document.createElement("input"); field.value = each; form.append(field); field.focus(); }'],
];

const HTML = 'http://www.w3.org/1999/xhtml';
const INPUT = `<div xmlns="${HTML}"><p>0x098B716B8Aaf21512996<span>dC57EB0615e2383E2f96</span></p><input id="input"/></div>`;

/** Documents that are not HTML; on SVG a person sees nothing but what SVG says. @type {[type: string, isSeen: boolean, body: string][]} */
const OTHERS = [
  ['application/xhtml+xml', true, `<html xmlns="${HTML}"><head><title>XHTML</title></head><body>${INPUT}</body></html>`],
  ['application/xml', true, `<data>${INPUT}</data>`],
  ['image/svg+xml', false, `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject width="600" height="300">${INPUT}</foreignObject></svg>`],
];

describe('a hostile page', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;
  /** A page of the extension's own, to look from. @type {import('puppeteer-core').Page} */
  let own;

  before(async () => {
    sites = await startSites();
    sites.serve('/', FORM);
    started = await start({ proxyPort: sites.proxyPort });
    own = await openOwn(started, 'popup/popup.html');
    await copy(started, LISTED);
    page = await started.browser.newPage();
  });
  beforeEach(() => page.goto('https://www.kraken.com/'));
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** @param {string} [field] */
  async function warned(field = '#input') {
    await page.bringToFront();
    await page.focus(field);
    await paste(page);
    return appears(page, 'warning');
  }
  /** @param {string} script */
  const attack = (script) => page.evaluate(`{ ${HOST} ${script} }`);
  const value = () => page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value);
  /** A window of the extension's own with a warning. @returns {Promise<number>} */
  const ownWindow = () => until(() => evaluate(own, async () => {
    const all = await chrome.windows.getAll({ populate: true });
    return all.find(({ tabs }) => tabs?.some((tab) => tab.url?.includes('warning/window.html')))?.id;
  }), 'the window');

  for (const [name, script] of STILL_SEEN) {
    it(`${name}: the warning is seen all the same`, async () => {
      await warned();
      await attack(script);
      await new Promise((resolve) => setTimeout(resolve, 400));
      await until(async () => {
        const warning = await shown(page);
        return warning?.kind === 'warning' && (await seen(page, warning.inside)) > 0.95;
      }, 'the pixels of the warning', 4000);
      // It still does what it is for.
      await page.keyboard.press('Escape');
      await disappears(page);
      assert.equal(await value(), '');
    });
  }

  it('has frozen the picture before the warning comes: it is seen all the same', async () => {
    await page.evaluate(`addEventListener('paste', () => { ${FREEZE} })`);
    const { inside } = await warned();
    await until(async () => (await seen(page, inside)) > 0.95, 'the pixels of the warning', 4000);
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  for (const [name, script] of PROVOKING) {
    it(`${name}: the person is warned once, and again when they go on`, async () => {
      await page.bringToFront();
      await page.mouse.click(400, 400);
      await page.evaluate(`{ const [form, input] = ['form', 'input'].map((id) => document.getElementById(id));
        const listed = ['${LISTED}', '0x098B716B8Aaf21512996dC57EB0615e2383E2f96', 'TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx'];
        document.getElementById('send').onclick = () => { document.title = 'sent'; return false; };
        ${script} }`);
      await appears(page, 'warning');
      await page.keyboard.press('Escape');
      await disappears(page);
      for (const end = performance.now() + 2500; performance.now() < end; ) assert.notEqual((await shown(page))?.kind, 'warning');
      await page.click('#send');
      await appears(page, 'warning');
      assert.equal(await page.title(), 'Withdraw');
    });
  }

  it('has a frame that fills in its own field again and again: only who presses in it is warned, and once', async () => {
    await page.bringToFront();
    await page.mouse.click(400, 400);
    await page.$eval('#frame', (frame, listed) => {
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.setAttribute('srcdoc', `<input id="input"><script>setInterval(() => { const input = document.getElementById('input');
        if (!input.value) { input.value = '${listed}'; input.blur(); input.focus(); } }, 50)</scr` + 'ipt>');
    }, LISTED);
    const stays = async () => {
      for (const end = performance.now() + 2500; performance.now() < end; ) assert.notEqual((await shown(page))?.kind, 'warning');
    };
    await stays();
    await page.click('#frame');
    await appears(page, 'warning');
    await page.keyboard.press('Escape');
    await disappears(page);
    await stays();
  });

  it('registers properties and loads fonts by the names that the warning has: it looks as ever', async () => {
    const { inside } = await warned();
    await ripe(inside);
    const look = async () => {
      const { x, y, width, height } = await inside.evaluate((root) => {
        const { x, y, width, height } = /** @type {Element} */ (root.querySelector('.card')).getBoundingClientRect();
        return { x, y, width, height };
      });
      return Buffer.from(await page.screenshot({ clip: { x, y, width, height } }));
    };
    const before = await look();
    const names = await inside.evaluate((root) => ({
      properties: [...root.adoptedStyleSheets, ...root.styleSheets].flatMap(({ cssRules }) => [...cssRules].flatMap((rule) => rule.cssText.match(/--[\w-]+/g) ?? [])),
      fonts: [...root.querySelectorAll('*')].flatMap((each) => getComputedStyle(each).fontFamily.split(',')),
    }));
    assert(names.fonts.length > 0);
    const isFaked = await page.evaluate(async ({ properties, fonts }) => {
      for (const name of new Set(properties)) CSS.registerProperty({ name, syntax: '<color>', inherits: false, initialValue: 'transparent' });
      const large = ['DejaVu Sans', 'Liberation Sans', 'Noto Sans', 'Arial', 'Helvetica'].map((name) => `local("${name}")`).join();
      const faces = ['fake', ...new Set(fonts)].flatMap((name) => [name.trim(), `"${name.trim().replaceAll('"', '')}"`]);
      const style = document.createElement('style');
      style.textContent = faces.map((name) => `@font-face { font-family: ${name}; src: ${large}; size-adjust: 300%; }`).join('\n');
      document.head.append(style);
      await document.fonts.load('16px fake');
      const [one, other] = ['fake, monospace', 'monospace'].map((font) => {
        const text = document.body.appendChild(document.createElement('span'));
        text.style.fontFamily = font;
        text.textContent = 'text';
        return text.getBoundingClientRect().width;
      });
      await document.fonts.ready;
      return one > 2 * other;
    }, names);
    assert(isFaked, 'a font that it loads shows');
    assert(before.equals(await look()), 'the same picture');
  });

  for (const [name, script] of ELSEWHERE) {
    it(`${name}: the warning goes to its own window`, async () => {
      await warned();
      await attack(script);
      const window = await ownWindow();
      // Closing it is the safe choice.
      await evaluate(own, (id) => chrome.windows.remove(id), window);
      await until(async () => (await value()) === '', 'the address is gone');
    });
  }

  for (const [type, isSeen, body] of OTHERS) {
    it(`is ${type}: it is marked and warned of`, async () => {
      sites.serve('/other', body, { 'content-type': type });
      await page.goto('https://www.kraken.com/other');
      await page.bringToFront();
      await until(() => page.evaluate(() => /** @type {any} */ (CSS).highlights.size > 0), 'a mark');
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#input')).focus());
      await paste(page);
      if (isSeen) {
        const { inside } = await appears(page, 'warning');
        await until(async () => (await seen(page, inside)) > 0.95, 'the pixels of the warning');
        await page.keyboard.press('Escape');
      } else {
        const window = await ownWindow();
        await evaluate(own, (id) => chrome.windows.remove(id), window);
      }
      await until(async () => (await value()) === '', 'the address is gone');
    });
  }

  it('marks its text in a way that hides it: it is read all the same', async () => {
    const { inside } = await warned();
    await attack(`const sheet = document.createElement('style'); document.head.append(sheet);
      sheet.textContent = ':root::selection, *::selection { color: transparent; background: white; -webkit-text-fill-color: transparent; -webkit-text-stroke: 9px white }';
      window.find('FBI links'); getSelection().modify('extend', 'forward', 'documentboundary')`);
    const { x, y, width, height } = await inside.evaluate((root) => {
      const range = document.createRange();
      range.setStart(/** @type {Text} */ (root.querySelector('.sentence')?.firstChild), 0);
      range.setEnd(range.startContainer, 'FBI links'.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x, y, width, height };
    });
    assert(!isBlank(await page.screenshot({ clip: { x, y, width, height } })));
  });

  it('moves the focus to what keeps the address: the next key keeps nothing', { skip: !isFirefox && 'it lets no page get there' }, async () => {
    const { inside } = await warned();
    await ripe(inside);
    await attack("window.find('do not '); getSelection().anchorNode.getRootNode().querySelector('.first > :last-child').focus()");
    const focused = () => inside.evaluate((root) => root.activeElement?.textContent);
    assert.equal(await focused(), 'Keep it anyway');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'Remove the address');
    await page.keyboard.press('Enter');
    await disappears(page);
    assert.equal(await value(), '');
  });

  it('frames a site that is watched in one that is not: the warning has its own window', async () => {
    sites.serve('/framing', '<!doctype html><title>Framing</title><iframe src="https://www.kraken.com/" width="80" height="40"></iframe>');
    await page.goto('https://elsewhere.example/framing');
    await page.bringToFront();
    const frame = await until(async () => page.frames().find((frame) => frame.url() === 'https://www.kraken.com/'), 'the frame');
    await frame.waitForSelector('#input');
    await frame.focus('#input');
    await paste(page);
    const window = await ownWindow();
    assert.equal(await frame.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), LISTED);
    await evaluate(own, (id) => chrome.windows.remove(id), window);
    await until(async () => (await frame.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value)) === '', 'the address is gone');
  });
});
