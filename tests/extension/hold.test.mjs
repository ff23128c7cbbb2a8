// @ts-check
// While a warning is open nothing that a person does reaches the page, and nothing that the page does chooses.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { copy, copySelected, evaluate, openOwn, paste, start, until } from './browser.mjs';
import { CLOBBERED } from './clobber.mjs';
import { appears, disappears, placeOf, press, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';

/** A page that writes down every event that it gets, at the first place where it can. */
const FORM = `<!doctype html><title>Withdraw</title>
  <script>
    window.got = [];
    for (const kind of ['keydown', 'keypress', 'keyup', 'click', 'submit', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart'])
      window.addEventListener(kind, (event) => { window.got.push(kind); if (kind === 'submit') event.preventDefault(); }, true);
  </script>
  <form id="form"><input id="input"><button id="send">Send</button></form>
  <dialog id="dialog"><input id="inner"><button id="ok" onclick="window.ok = true">OK</button></dialog>`;

describe('while a warning is open', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;

  before(async () => {
    sites = await startSites();
    sites.serve('/', FORM);
    sites.serve('/clobbered', `<!doctype html><title>Clobbered</title>
      ${['documentElement', 'body', 'querySelectorAll', 'addEventListener', 'activeElement', 'createElement', 'elementFromPoint', 'getElementById'].map((name) => `<img name="${name}"><form name="${name}"></form>`).join('')}
      <input id="input"><script>${CLOBBERED}
        const form = clobbered(document.querySelector('#input'));
        Element.prototype.setAttribute.call(form, 'tabindex', '0');
        document.documentElement.lastChild.append(form);
        // What has the focus when the warning opens gets it back.
        addEventListener('paste', () => HTMLElement.prototype.focus.call(form));
      </script>`);
    sites.serve('/tampered', `<!doctype html><title>Tampered</title><script>
      const bad = () => { throw new Error('tampered'); };
      for (const [of, names] of [[Element.prototype, ['attachShadow', 'append', 'remove', 'closest', 'matches', 'getBoundingClientRect']], [HTMLDialogElement.prototype, ['showModal', 'close']],
        [EventTarget.prototype, ['addEventListener', 'dispatchEvent']], [Array.prototype, ['push', 'map', 'filter', 'flatMap']], [Document.prototype, ['createElement', 'querySelectorAll']], [Node.prototype, ['appendChild']],
        [String.prototype, ['charCodeAt', 'slice']], [Promise.prototype, ['then']], [window, ['getComputedStyle', 'MutationObserver', 'IntersectionObserver', 'setTimeout', 'setInterval', 'CSSStyleSheet']], [JSON, ['stringify', 'parse']], [Map.prototype, ['get', 'set']]])
        for (const name of names) of[name] = bad;
      Object.defineProperty(Event.prototype, 'isTrusted', { get: () => false });
      Object.defineProperty(HTMLInputElement.prototype, 'value', { get: () => 'nothing', set() {} });
      </script><input id="input">`);
    started = await start({ proxyPort: sites.proxyPort });
    await copy(started, LISTED);
    page = await started.browser.newPage();
  });
  beforeEach(() => open('/'));
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** @param {string} path */
  async function open(path) {
    await page.goto(`https://www.kraken.com${path}`);
    await page.bringToFront();
  }
  /** @param {string} [field] */
  async function warned(field = '#input') {
    await page.focus(field);
    await paste(page);
    return appears(page, 'warning');
  }
  /** What the page got since this was last asked. @returns {Promise<string[]>} */
  const got = () => page.evaluate(() => /** @type {any} */ (window).got.splice(0));
  /** @param {number} milliseconds */
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it('no key, click or submit reaches the page, not even that there was one', async () => {
    const { inside } = await warned();
    await got();
    for (const key of /** @type {const} */ (['Tab', 'Tab', 'a', 'ArrowDown', 'Tab', 'Tab'])) await page.keyboard.press(key);
    await page.mouse.click(40, 20);
    await press(page, inside, 'Keep it anyway');
    await page.evaluate(() => /** @type {HTMLFormElement} */ (document.getElementById('form')).requestSubmit());
    assert.deepEqual(await got(), []);
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.deepEqual(await got(), []);
    // Afterwards everything does.
    await page.keyboard.press('Enter');
    assert.ok((await got()).includes('submit'));
  });

  it('Enter right after the paste does not send', async () => {
    await page.focus('#input');
    await got();
    await paste(page);
    await page.keyboard.press('Enter');
    await appears(page, 'warning');
    await wait(200);
    assert.ok(!(await got()).includes('submit'));
    assert.equal((await shown(page))?.kind, 'warning', 'what was meant to send does not answer it');
  });

  it('Enter does not send either while the page computes for longer than anybody waits', async () => {
    // Before anything else is done: else the warning may come first, which Enter then answers.
    await page.evaluate(() => addEventListener('paste', () => {
      /** @type {any} */ (window).got = [];
      for (const end = performance.now() + 2500; performance.now() < end;);
    }));
    await page.focus('#input');
    const pasted = paste(page);
    await wait(500);
    await Promise.all([pasted, page.keyboard.press('Enter')]);
    await appears(page, 'warning');
    // The keys that pasted are let go.
    assert.deepEqual((await got()).filter((kind) => kind !== 'keyup'), []);
    assert.equal((await shown(page))?.kind, 'warning');
  });

  it('pressing again and again keeps nothing', async () => {
    const { inside } = await warned();
    const { x, y } = await placeOf(inside, 'Keep it anyway');
    for (const end = performance.now() + 3000; performance.now() < end; await wait(100)) await page.mouse.click(x, y);
    assert.ok(!(await inside.evaluate((root) => root.querySelector('.second'))), 'it is not at its second step');
  });

  for (const [name, slider] of [
    ['follows the pointer', `<div id="slider"></div><script>
      slider.onpointerdown = ({ pointerId }) => slider.setPointerCapture(pointerId);
      slider.onpointermove = ({ buttons, clientX }) => { if (buttons && clientX > 450) document.title = 'sent'; };</script>`],
    ['is the browser’s own', `<input type="range" id="slider" value="0"><script>slider.oninput = slider.onchange = () => { if (slider.value > 90) document.title = 'sent'; };</script>`],
  ]) {
    it(`a slider that sends at its end and ${name} does not get there`, async () => {
      await page.setContent(`<!doctype html><title>Withdraw</title><input id="input" value="${LISTED}">
        <style>#slider { position: fixed; left: 100px; top: 300px; width: 400px; height: 40px; background: #ccc }</style>${slider}`);
      await page.mouse.move(110, 320);
      await page.mouse.down();
      for (let x = 120; x < 500; x += 10) {
        await page.mouse.move(x, 320);
        await wait(20);
      }
      await page.mouse.up();
      await appears(page, 'warning');
      assert.equal(await page.title(), 'Withdraw');
    });
  }

  it('a button that sends when it is held for a while is let go of', async () => {
    await page.setContent(`<!doctype html><title>Withdraw</title><input id="input" value="${LISTED}"><button id="hold">Hold to send</button><script>
      let timer;
      hold.addEventListener('touchstart', () => (timer = setTimeout(() => (document.title = 'sent'), 1000)));
      for (const kind of ['touchend', 'touchcancel']) hold.addEventListener(kind, () => clearTimeout(timer));</script>`);
    const { x, y } = await page.$eval('#hold', (button) => button.getBoundingClientRect().toJSON());
    await page.touchscreen.touchStart(x + 5, y + 5);
    await appears(page, 'warning');
    await page.touchscreen.touchEnd();
    await wait(1500);
    assert.equal(await page.title(), 'Withdraw');
  });

  it('no event of the page’s own making chooses', async () => {
    const { inside } = await warned();
    await ripe(inside);
    await page.evaluate(() => {
      const host = /** @type {Element} */ (document.documentElement.lastElementChild);
      for (const kind of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
        for (let x = 0; x < innerWidth; x += 40) {
          for (let y = 0; y < innerHeight; y += 40) host.dispatchEvent(new MouseEvent(kind, { bubbles: true, composed: true, clientX: x, clientY: y, detail: 1 }));
        }
      }
      for (const key of ['Enter', ' ', 'Escape']) document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      host.dispatchEvent(new Event('cancel'));
      host.dispatchEvent(new Event('close'));
    });
    await wait(200);
    assert.equal((await shown(page))?.kind, 'warning');
    assert.ok(!(await inside.evaluate((root) => root.querySelector('.second'))), 'it is not at its second step');
  });

  it('a press that began before the warning was seen keeps nothing', async () => {
    const { inside } = await warned();
    const { x, y } = await placeOf(inside, 'Keep it anyway');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await ripe(inside);
    await page.mouse.up();
    await wait(100);
    assert.ok(!(await inside.evaluate((root) => root.querySelector('.second'))), 'it is not at its second step');
  });

  it('the page is not told that the focus went to the warning and came back', async () => {
    // After the tests before, the other tab has lost the focus in Firefox, and nothing is told of it.
    const fresh = await started.browser.newPage();
    await fresh.goto('https://www.kraken.com/');
    await fresh.bringToFront();
    await fresh.focus('#input');
    await until(() => fresh.evaluate(() => document.hasFocus()), 'the focus');
    await fresh.evaluate(() => {
      const told = /** @type {string[]} */ ([]);
      Object.assign(window, { told });
      for (const kind of ['focus', 'blur', 'focusin', 'focusout']) {
        document.addEventListener(kind, ({ target }) => void (target instanceof Element && told.push(`${kind} ${target.id}`)), true);
      }
    });
    await paste(fresh);
    await ripe((await appears(fresh, 'warning')).inside);
    await fresh.keyboard.press('Escape');
    await disappears(fresh);
    await until(() => fresh.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value === ''), 'the address is gone');
    assert.equal(await fresh.evaluate(() => document.activeElement?.id), 'input');
    assert.deepEqual(await fresh.evaluate(() => /** @type {any} */ (window).told.splice(0)), []);
    // What the person leaves, it is told of.
    await fresh.keyboard.press('Tab');
    await until(() => fresh.evaluate(() => /** @type {any} */ (window).told.includes('blur input')), 'the page is told');
    await fresh.close();
  });

  it('the keyboard alone is enough, and the focus goes back to where it was', async () => {
    const { inside } = await warned();
    await ripe(inside);
    const label = () => inside.evaluate((root) => root.activeElement?.textContent);
    assert.equal(await label(), 'Remove the address');
    await page.keyboard.press('Tab');
    assert.equal(await label(), 'Keep it anyway');
    await page.keyboard.press('Enter');
    await until(async () => (await label()) === 'Go back', 'the second step, which begins on the safe side');
    await ripe(inside);
    await page.keyboard.press('Tab');
    assert.equal(await label(), 'Yes, keep this address');
    await page.keyboard.press('Enter');
    await disappears(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'input');
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), LISTED);
  });

  /** Marks the address in a warning, as slowly as a person. @param {import('./inside.mjs').Inside} inside */
  async function markAddress(inside) {
    const [from, to] = await inside.evaluate((root) => {
      const { left, right, top, height } = /** @type {Element} */ (root.querySelector('.pasted code')).getBoundingClientRect();
      return [left + 1, right].map((x) => ({ x, y: top + height / 2 }));
    });
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, from.y);
    await wait(250);
    await page.mouse.move(to.x, to.y);
    await page.mouse.up();
    const [start, end] = await inside.evaluate((root) => {
      const [{ startOffset, endOffset }] = /** @type {any} */ (getSelection()).getComposedRanges({ shadowRoots: [root] });
      return [startOffset, endOffset];
    });
    assert.ok(start <= 1 && end >= LISTED.length - 1, `marked from ${start} to ${end}`);
  }

  for (const [where, act] of Object.entries({ 'beside the card': () => page.mouse.click(4, 4), 'on its text, which it marks,': markAddress })) {
    it(`a press ${where} takes the focus from no button`, async () => {
      const { inside } = await warned();
      await act(inside);
      await wait(100);
      assert.equal(await inside.evaluate((root) => root.activeElement?.textContent), 'Remove the address');
      await ripe(inside);
      await page.keyboard.press('Enter');
      await disappears(page);
      assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), '');
    });
  }

  it('whoever marked a text in it first can keep the address by the keyboard', async () => {
    const { inside } = await warned();
    await markAddress(inside);
    for (const label of ['Keep it anyway', 'Yes, keep this address']) {
      await ripe(inside);
      await page.keyboard.press('Tab');
      assert.equal(await inside.evaluate((root) => root.activeElement?.textContent), label);
      await page.keyboard.press('Enter');
    }
    await disappears(page);
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), LISTED);
  });

  it('what is copied in it is what is copied, whatever the page does with what is', async () => {
    await page.evaluate(() => addEventListener('copy', (event) => {
      event.clipboardData?.setData('text/plain', 'something else');
      event.preventDefault();
    }, { capture: true }));
    const { inside } = await warned();
    await markAddress(inside);
    await copySelected(page);
    await page.keyboard.press('Escape');
    await disappears(page);
    await warned();
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), LISTED);
  });

  it('a screen reader is told what it is and why', async () => {
    const { inside } = await warned();
    const dialog = await inside.evaluate((root) => {
      const box = /** @type {Element} */ (root.querySelector('dialog'));
      const text = (/** @type {string} */ name) => root.getElementById(box.getAttribute(name) ?? '')?.textContent;
      return [box.getAttribute('role'), text('aria-labelledby'), text('aria-describedby')];
    });
    assert.equal(dialog[0], 'alertdialog');
    assert.match(String(dialog[1]), /Stop: do not send/);
    assert.match(String(dialog[2]), /FBI links this address/);
  });

  it('the page’s own dialog keeps working', async () => {
    await page.$eval('#dialog', (dialog) => /** @type {HTMLDialogElement} */ (dialog).showModal());
    await warned('#inner');
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.equal(await page.$eval('#dialog', (dialog) => /** @type {HTMLDialogElement} */ (dialog).open), true);
    assert.equal(await page.$eval('#inner', (input) => /** @type {HTMLInputElement} */ (input).value), '');
    await page.click('#ok');
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).ok), true);
  });

  for (const inside of ['', ' inside a closed shadow root']) {
    it(`the page’s own popovers${inside} are open again afterwards, and it is not told that they were closed`, async () => {
      await page.evaluate((isInside) => {
        const host = document.body.appendChild(document.createElement('div'));
        const root = isInside ? host.attachShadow({ mode: 'closed' }) : host;
        root.innerHTML = `<form id="outer" popover><input name="showPopover">
          <div id="within" popover><input id="entry"></div></form>`;
        const popovers = [...root.querySelectorAll('[popover]')];
        const entry = /** @type {HTMLInputElement} */ (root.querySelector('#entry'));
        const toggles = /** @type {string[]} */ ([]);
        for (const popover of popovers) {
          // The first has a field with that name.
          HTMLElement.prototype.showPopover.call(popover);
          for (const kind of ['beforetoggle', 'toggle']) popover.addEventListener(kind, (event) => void (event.target === popover && toggles.push(kind)));
        }
        const isOpen = () => popovers.map((popover) => popover.matches(':popover-open'));
        Object.assign(window, { toggles, isOpen, entry });
        entry.focus();
        return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done((toggles.length = 0)))));
      }, inside !== '');
      /** @param {() => unknown} ask */
      const told = (ask) => page.evaluate(ask);
      await copy(started, LISTED);
      await page.bringToFront();
      await told(() => /** @type {any} */ (window).entry.focus());
      await paste(page);
      await appears(page, 'warning');
      assert.deepEqual(await told(() => /** @type {any} */ (window).isOpen()), [false, false]);
      await page.keyboard.press('Escape');
      await disappears(page);
      await until(() => page.evaluate(() => /** @type {any} */ (window).entry.value === ''), 'the address is gone');
      assert.deepEqual(await told(() => /** @type {any} */ (window).isOpen()), [true, true]);
      assert.ok(await told(() => /** @type {any} */ (window).entry.matches(':focus')));
      await wait(100);
      assert.deepEqual(await told(() => /** @type {any} */ (window).toggles), []);
      // What the person closes, the page is told of.
      await page.keyboard.press('Escape');
      await until(() => page.evaluate(() => /** @type {any} */ (window).toggles.join() === 'beforetoggle,toggle'), 'the page is told');
    });
  }

  for (const path of ['/tampered', '/clobbered']) {
    it(`a page whose world is ${path.slice(1)} is warned in`, async () => {
      await open(path);
      const { level, inside } = await warned();
      assert.equal(level, 'danger');
      await ripe(inside);
      await page.keyboard.press('Escape');
      await disappears(page);
      if (path === '/clobbered') await until(async () => (await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value)) === '', 'the address is gone');
    });
  }

  it('a frame whose page takes every event before the sensor is there is warned in', async () => {
    sites.serve('/inner', '<!doctype html><title>Inner</title><input id="inner">');
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = '/inner';
      document.body.append(frame);
      // The window stays when its document comes.
      for (const kind of ['paste', 'beforeinput', 'input', 'change', 'focusin', 'focusout', 'click', 'pointerdown', 'keydown', 'keyup', 'submit']) {
        frame.contentWindow?.addEventListener(kind, (event) => event.stopImmediatePropagation(), true);
      }
    });
    const frame = await until(async () => page.frames().find((frame) => frame.url().endsWith('/inner')), 'the frame');
    await until(() => frame.$('#inner'), 'the field');
    await page.focus('iframe');
    await frame.evaluate(() => document.getElementById('inner')?.focus());
    await paste(page);
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await page.keyboard.press('Escape');
    await until(() => frame.evaluate(() => /** @type {HTMLInputElement} */ (document.getElementById('inner')).value === ''), 'the address is gone');
  });

  it('a field that a page takes out of a frame is warned of', async () => {
    await page.setContent('<!doctype html><title>Moved</title><iframe srcdoc="<input id=input autofocus>"></iframe>');
    await page.click('iframe');
    const frame = await until(async () => page.frames().find((frame) => frame !== page.mainFrame()), 'the frame');
    await frame.click('#input');
    await page.evaluate(() => {
      const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
      const input = frame.contentDocument?.getElementById('input');
      if (input) document.body.append(input);
      input?.focus();
      // The frame goes once the warning is under way.
      input?.addEventListener('paste', () => frame.remove());
    });
    await paste(page);
    const { address, inside } = await appears(page, 'warning');
    assert.equal(address, LISTED);
    await wait(500);
    await ripe(inside);
    await page.keyboard.press('Escape');
    await disappears(page);
    const held = () => page.evaluate(() => /** @type {HTMLInputElement} */ (document.getElementById('input')).value);
    await until(async () => (await held()) === '', 'the address is gone');
  });

  it('floods of text, inputs, frames and megabytes do not keep it from warning', async () => {
    await page.evaluate((address) => {
      const list = document.createElement('ol');
      document.body.append(list);
      let count = 0;
      setInterval(() => {
        for (let i = 0; i < 50; i += 1) {
          count += 1;
          const item = document.createElement('li');
          item.textContent = `0x${count.toString(16).padStart(40, '0')} ${address}`;
          list.append(item);
        }
        while (list.children.length > 2000) list.firstChild?.remove();
      }, 10);
      for (let i = 0; i < 30; i += 1) document.body.append(document.createElement('iframe'));
      const area = document.createElement('textarea');
      area.value = `${'a'.repeat(2_000_000)} ${address}`;
      document.body.append(area);
      setInterval(() => area.dispatchEvent(new InputEvent('input', { bubbles: true })), 1);
    }, CLEAN);
    await wait(1000);
    const { level } = await warned();
    assert.equal(level, 'danger');
    await page.keyboard.press('Escape');
    // A note may take its place: some of so many addresses look too much alike.
    await until(async () => (await shown(page))?.kind !== 'warning', 'the warning is gone');
    await until(async () => !(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value)).includes(LISTED), 'the address is gone');
  });

  it('shadow roots nested deeper than a script can go do not keep it from warning', async () => {
    await page.evaluate((address) => {
      const box = document.createElement('div');
      box.style.display = 'none';
      document.body.append(box);
      /** @type {HTMLElement} */
      let at = box;
      for (let depth = 0; depth < 6000; depth += 1) at = at.attachShadow({ mode: 'open' }).appendChild(document.createElement('x-deep'));
      /** @type {HTMLInputElement} */ (document.getElementById('input')).value = address;
    }, LISTED);
    // The browser's own tools do not go so deep either: the warning is known by its host, and by what it does.
    const hosts = () => page.$$eval('html > div', (hosts) => hosts.length);
    await page.mouse.click(5, 300);
    await until(async () => (await hosts()) === 1, 'the warning');
    // Longer than its search for shadow roots takes to come again.
    await wait(1200);
    await page.$eval('html > div', (host) => host.remove());
    await until(async () => (await hosts()) === 1, 'the warning again');
    await page.keyboard.press('Escape');
    await until(async () => (await hosts()) === 0, 'no warning');
    assert.equal(await page.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), '');
  });

  it('the popup tells what is ours, so that a fake can be told', async () => {
    const popup = await openOwn(started, 'popup/popup.html');
    const showing = () => evaluate(popup, async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://www.kraken.com/*' });
      return chrome.tabs.sendMessage(Number(tab.id), { kind: 'showing' }, { frameId: 0 });
    });
    assert.deepEqual(await showing(), { warning: null, note: '', told: [] });
    await page.bringToFront();
    await warned();
    assert.match((await showing()).warning.sentence, /FBI links/);
    await popup.close();
  });

  it('a page cannot tell that the extension is there', async () => {
    /** What a page can find out about itself. */
    const traces = () => page.evaluate(async (uuid) => {
      const probes = ['content/parts.js', 'taintwatch/core/taintwatch_bg.wasm', 'icons/16.png', 'manifest.json', 'warning/window.html'];
      const reached = await Promise.all(probes.map((path) => fetch(`${uuid}/${path}`).then((answer) => answer.ok, () => false)));
      return {
        html: document.documentElement.outerHTML,
        names: Object.getOwnPropertyNames(window).length,
        sheets: document.adoptedStyleSheets.length + document.styleSheets.length,
        marks: /** @type {any} */ (globalThis.CSS).highlights?.size,
        reached,
      };
    }, started.url('').replace(/\/$/, ''));
    await page.focus('#input');
    await page.keyboard.type(CLEAN);
    await wait(500);
    const watched = await traces();
    await page.goto('https://elsewhere.example/');
    await page.focus('#input');
    await page.keyboard.type(CLEAN);
    const elsewhere = await traces();
    assert.deepEqual(watched, elsewhere);
    assert.deepEqual(watched.reached.filter(Boolean), []);
  });
});
