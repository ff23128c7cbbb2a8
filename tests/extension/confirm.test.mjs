// @ts-check
// What a page asks to confirm is warned of when it is shown: also what was there before, is written in groups, or stands
// in a component.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { start } from './browser.mjs';
import { bundled } from './bundle.mjs';
import { CLOBBERED } from './clobber.mjs';
import { appears, disappears, press as pressButton, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const BITCOIN = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const RONIN = '0x098B716B8Aaf21512996dC57EB0615e2383E2f96';

/** @param {string} address @param {number} length @param {(group: string) => string} [write] @param {string} [between] */
const groups = (address, length, write = (group) => group, between = '') =>
  (address.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).map(write).join(between);
const inDiv = (/** @type {string} */ group) => `<div>${group}</div>`;
const inSpan = (/** @type {string} */ group) => `<span>${group}</span>`;

/** What stands in the page's own dialog. */
const WRITTEN = {
  'as it is': [BITCOIN, `<p>To ${BITCOIN}</p>`],
  'in groups within a sentence': [BITCOIN, `<p>Send to ${groups(BITCOIN, 4, undefined, ' ')} now</p>`],
  'in elements with spaces between': [BITCOIN, `<p>${groups(BITCOIN, 5, inSpan, ' ')}</p>`],
  'on two lines': [RONIN, `<p>${groups(RONIN, 21, undefined, '<br>')}</p>`],
  'behind much that nobody sees': [BITCOIN, `<div hidden>${'word '.repeat(50_000)}</div><p hidden>${Array.from({ length: 300 }, (_, at) => `x${at}`.padEnd(30, 'y')).join(' ')}</p><p>To ${BITCOIN}</p>`],
  'in boxes side by side': [RONIN, `<div style="display: flex; gap: 4px">${groups(RONIN, 4, inDiv)}</div>`],
  'in a grid': [RONIN, `<div style="display: grid">\n${groups(RONIN, 6, inSpan, '\n')}\n</div>`],
};

/** For each a script that has `confirm` show it. */
const COMPONENTS = {
  'a dialog of Material': `
    import '@material/web/dialog/dialog.js';
    const dialog = document.createElement('md-dialog');
    dialog.innerHTML = '<div slot="content">To ${BITCOIN}</div>';
    document.body.append(dialog);
    window.confirm = () => dialog.show();`,
  'a dialog with a form whose fields are named like all that a script can ask it': `
    ${CLOBBERED}
    const dialog = document.createElement('dialog');
    dialog.append(clobbered('To ${BITCOIN}'));
    document.body.append(dialog);
    window.confirm = () => dialog.showModal();`,
  'a popover with a button': `
    document.body.insertAdjacentHTML('beforeend', '<div popover id="over">To ${BITCOIN}<button>Send</button></div>');
    window.confirm = () => document.querySelector('#over').showPopover();`,
  'made of plain elements over the page': `
    document.body.insertAdjacentHTML('beforeend', '<div id="over" style="position: fixed; inset: 0; display: none"><div style="margin: 100px; height: 400px; background: #eee"><p>To ${BITCOIN}</p><button>Send</button></div></div>');
    window.confirm = () => (document.querySelector('#over').style.display = 'block');`,
  'made of plain elements that are there unseen': `
    document.body.insertAdjacentHTML('beforeend', '<style>#over { position: fixed; inset: 20px; opacity: 0; visibility: hidden; transition: all 0.3s } #over.open { opacity: 1; visibility: visible }</style><div id="over">To ${BITCOIN}<button>Send</button></div>');
    window.confirm = () => document.querySelector('#over').classList.add('open');`,
  'a component with a closed shadow root': `
    customElements.define('own-dialog', class extends HTMLElement {
      constructor() {
        super();
        this.root = this.attachShadow({ mode: 'closed' });
        this.root.innerHTML = '<section role="dialog" hidden><slot></slot></section>';
      }
    });
    document.body.insertAdjacentHTML('beforeend', '<own-dialog><p>To ${BITCOIN}</p></own-dialog>');
    window.confirm = () => (document.querySelector('own-dialog').root.firstChild.hidden = false);`,
};

describe('a confirmation that was there before it is shown', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;

  before(async () => {
    sites = await startSites();
    started = await start({ proxyPort: sites.proxyPort });
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /**
   * @param {string} body
   * @param {string} script
   */
  async function open(body, script) {
    const asks = `document.querySelector('#amount').addEventListener('keydown', ({ key }) => { if (key === 'Enter') setTimeout(window.confirm, 50); });`;
    sites.serve('/confirm', `<!doctype html><title>Send</title><input id="amount">${body}<script>${script};${asks}</script>`);
    const page = await started.browser.newPage();
    await page.goto('https://www.binance.com/confirm');
    await page.bringToFront();
    await page.focus('#amount');
    // All that stands there was looked at, and told of by a note.
    await wait(700);
    return page;
  }

  const dialog = (/** @type {string} */ content) => `<dialog><h1>Confirm</h1>${content}<button>Send</button></dialog>`;
  const SHOW = "window.confirm = () => document.querySelector('dialog').showModal()";

  /** @param {import('puppeteer-core').Page} page @param {string} address */
  async function warns(page, address) {
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    const warning = await appears(page, 'warning');
    assert.deepEqual([warning.level, warning.address], ['danger', address]);
    await ripe(warning.inside);
    await page.keyboard.press('Escape');
    // Nor does a note about it come back.
    await disappears(page);
    await page.close();
  }

  for (const [name, [address, content]] of Object.entries(WRITTEN)) {
    it(`shows the address ${name}`, async () => {
      await warns(await open(dialog(content), SHOW), address);
    });
  }

  for (const [name, script] of Object.entries(COMPONENTS)) {
    it(`is ${name}`, async () => {
      await warns(await open('', await bundled(script)), BITCOIN);
    });
  }

  it('is warned of each time that it opens, until the person goes on', async () => {
    const page = await open(dialog(`<p>To ${BITCOIN}</p>`).replace('<button>', '<button onclick="document.querySelector(`dialog`).close()">'), SHOW);
    const press = async () => { await page.focus('#amount'); await page.keyboard.press('Enter'); };
    const close = async () => { await page.click('dialog button'); await wait(700); };
    for (const label of ['I will not send to it', 'Go on anyway']) {
      await press();
      const { inside } = await appears(page, 'warning');
      await ripe(inside);
      await pressButton(page, inside, label);
      if (label === 'Go on anyway') {
        await ripe(inside);
        await pressButton(page, inside, 'Yes, go on with this address');
      }
      await disappears(page);
      // As long as it is open, once is enough.
      await page.click('dialog h1');
      await wait(2500);
      assert.equal(await shown(page), null);
      await close();
    }
    await press();
    await wait(2500);
    assert.equal(await shown(page), null);
    await page.close();
  });

  it('is warned of only where the person did something', async () => {
    const page = await open(dialog(`<p>To ${BITCOIN}</p>`), `${SHOW}; setTimeout(window.confirm, 300)`);
    await page.evaluate(() => document.querySelector('button')?.click());
    await wait(2500);
    assert.equal((await shown(page))?.kind, 'note');
    await page.close();
  });

  it('is none where a page is built within one that covers all', async () => {
    const page = await open('<div style="position: fixed; inset: 0"><button id="more">More</button></div>', `document.querySelector('#more').addEventListener('click', () => document.querySelector('div').append(' This is ${BITCOIN}'))`);
    await page.click('#more');
    await wait(2500);
    assert.equal((await shown(page))?.kind, 'note');
    await page.close();
  });

  it('is warned of once where the page itself opens it again and again', async () => {
    const page = await open('', `setInterval(() => { document.querySelector('dialog')?.remove(); setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<dialog><p>To ${BITCOIN}</p><button>Send</button></dialog>'); document.querySelector('dialog').showModal(); }, 100); }, 1000)`);
    await page.keyboard.press('a');
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await page.keyboard.press('Escape');
    await disappears(page);
    await wait(4000);
    assert.equal((await shown(page))?.kind, undefined);
    await page.close();
  });

  it('is none where a popover only explains', async () => {
    const page = await open(`<div popover id="over">This is ${BITCOIN}</div>`, "window.confirm = () => document.querySelector('#over').showPopover()");
    await page.keyboard.press('Enter');
    await wait(2500);
    assert.equal((await shown(page))?.kind, 'note');
    await page.close();
  });

  it('is not warned of where nothing in it is listed', async () => {
    const page = await open(dialog(`<p>To ${groups('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 4, undefined, ' ')}</p>`), SHOW);
    await page.keyboard.press('Enter');
    await wait(2500);
    assert.equal(await shown(page), null);
    await page.close();
  });
});
