// @ts-check
// What is pressed while an answer is awaited is done once nothing was wrong, one time; where there is something to tell, not
// at all.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start, until } from './browser.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const OTHER = '12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX';

/** Writes down what the page gets, and what its forms would send. */
const RECORDER = `<script>
  window.got = [];
  for (const kind of ['keydown', 'keypress', 'keyup', 'click', 'submit'])
    addEventListener(kind, (event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
      got.push(event.type === 'click' ? 'click ' + (event.composedPath()[0].id || event.composedPath()[0].localName) : kind);
      if (kind === 'submit') { event.preventDefault(); got.push('sent ' + new FormData(event.target, event.submitter).get('to')); }
    });
</script>`;

const FORM = '<form><input id="to" name="to"><input name="amount"><button id="cancel" type="button">No</button><button id="send">Send</button></form>';

describe('what is pressed while an answer is awaited', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;

  before(async () => {
    sites = await startSites();
    started = await start({ proxyPort: sites.proxyPort });
    page = await started.browser.newPage();
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** Opens a page, so that the person has done something there. @param {string} body */
  async function open(body) {
    sites.serve('/', `<!doctype html><title>Send</title>${RECORDER}<p id="first">Hello</p>${body}`);
    await page.goto('https://www.kraken.com/');
    await page.bringToFront();
    await page.click('#first');
    // Fields are looked at for a while after each press.
    await wait(2300);
    await got();
  }
  /** What the page got since this was last asked. @returns {Promise<string[]>} */
  const got = () => page.evaluate(() => /** @type {any} */ (window).got.splice(0));
  /** @param {number} milliseconds */
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  /** The page fills in a field, as when a picture of a code was read. @param {string} address @param {string} [selector] */
  const fill = (address, selector = '#to') =>
    page.evaluate((where, value) => void (/** @type {HTMLInputElement} */ (document.querySelector(where)).value = value), selector, address);
  /** What the page got once it got this. @param {string} last */
  async function gotUntil(last) {
    /** @type {string[]} */
    const all = [];
    await until(async () => {
      all.push(...(await got()));
      return all.includes(last);
    }, `${last} among ${all}`);
    await wait(300);
    return [...all, ...(await got())];
  }

  it('a scanner types an address and Enter: it is sent', async () => {
    await open(FORM);
    await page.focus('#to');
    await page.keyboard.type(CLEAN);
    await page.keyboard.press('Enter');
    const all = await gotUntil(`sent ${CLEAN}`);
    const inOrder = ['keydown', 'keypress', 'click send', 'submit', `sent ${CLEAN}`];
    assert.deepEqual(all.filter((kind) => kind !== 'keyup'), inOrder);
    assert.equal(all.filter((kind) => kind === 'keyup').length, 1);
  });

  it('a scanner types a list: every new line is where it belongs', async () => {
    await open('<textarea id="to" rows="5" cols="50"></textarea>');
    await page.focus('#to');
    for (const address of [CLEAN, OTHER]) {
      await page.keyboard.type(address);
      await page.keyboard.press('Enter');
    }
    await wait(500);
    assert.equal(await page.$eval('#to', (area) => /** @type {HTMLTextAreaElement} */ (area).value), `${CLEAN}\n${OTHER}\n`);
  });

  it('a press after the page filled the field in goes through, once', async () => {
    await open(FORM);
    await fill(CLEAN);
    await page.click('#send');
    assert.deepEqual(await gotUntil(`sent ${CLEAN}`), ['click send', 'submit', `sent ${CLEAN}`]);
    // What was not asked about goes on at once, and the button that was pressed stays that.
    await page.click('#cancel');
    assert.deepEqual(await gotUntil('click cancel'), ['click cancel']);
  });

  for (const [key, how] of /** @type {const} */ ([['Enter', 'at once'], [' ', 'at once'], [' ', 'later']])) {
    it(`${key === ' ' ? 'the space bar' : key}, let go of ${how}, presses what has the focus, once`, async () => {
      await open(`${FORM}<input type="checkbox" id="agree"><a id="link" href="#there">There</a>`);
      for (const [focused, address] of [['cancel', CLEAN], [key === ' ' ? 'agree' : 'link', OTHER]]) {
        await page.focus(`#${focused}`);
        await fill(address);
        await page.keyboard.press(key, { delay: how === 'later' ? 200 : 0 });
        assert.equal((await gotUntil(`click ${focused}`)).filter((kind) => kind.startsWith('click')).length, 1);
      }
      if (key === ' ') assert.ok(await page.$eval('#agree', (box) => /** @type {HTMLInputElement} */ (box).checked));
      else assert.match(page.url(), /#there$/);
    });
  }

  it('Enter sends a form without a button where the browser would', async () => {
    await open('<form><input id="to" name="to"></form><form><input id="two" name="to"><input name="amount"></form>');
    for (const selector of ['#two', '#to']) {
      await page.focus(selector);
      await fill(CLEAN, selector);
      await page.keyboard.press('Enter');
      if (selector === '#two') await wait(500);
      else assert.ok((await gotUntil(`sent ${CLEAN}`)).includes('submit'));
      if (selector === '#two') assert.ok(!(await got()).includes('submit'));
    }
  });

  it('what is inside a closed shadow root is pressed there', async () => {
    await open(`<input id="to"><div id="host" style="width: 200px"></div><script>
      const root = host.attachShadow({ mode: 'closed' });
      root.innerHTML = '<button style="width: 200px; height: 40px">Send</button>';
      root.firstChild.onclick = () => got.push('sent inside');
    </script>`);
    await fill(CLEAN);
    await page.click('#host');
    assert.deepEqual((await gotUntil('sent inside')).filter((kind) => kind.startsWith('sent')), ['sent inside']);
  });

  it('a form that a script sends waits too, also where the script fills it in at that moment', async () => {
    await open(`<form><input id="to" name="to"><button id="send" type="button">Send</button></form><script>
      send.onclick = () => { to.value = window.address; to.form.requestSubmit(); };</script>`);
    await page.evaluate((address) => void (/** @type {any} */ (window).address = address), CLEAN);
    await page.click('#send');
    assert.deepEqual(await gotUntil(`sent ${CLEAN}`), ['click send', 'submit', `sent ${CLEAN}`]);
    await page.evaluate((address) => void (/** @type {any} */ (window).address = address), LISTED);
    await page.click('#send');
    await appears(page, 'warning');
    assert.ok(!(await got()).includes('submit'));
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  for (const [how, answer] of [['is taken out', 'Remove the address'], ['is kept', 'Keep it anyway']]) {
    it(`what was pressed before a warning is not done, nor after the address ${how}`, async () => {
      await open(FORM);
      await fill(LISTED);
      await page.click('#send');
      const { inside } = await appears(page, 'warning');
      await ripe(inside);
      await press(page, inside, answer);
      if (answer.startsWith('Keep')) {
        await ripe(inside);
        await press(page, inside, 'Yes, keep this address');
      }
      await disappears(page);
      await wait(700);
      assert.deepEqual(await got(), []);
    });
  }

  for (const [how, delay] of /** @type {[string, number][]} */ ([['at once', 0], ['after the note is there', 400]])) {
    it(`what was pressed before a note is not done, let go of ${how}, but what is pressed after it`, async () => {
      await open(FORM);
      await fill(`${CLEAN.slice(0, -1)}b`);
      await page.click('#send', { delay });
      const note = await appears(page, 'note');
      assert.match(note.text, /typing error/);
      await wait(500);
      assert.deepEqual(await got(), []);
      await page.click('#send', { delay });
      assert.deepEqual(await gotUntil(`sent ${CLEAN.slice(0, -1)}b`), ['click send', 'submit', `sent ${CLEAN.slice(0, -1)}b`]);
    });
  }

  for (const [key, where] of /** @type {['Enter' | ' ', string][]} */ ([['Enter', '#to'], ['Enter', '#send'], [' ', '#send']])) {
    it(`the key "${key}" that was pressed before a note on ${where} is not done, let go of after it is there, but the next one`, async () => {
      await open(FORM.replace('<form>', '<form onkeyup="got.push(`let go of ${event.key}`)">'));
      await page.focus(where);
      await wait(300);
      await got();
      await fill(`${CLEAN.slice(0, -1)}b`);
      await page.keyboard.down(key);
      await appears(page, 'note');
      await wait(300);
      await page.keyboard.up(key);
      await wait(300);
      assert.deepEqual(await got(), []);
      await page.keyboard.press(key);
      assert((await gotUntil(`sent ${CLEAN.slice(0, -1)}b`)).includes(`let go of ${key}`));
    });
  }

  it('what the page fills in while a press waits is looked at before that is made', async () => {
    await open(FORM);
    await fill(CLEAN);
    await page.evaluate((address) => addEventListener('pointerup', () => void (/** @type {any} */ (document.getElementById('to')).value = address)), LISTED);
    await page.click('#send');
    await appears(page, 'warning');
    await wait(300);
    assert.deepEqual(await got(), []);
    assert.equal((await shown(page))?.kind, 'warning');
    await page.keyboard.press('Escape');
    await disappears(page);
  });
});
