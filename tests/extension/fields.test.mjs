// @ts-check
// Everything that can become a destination is seen, however it comes into a field or past one.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { copy, inFirefox, isFirefox, paste, start, until } from './browser.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';

const FORM = `<!doctype html><title>Withdraw</title>
  <form id="form" onsubmit="return false"><input id="input"><input id="second"><button id="send">Send</button></form>
  <input id="fixed" readonly><div id="editor" contenteditable><p>first</p><p>second</p></div>
  <p id="text">text</p><div id="source" draggable="true">drag me</div><div id="host"></div>`;

describe('a destination', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;

  before(async () => {
    sites = await startSites();
    sites.serve('/', FORM);
    started = await start({ proxyPort: sites.proxyPort });
    page = await started.browser.newPage();
  });
  beforeEach(async () => {
    await page.goto('https://www.kraken.com/');
    await page.bringToFront();
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** @param {string} selector @param {string} value */
  const set = (selector, value) => page.$eval(selector, (field, value) => void (/** @type {HTMLInputElement} */ (field).value = value), value);
  /** @param {string} selector */
  const value = (selector) => page.$eval(selector, (field) => /** @type {HTMLInputElement} */ (field).value);
  /** @param {string} text @param {string} [selector] */
  async function pasteText(text, selector = '#input') {
    await copy(started, text);
    await page.bringToFront();
    await page.focus(selector);
    await paste(page);
  }

  for (const [name, act] of /** @type {[string, () => Promise<unknown>][]} */ ([
    // After all that the press itself brings about; without one no page is warned of.
    ['focus', async () => { await page.click('#text'); await wait(2200); await set('#input', LISTED); await page.focus('#input'); }],
    ['blur', async () => { await page.focus('#input'); await set('#input', LISTED); await page.focus('#second'); }],
    ['a click', () => page.click('#send')],
    ['Enter', async () => { await page.focus('#second'); await set('#input', LISTED); await page.keyboard.press('Enter'); }],
  ])) {
    it(`warns of what a script put into a field at ${name}`, async () => {
      if (name === 'a click') await set('#input', LISTED);
      await act();
      assert.equal((await appears(page, 'warning')).address, LISTED);
      await page.keyboard.press('Escape');
      await until(async () => (await value('#input')) === '', 'the address is gone');
    });
  }

  for (const key of /** @type {const} */ (['Enter', ' '])) {
    it(`warns of what a script put into a field before ${key === ' ' ? 'the space bar' : key} on a button sends it`, async () => {
      await page.focus('#send');
      await set('#input', LISTED);
      await page.$eval('#send', (send) => {
        for (const kind of ['keydown', 'click']) send.addEventListener(kind, () => (document.title = 'sent'));
      });
      await page.keyboard.press(key);
      await appears(page, 'warning');
      assert.equal(await page.title(), 'Withdraw');
      await page.keyboard.press('Escape');
      await disappears(page);
      await page.focus('#send');
      await page.keyboard.press(key);
      assert.equal(await page.title(), 'sent', 'what is right is sent');
    });
  }

  it('warns of what a page fills in as an answer, before the press that sends begins', async () => {
    await page.evaluate((address) => {
      const input = /** @type {HTMLInputElement} */ (document.getElementById('input'));
      const fill = () => (input.value = address);
      document.getElementById('text')?.addEventListener('click', () => setTimeout(fill, 100));
      document.getElementById('send')?.addEventListener('pointerdown', () => (document.title = input.value));
      // It comes back by itself, which is no second answer.
      setInterval(() => input.value || setTimeout(fill, 50), 50);
    }, LISTED);
    await set('#input', ' ');
    await page.click('#text');
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.click('#send');
    assert.equal(await page.title(), 'Withdraw');
    await page.keyboard.press('Escape');
    await disappears(page);
    await wait(2500);
    assert.equal(await shown(page).then((now) => now?.kind ?? 'nothing'), 'nothing');
  });

  it('warns of what a person drops', async () => {
    await (isFirefox ? dropInFirefox(started.browser, LISTED) : drop(page, LISTED));
    assert.equal(await value('#input'), LISTED);
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.equal(await value('#input'), '');
  });

  it('warns of what is pasted where there is no field, as a page may take it all the same', async () => {
    await page.$eval('#text', (text) => text.setAttribute('tabindex', '0'));
    await pasteText(LISTED, '#text');
    const { address, text, inside } = await appears(page, 'warning');
    assert.equal(address, LISTED);
    assert.match(text, /I will not send to it/);
    await ripe(inside);
    await page.keyboard.press('Escape');
    await disappears(page);
    // Only what a person keeps to themselves is left alone.
    await page.$eval('#second', (input) => void (/** @type {HTMLInputElement} */ (input).type = 'password'));
    await pasteText(LISTED, '#second');
    await wait(700);
    assert.equal(await value('#second'), LISTED);
    assert.equal(await shown(page), null);
  });

  it('checks a list as long as people send to, and says so where it is longer', async () => {
    await page.$eval('#second', (input) => input.insertAdjacentHTML('afterend', '<textarea id="list"></textarea>'));
    /** @param {number} lines */
    const list = (lines) => [...Array.from({ length: lines }, (_, at) => `0x${(at + 1).toString(16).padStart(40, '7')}, 0.1`), `${LISTED}, 0.1`].join('\n');
    await pasteText(list(3000), '#list');
    const { address, inside } = await appears(page, 'warning');
    assert.equal(address, LISTED);
    await ripe(inside);
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.doesNotMatch(await value('#list'), new RegExp(LISTED));
    await page.$eval('#list', (area) => void (/** @type {HTMLTextAreaElement} */ (area).value = ''));
    await pasteText(list(5000).replaceAll('0x7', '0x8'), '#list');
    assert.match((await appears(page, 'note')).text, /more addresses here than are checked at once/);
  });

  it('warns of one among thousands of fields, before they are sent', async () => {
    await page.$eval('#form', (form, address) => {
      const other = (/** @type {number} */ at) => `0x${at.toString(16).padStart(40, '9')}`;
      const row = (/** @type {string} */ to) => `<tr><td><input><td><input value="${to}"><td><input value="1">`;
      form.insertAdjacentHTML('afterbegin', `<table hidden>${row('').repeat(500)}</table><table>${Array.from({ length: 1000 }, (_, at) => row(other(at))).join('')}${row(address)}</table>`);
      form.addEventListener('submit', () => form.setAttribute('data-sent', ''));
    }, LISTED);
    await page.click('#send');
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.equal(await page.$('[data-sent]'), null);
    assert.equal(await page.$eval('table:not([hidden]) tr:last-child td:nth-child(2) input', (input) => /** @type {HTMLInputElement} */ (input).value), '');
  });

  it('warns of what a person chooses from a list, and takes the choice back', async () => {
    await page.$eval('#form', (form, address) => {
      const row = (/** @type {string} */ name, /** @type {string} */ value) =>
        `<option value="${value}">${name}</option><label><input type="radio" name="to" value="${value}" id="${name}">${name}</label>`;
      form.insertAdjacentHTML('beforeend', `<select id="select"><option value="">…</option><option value="${address}">Bob</option></select>${row('bob', address)}`);
    }, LISTED);
    const chosen = () => page.evaluate(() => [/** @type {HTMLSelectElement} */ (document.querySelector('#select')).value, /** @type {HTMLInputElement} */ (document.querySelector('#bob')).checked]);
    for (const act of [
      async () => { await page.focus('#select'); await page.keyboard.type('B'); await page.keyboard.press('Tab'); },
      () => page.click('#bob'),
    ]) {
      await act();
      const { address, inside } = await appears(page, 'warning');
      assert.equal(address, LISTED);
      await ripe(inside);
      await page.keyboard.press('Escape');
      await disappears(page);
      await until(async () => (await chosen()).every((choice) => !choice), 'nothing is chosen');
    }
  });

  it('warns of what a form would send along without showing it', async () => {
    await page.$eval('#form', (form, address) => form.insertAdjacentHTML('beforeend', `<input type="hidden" name="token" value="${'f0'.repeat(32)}"><input type="hidden" id="hidden" value="${address}">`), LISTED);
    await page.focus('#input');
    assert.equal(await shown(page), null);
    await page.click('#send');
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await until(async () => (await value('#hidden')) === '', 'the address is gone');
  });

  for (const goesAlong of [false, true]) it(`takes it out of another field that the page put it in as well${goesAlong ? ' and takes it out of' : ''}, and gives that no focus`, async () => {
    await page.evaluate((goesAlong) => {
      const [input, second] = ['input', 'second'].map((id) => /** @type {HTMLInputElement} */ (document.getElementById(id)));
      input.addEventListener('input', () => { if (input.value || goesAlong) second.value = input.value; });
      second.addEventListener('focus', () => (document.title = 'focused'));
    }, goesAlong);
    await pasteText(LISTED);
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await page.keyboard.press('Enter');
    await until(async () => (await value('#input')) + (await value('#second')) === '', 'both are empty');
    // Nor is the person told that it may not be gone.
    await wait(1300);
    assert.equal(await shown(page), null);
    assert.deepEqual(await page.evaluate(() => [document.title, document.activeElement?.id]), ['Withdraw', 'input']);
  });

  it('warns of a link that opens a wallet, before it does', async () => {
    await page.evaluate((address) => {
      const link = Object.assign(document.createElement('a'), { id: 'link', href: `bitcoin:${address}?amount=0.1`, textContent: 'Pay' });
      const clicks = /** @type {string[]} */ ([]);
      link.addEventListener('click', (event) => { event.preventDefault(); clicks.push('click'); });
      Object.assign(window, { clicks });
      document.body.append(link);
    }, LISTED);
    const clicks = () => page.evaluate(() => /** @type {any} */ (window).clicks.length);
    // Longer than a question takes, as a finger does.
    await page.click('#link', { delay: 300 });
    const { address, inside } = await appears(page, 'warning');
    assert.equal(address, LISTED);
    assert.equal(await clicks(), 0);
    await ripe(inside);
    for (const label of ['Go on anyway', 'Yes, go on with this address']) {
      await ripe(inside);
      await press(page, inside, label);
      await wait(100);
    }
    await disappears(page);
    await page.click('#link', { delay: 300 });
    assert.equal(await clicks(), 1);
    assert.equal(await shown(page), null);
  });

  for (const [kind, make] of /** @type {[string, string][]} */ ([
    ['data:', "frame.src = 'data:text/html,<input id=inner>'"],
    ['blob:', "frame.src = URL.createObjectURL(new Blob(['<input id=inner>'], { type: 'text/html' }))"],
    ['a sandbox', "frame.sandbox = 'allow-scripts'; frame.srcdoc = '<input id=inner>'"],
    ['about:blank', "setTimeout(() => frame.contentDocument.write('<input id=inner>'))"],
  ])) {
    it(`warns of what is entered in a frame that is ${kind}`, async () => {
      await copy(started, LISTED);
      await page.bringToFront();
      await page.evaluate(`{ const frame = document.createElement('iframe'); ${make}; document.body.append(frame); }`);
      const frame = await until(async () => page.frames().find((frame) => frame !== page.mainFrame()), 'the frame');
      await until(() => frame.$('#inner'), 'the field');
      // The sensor is there from the beginning, and so is the press of a person.
      await page.$eval('iframe', (frame) => frame.focus());
      await frame.evaluate(() => {
        const input = /** @type {HTMLInputElement} */ (document.getElementById('inner'));
        input.addEventListener('blur', () => Object.assign(window, { taken: input.value }));
        input.focus();
      });
      await paste(page);
      const { address, text } = await appears(page, 'warning');
      assert.equal(address, LISTED);
      // Nor does what takes a field as it is left get the address.
      assert.equal(await frame.evaluate(() => /** @type {any} */ (window).taken), undefined);
      const isNamed = kind === 'blob:' || kind === 'about:blank';
      assert.match(text, isNamed ? /comes from https:\/\/www\.kraken\.com\./ : /does not say where it comes from/);
      await page.keyboard.press('Escape');
      await until(() => frame.evaluate(() => /** @type {HTMLInputElement} */ (document.getElementById('inner')).value === ''), 'the address is gone');
    });
  }

  it('warns in the second paragraph of an editor', async () => {
    await copy(started, LISTED);
    await page.bringToFront();
    await page.click('#editor p:last-child');
    await paste(page);
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await page.keyboard.press('Enter');
    await disappears(page);
    const text = () => page.$eval('#editor', (editor) => String(editor.textContent));
    await until(async () => /^first\s*second$/.test(await text()), 'the address is gone, and only that');
  });

  it('warns of an address that a field writes in groups', async () => {
    await page.$eval('#input', (input) => input.addEventListener('input', () => {
      const field = /** @type {HTMLInputElement} */ (input);
      field.value = field.value.replace(/\s/g, '').replace(/(.{4})/g, '$1 ');
    }));
    await page.focus('#input');
    await page.keyboard.type(LISTED);
    await appears(page, 'warning');
    await page.keyboard.press('Escape');
    await until(async () => (await value('#input')).trim() === '', 'the address is gone');
  });

  it('warns in a field inside a closed shadow root', async () => {
    await page.$eval('#host', (host) => {
      const root = host.attachShadow({ mode: 'closed' });
      root.innerHTML = '<input id="closed">';
      /** @type {HTMLElement} */ (root.firstChild).focus();
    });
    await copy(started, LISTED);
    await page.bringToFront();
    await paste(page);
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  for (const [name, shows, level] of [
    ['', LISTED, 'danger'],
    [', in groups', LISTED.replace(/.{4}/g, '$& '), 'danger'],
    [', and that leaves the middle out', `${LISTED.slice(0, 7)}…${LISTED.slice(-6)}`, 'caution'],
  ]) {
    it(`warns of a field that nobody can type into${name}`, async () => {
      await set('#fixed', shows);
      await page.click('#second');
      const warning = await appears(page, 'warning');
      assert.equal(warning.level, level);
      assert.match(warning.text, /The address in question/);
      await page.keyboard.press('Escape');
      await disappears(page);
    });
  }
});

/**
 * Drags from `#source` to `#input` what says that it is a text.
 * @param {import('puppeteer-core').Page} page
 * @param {string} text
 */
async function drop(page, text) {
  await page.$eval('#source', (source, text) => {
    source.addEventListener('dragstart', (event) => /** @type {DragEvent} */ (event).dataTransfer?.setData('text/plain', text));
  }, text);
  const center = async (/** @type {string} */ selector) => page.$eval(selector, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  const [from, to] = [await center('#source'), await center('#input')];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/**
 * The same where the driver's mouse drags nothing: Firefox itself begins the drag and tells the field of its end, as
 * its own tests do, and the field takes the text.
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} text
 */
function dropInFirefox(browser, text) {
  // In the process of the page, with the browser's rights.
  const inPage = (/** @type {any} */ globals, /** @type {string} */ text) => {
    const { content, Cc, Ci, tell } = globals;
    const service = Cc['@mozilla.org/widget/dragservice;1'].getService(Ci.nsIDragService);
    service.startDragSessionForTests(content, Ci.nsIDragService.DRAGDROP_ACTION_COPY);
    const session = service.getCurrentSession(content);
    const dataTransfer = new content.DataTransfer();
    dataTransfer.setData('text/plain', text);
    session.dataTransfer = dataTransfer;
    const field = content.document.querySelector('#input');
    const { x, y } = field.getBoundingClientRect();
    for (const type of ['dragenter', 'dragover', 'drop']) {
      const event = new content.DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer, clientX: x + 5, clientY: y + 5, view: content });
      content.windowUtils.dispatchDOMEventViaPresShellForTesting(field, event);
    }
    session.endDragSession(true, 0);
    tell();
  };
  return inFirefox(browser, async (script) => {
    const { messageManager } = /** @type {any} */ (globalThis).gBrowser.selectedBrowser;
    const dropped = new Promise((done) => messageManager.addMessageListener('taintwatch-dropped', done));
    messageManager.loadFrameScript(script, false);
    await dropped;
  }, `data:,${encodeURIComponent(`(${inPage})({ content, Cc, Ci, tell: () => sendAsyncMessage('taintwatch-dropped') }, ${JSON.stringify(text)})`)}`);
}
