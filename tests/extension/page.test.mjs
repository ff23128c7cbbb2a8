// @ts-check
// What a page shows is seen as it changes, and what looks like an address that the person uses.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { copy, copySelected, evaluate, openOwn, paste, start, until } from './browser.mjs';
import { CLOBBERED } from './clobber.mjs';
import { appears, disappears, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const RONIN = '0x098B716B8Aaf21512996dC57EB0615e2383E2f96';
const MINE = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
/** Begins and ends like `MINE`. */
const POISONED = '0x5aaeb6f5db3c1cda6c4cd3b3f5d79bfb09cbeaed';
/** Begins and ends like the contract of USDT. */
const LIKE_USDT = '0xdac17f958d2ee523a2216206994597c13d831ec7';
const OTHER = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';

const FORM = `<!doctype html><title>Withdraw</title>
  <form id="form" onsubmit="return false"><input id="input"><input id="second"><button id="send">Send</button></form>
  <input id="fixed" readonly><div id="editor" contenteditable><p>first</p><p>second</p></div>
  <p id="text">text</p><div id="source" draggable="true">drag me</div><div id="host"></div><dialog id="dialog"><p id="confirm"></p></dialog>`;

describe('a page', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;
  /** @type {import('puppeteer-core').Page} */
  let own;

  before(async () => {
    sites = await startSites();
    sites.serve('/', FORM);
    sites.serve('/next', '<!doctype html><title>Next</title>next');
    started = await start({ proxyPort: sites.proxyPort });
    own = await openOwn(started, 'known/known.html');
    page = await started.browser.newPage();
  });
  beforeEach(async () => {
    await evaluate(own, async () => {
      await chrome.runtime.sendMessage({ kind: 'known', change: 'forget' });
      await chrome.storage.session.clear();
    });
    await page.goto('https://www.kraken.com/');
    await page.bringToFront();
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  /** @param {string} selector */
  const value = (selector) => page.$eval(selector, (field) => /** @type {HTMLInputElement} */ (field).value);
  /** @param {string} text @param {string} [selector] */
  async function pasteText(text, selector = '#input') {
    await copy(started, text);
    await page.bringToFront();
    await page.focus(selector);
    await paste(page);
  }
  /** Copies on the page itself, as a person does. @param {string} text */
  async function copyHere(text) {
    await page.$eval('#text', (element, text) => {
      element.textContent = text;
      getSelection()?.selectAllChildren(element);
    }, text);
    await copySelected(page);
  }
  const wait = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  /** @param {RegExp} words */
  async function cautions(words) {
    const warning = await appears(page, 'warning');
    assert.equal(warning.level, 'caution');
    assert.match(warning.text, words);
    return warning;
  }
  /** How many addresses are known as the person's. @returns {Promise<number>} */
  const known = () => evaluate(own, async () => {
    /** @type {{ known?: unknown[] }} */
    const { known } = await chrome.storage.local.get('known');
    return known?.length ?? 0;
  });
  /** Loads the page of known addresses anew. */
  async function reloadOwn() {
    await evaluate(own, () => {
      document.body.dataset.old = '';
      location.reload();
    });
    const isThere = () => !('old' in document.body.dataset) && Boolean(document.querySelector('label[for=address]')?.textContent);
    await until(() => evaluate(own, isThere).catch(() => false), 'the page');
  }
  /** How many places are marked. */
  const marks = () => page.evaluate(() => [.../** @type {any} */ (CSS).highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0));

  it('marks what the page shows, in one node or in several, without changing the page', async () => {
    const html = await page.evaluate((address) => {
      const [a, b, c] = [address.slice(0, 10), address.slice(10, 20), address.slice(20)];
      /** @type {HTMLElement} */ (document.getElementById('text')).innerHTML = `to <b>${address}</b>, <span>${a}</span><i>${b}</i><!-- -->${c}, <i>${address}</i><i>0.5</i>`;
      return document.body.outerHTML;
    }, RONIN);
    const note = await appears(page, 'note');
    assert.match(note.text, /Stop: here is a thief’s address/);
    assert.match(note.text, /OFAC links this address to Lazarus Group/);
    await until(async () => (await marks()) === 3, 'three marks');
    assert.equal(await page.evaluate(() => document.body.outerHTML), html);
    assert.equal(await page.evaluate(() => { getSelection()?.selectAllChildren(document.getElementById('text') ?? document); return String(getSelection()); }), await page.$eval('#text', (text) => text.textContent));
  });

  it('marks what stands deep in a page, in a row of many, and among comments and scripts', async () => {
    await page.evaluate((address) => {
      const text = /** @type {HTMLElement} */ (document.getElementById('text'));
      for (let at = 0; at < 5000; at += 1) text.append(Object.assign(document.createElement('div'), { innerHTML: `<b>${at}</b><!-- ${address} --><i>row</i>` }));
      text.children[4321].append(address);
      text.append(Object.assign(document.createElement('script'), { type: 'text/plain', textContent: address }));
      let deepest = document.createElement('div');
      deepest.textContent = address;
      for (let at = 0; at < 60; at += 1) {
        const outer = document.createElement('div');
        outer.append(deepest);
        deepest = outer;
      }
      document.body.append(deepest);
    }, RONIN);
    await appears(page, 'note');
    await until(async () => (await marks()) === 2, 'two marks');
  });

  it('marks what the page writes piece by piece', async () => {
    await page.evaluate(async (address) => {
      const text = /** @type {HTMLElement} */ (document.getElementById('text'));
      const [spelled, joined, cut] = [0, 1, 2].map(() => text.appendChild(document.createElement('p')));
      cut.textContent = 'waiting';
      spelled.textContent = 'to ';
      await new Promise((done) => setTimeout(done, 600));
      for (const character of address) spelled.append(Object.assign(document.createElement('span'), { textContent: character }));
      for (let at = 0; at < address.length; at += 10) joined.append(address.slice(at, at + 10));
      /** @type {Text} */ (cut.firstChild).data = `${address.slice(0, 8)}…${address.slice(-6)}`;
    }, RONIN);
    await appears(page, 'note');
    await until(async () => (await marks()) === 3, 'three marks');
  });

  it('tells runs apart alike by jumps and by the expressions', async () => {
    const source = await readFile(new URL('../../extension/content/runs.js', import.meta.url), 'utf8');
    const [jumps, expressions, plain] = await page.evaluate((source) => {
      const [byJumps, byExpression] = new Function(`${source}; return [eachRunByJumps, eachRunByExpression];`)();
      const units = '09AZaz:-_ \n.,;/@[`{~\u007f\u0080\u00e9\u200b\u0430\uff21\ud83d\ude00\uffff';
      let state = 7;
      const below = (/** @type {number} */ most) => (state = (state * 48271) % 2147483647) % most;
      const texts = Array.from({ length: 400 }, (_, at) => {
        // Mostly letters, so that there are long runs, of which many are one character too short; also at the ends.
        const ends = 10 + below(40);
        return Array.from({ length: below(at < 300 ? 90 : 30_000) }, () => units[below(ends) ? below(9) : below(units.length)]).join('');
      });
      const all = (/** @type {(text: string, each: (start: number, end: number) => void) => boolean} */ each) => texts.map((text) => {
        /** @type {string[]} */
        const runs = [];
        each(text, (start, end) => void runs.push(`${start} ${end}`));
        return runs.join();
      });
      const matches = texts.map((text) => [...text.matchAll(/[0-9A-Za-z:_\-\u0080-\uffff]{25,}/g)].map((run) => `${run.index} ${run.index + run[0].length}`).join());
      return [all(byJumps), all(byExpression), matches];
    }, source);
    assert(plain.join().length > 10_000);
    assert.deepEqual(jumps, plain);
    assert.deepEqual(expressions, plain);
  });

  it('marks what stands beside very many pieces of text', async () => {
    await page.evaluate((address) => {
      const text = /** @type {HTMLElement} */ (document.getElementById('text'));
      const pieces = document.createElement('div');
      for (let at = 0; at < 250_000; at += 1) pieces.append('a');
      text.append(pieces, Object.assign(document.createElement('p'), { textContent: address }));
    }, RONIN);
    await until(async () => (await marks()) === 1, 'a mark');
  });

  it('marks what comes with more runs than are ever asked about', async () => {
    await page.evaluate((address) => {
      const flood = document.createElement('p');
      flood.append(Array.from({ length: 200_000 }, (_, at) => `x${at}`.padEnd(26, 'y')).join(' '), document.createElement('b'));
      flood.append('and more');
      document.body.append(Object.assign(document.createElement('p'), { textContent: address }), flood);
    }, RONIN);
    await until(async () => (await marks()) === 1, 'a mark');
  });

  it('lets a note give way to a warning, and brings it back', async () => {
    await page.$eval('#text', (text, address) => void (text.textContent = address), RONIN);
    await appears(page, 'note');
    await pasteText(LISTED);
    const { inside } = await appears(page, 'warning');
    await ripe(inside);
    await page.keyboard.press('Enter');
    assert.match((await appears(page, 'note')).text, /thief’s address/);
  });

  it('leaves a list of choices open beside a note', async () => {
    await page.$eval('#text', (text, address) => void (text.textContent = address), RONIN);
    await appears(page, 'note');
    await page.evaluate(() => {
      const choices = document.createElement('select');
      choices.append(new Option('Bitcoin'), new Option('Ethereum'));
      document.body.append(choices);
      choices.showPicker();
    });
    // Longer than a note goes without being judged, twice.
    await new Promise((done) => setTimeout(done, 3500));
    assert.equal(await page.$eval('select', (choices) => choices.matches(':open')), true);
  });

  it('marks what changes later, also inside a shadow root', async () => {
    await page.evaluate((address) => {
      customElements.define('an-address', class extends HTMLElement {
        connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<p>waiting</p>'; }
      });
      document.body.append(document.createElement('an-address'));
      setTimeout(() => {
        const line = document.querySelector('an-address')?.shadowRoot?.querySelector('p')?.firstChild;
        if (line) /** @type {Text} */ (line).data = address;
      }, 600);
    }, RONIN);
    await until(async () => (await marks()) === 1, 'a mark');
  });

  it('marks what a form shows whose fields are named like all that a script can ask it', async () => {
    await page.evaluate(`{ ${CLOBBERED}; document.body.append(clobbered('${RONIN}')); }`);
    await until(async () => (await marks()) === 1, 'a mark');
    await page.evaluate((address) => void document.body.append(address), LISTED);
    await until(async () => (await marks()) === 2, 'another mark');
  });

  it('marks what a page takes out of a frame, with what is in its shadow root', async () => {
    await page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = `<p>${address}<x-inner><template shadowrootmode="open"><i>inner</i></template></x-inner></p>`;
      document.body.append(frame);
    }, RONIN);
    const inFrame = () => page.frames().find((frame) => frame !== page.mainFrame())?.evaluate(() => /** @type {any} */ (CSS).highlights.size);
    await until(async () => ((await inFrame()) ?? 0) > 0, 'a mark in the frame');
    await page.evaluate(() => {
      const frame = document.querySelector('iframe');
      const text = frame?.contentDocument?.querySelector('p');
      if (text) document.body.append(text);
      frame?.remove();
    });
    await until(async () => (await marks()) === 1, 'a mark');
    await page.evaluate((address) => {
      const inner = document.querySelector('x-inner')?.shadowRoot?.querySelector('i');
      if (inner) inner.textContent = address;
    }, LISTED);
    await until(async () => (await marks()) === 2, 'a mark inside');
  });

  it('marks what a person points at while the page still loads, and what comes to be there', async () => {
    // Of a pointer that is on an element already, only moves tell of a root that it gets.
    sites.serve('/loading', `<!doctype html><title>Loading</title><section id="host" style="height: 300px"></section><script>
      const host = document.getElementById('host');
      const fill = () => (host.attachShadow({ mode: 'open' }).innerHTML = '<p style="height: 200px">${RONIN}</p>');
      host.addEventListener('pointermove', fill, { once: true });
    </script><script src="/never"></script>`);
    const loading = await started.browser.newPage();
    void loading.goto('https://www.kraken.com/loading').catch(() => {});
    await until(async () => sites.requests.includes('https://www.kraken.com/never'), 'the page loads');
    await loading.bringToFront();
    await until(async () => {
      await loading.mouse.move(50 + (Date.now() % 90), 50);
      return loading.evaluate(() => document.readyState === 'loading' && [.../** @type {any} */ (CSS.highlights.values())].length > 0);
    }, 'a mark');
    await loading.close();
    await page.bringToFront();
  });

  it('stops a person before a confirmation that shows a listed address, but no page by itself', async () => {
    const ask = () => page.evaluate((address) => {
      /** @type {HTMLElement} */ (document.getElementById('confirm')).textContent = `Send to ${address}?`;
      /** @type {HTMLDialogElement} */ (document.getElementById('dialog')).showModal();
    }, RONIN);
    await ask();
    await appears(page, 'note');
    await page.reload();
    await page.click('#second');
    await ask();
    const warning = await appears(page, 'warning');
    assert.match(warning.text, /The address in question/);
    assert.match(warning.text, /I will not send to it/);
    await page.keyboard.press('Escape');
    await disappears(page);
    assert.equal(await page.$eval('#dialog', (dialog) => /** @type {HTMLDialogElement} */ (dialog).open), true);
  });

  it('warns when another address arrives than was copied', async () => {
    await copyHere(MINE);
    await wait(200);
    await pasteText(OTHER);
    const warning = await cautions(/this is not the address that you copied/);
    assert.ok(warning.text.includes(MINE) && warning.text.includes(OTHER));
    assert.ok((await warning.inside.evaluate((root) => [...root.querySelectorAll('mark')].map((mark) => mark.textContent).join(''))).length > 40);
    await page.keyboard.press('Escape');
    await until(async () => (await value('#input')) === '', 'the address is gone');
    // The one that was copied is no surprise.
    await pasteText(MINE.toLowerCase());
    await wait(400);
    assert.equal(await shown(page), null);
  });

  for (const [ago, isTold] of /** @type {const} */ ([[50, true], [70, false]])) {
    it(`${isTold ? 'still tells of' : 'has forgotten'} what was copied ${ago} seconds ago`, async () => {
      await copyHere(MINE);
      const copied = () => evaluate(own, async () => (await chrome.storage.session.get('copied')).copied);
      await until(async () => Boolean(await copied()), 'it is remembered');
      await evaluate(own, async (ago) => {
        const { copied } = /** @type {{ copied: { at: number } }} */ (await chrome.storage.session.get('copied'));
        await chrome.storage.session.set({ copied: { ...copied, at: copied.at - 1000 * ago } });
      }, ago);
      await pasteText(OTHER);
      if (isTold) return void (await cautions(/this is not the address that you copied/));
      await until(async () => !(await copied()), 'it is kept nowhere');
      await wait(400);
      assert.equal(await shown(page), null);
    });
  }

  it('takes what the page’s own button copies for no swap', async () => {
    await copyHere(MINE);
    await wait(200);
    await page.$eval('#source', (source) => source.setAttribute('aria-label', 'Copy address'));
    await page.click('#source');
    await wait(200);
    await pasteText(OTHER);
    await wait(400);
    assert.equal(await shown(page), null);
  });

  it('takes nothing that a page sends or copies by itself for what the person uses', async () => {
    await copyHere(MINE);
    await until(async () => (await known()) === 1, 'it is known');
    await page.evaluate((address) => {
      const input = /** @type {HTMLInputElement} */ (document.getElementById('input'));
      const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
      addEventListener('click', () => {
        input.value = address;
        input.select();
        document.execCommand('copy');
        form.requestSubmit();
      });
    }, OTHER);
    await page.click('#text');
    await wait(500);
    assert.equal(await known(), 1);
    // What it put into the place of what was copied is told of.
    await page.$eval('#input', (input) => void (/** @type {HTMLInputElement} */ (input).value = ''));
    await page.focus('#input');
    await paste(page);
    const { text } = await cautions(/this is not the address that you copied/);
    assert.ok(text.includes(OTHER));
  });

  it('takes nothing for used that a page sends long after a press in its form', async () => {
    await page.click('#second');
    await wait(1200);
    await page.evaluate((address) => {
      /** @type {HTMLInputElement} */ (document.getElementById('input')).value = address;
      /** @type {HTMLFormElement} */ (document.getElementById('form')).requestSubmit();
    }, MINE);
    await wait(500);
    assert.equal(await known(), 0);
  });

  for (const [name, act] of /** @type {[string, () => Promise<void>][]} */ ([
    ['the button', () => page.click('#send')],
    ['Enter', () => page.keyboard.press('Enter')],
  ])) {
    it(`knows what the person sends by ${name}`, async () => {
      await pasteText(MINE);
      await wait(300);
      await act();
      await until(async () => (await known()) === 1, 'it is known');
    });
  }

  it('knows what the person sends in a form inside a shadow root', async () => {
    await page.evaluate(() => {
      const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      root.innerHTML = '<form onsubmit="return false"><input id="inner"><button id="go">Send</button></form>';
      root.getElementById('inner')?.focus();
    });
    await page.keyboard.type(MINE);
    await wait(300);
    await page.locator('>>> #go').click();
    await until(async () => (await known()) === 1, 'it is known');
  });

  it('warns of an address that looks like one that was copied before, until the person has compared them', async () => {
    await copyHere(MINE);
    await wait(200);
    await evaluate(own, () => chrome.storage.session.clear());
    await pasteText(POISONED);
    const { inside } = await cautions(/this looks like an address that you use, but is another/);
    assert.match(await inside.evaluate((root) => String(root.querySelector('.pair')?.textContent)), /0x5aAeb6053F…E7Ef1BeAed/);
    for (const label of ['Keep it anyway', 'Yes, keep this address']) {
      await ripe(inside);
      const asks = /Have you compared every character\?/.test((await shown(page))?.text ?? '');
      assert.equal(asks, label === 'Yes, keep this address');
      await page.keyboard.press('Tab');
      assert.equal(await inside.evaluate((root) => root.activeElement?.textContent), label);
      await page.keyboard.press('Enter');
    }
    await disappears(page);
    await until(async () => (await known()) === 2, 'it is known');
    await page.goto('https://www.kraken.com/');
    await pasteText(POISONED);
    await wait(400);
    assert.equal(await shown(page), null, 'the person’s own now');
  });

  it('takes no notice of what looks alike by what all share, is the same in another spelling, or is a well-known contract', async () => {
    await evaluate(own, async (addresses) => {
      for (const address of addresses) await chrome.runtime.sendMessage({ kind: 'known', change: 'add', address });
    }, [MINE, LIKE_USDT]);
    assert.equal(await known(), 2);
    const contract = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
    for (const address of [MINE.toUpperCase().replace('0X', '0x'), OTHER, contract]) {
      await page.goto('https://www.kraken.com/');
      await pasteText(address);
      await wait(400);
      assert.equal(await shown(page), null, address);
    }
    await page.$eval('#text', (text, both) => void (text.innerHTML = both.map((address) => `<p>${address}</p>`).join('')), [LIKE_USDT, contract]);
    await wait(1000);
    assert.equal(await shown(page), null);
    assert.equal(await marks(), 0);
  });

  it('marks two addresses of a page that look alike, and calls neither genuine', async () => {
    await page.$eval('#text', (text, addresses) => void (text.innerHTML = addresses.map((address) => `<p>${address}</p>`).join('')), [MINE, OTHER, POISONED]);
    const note = await appears(page, 'note');
    assert.match(note.text, /two addresses on this page look alike/);
    assert.match(note.text, /neither is known to be the right one/);
    await until(async () => (await marks()) === 2, 'both are marked');
  });

  it('marks an address of a page that looks like one that the person uses', async () => {
    await evaluate(own, (address) => chrome.runtime.sendMessage({ kind: 'known', change: 'add', address }), MINE);
    await page.$eval('#text', (text, both) => void (text.innerHTML = both.map((address) => `<p>${address}</p>`).join('')), [OTHER, POISONED]);
    const shows = new RegExp(`looks like an address that you use, but is another.*0x5aAeb6053F…E7Ef1BeAed\\n(.*)\\n${POISONED}`, 's');
    assert.equal(shows.exec((await appears(page, 'note')).text)?.[1], 'On this page');
    await until(async () => (await marks()) === 1, 'it is marked');
    const told = await evaluate(own, async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://www.kraken.com/*' });
      return (await chrome.tabs.sendMessage(Number(tab.id), { kind: 'showing' }, { frameId: 0 })).told;
    });
    assert.deepEqual(told.map((/** @type {any} */ one) => [one.address, /looks like an address that you use/.test(one.sentence)]), [[POISONED, true]]);
    // What the page shows is told of once, so only what is copied brings another note.
    await copyHere(POISONED);
    await until(async () => shows.exec((await shown(page))?.text ?? '')?.[1] === 'What you copied', 'what was copied');
  });

  it('keeps of addresses only ends and salted hashes, and forgets them', async () => {
    await copyHere(MINE);
    await until(async () => (await known()) === 1, 'it is known');
    const kept = JSON.stringify(await evaluate(own, () => chrome.storage.local.get(null)));
    assert.ok(!kept.toLowerCase().includes(MINE.slice(14, -10).toLowerCase()), 'the middle is nowhere');
    await own.bringToFront();
    await evaluate(own, () => location.reload());
    const listed = await until(() => evaluate(own, () => document.querySelector('#known code')?.textContent).catch(() => ''), 'the list');
    assert.equal(listed, '0x5aAeb6053F…E7Ef1BeAed');
    await evaluate(own, () => document.getElementById('clear')?.click());
    await until(async () => (await known()) === 0, 'it is forgotten');
  });

  it('says in the toolbar what is of concern, and nothing milder once something is listed', async () => {
    const badge = () => evaluate(own, async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://www.kraken.com/*' });
      return [await chrome.action.getBadgeText({ tabId: tab.id }), await chrome.action.getTitle({ tabId: tab.id })];
    });
    assert.deepEqual(await badge(), ['', 'Taintwatch']);
    await copyHere(MINE);
    await wait(200);
    await pasteText(OTHER);
    await cautions(/this is not the address that you copied/);
    assert.deepEqual(await badge(), ['!', 'An address on this page is not the one that it looks like']);
    await page.keyboard.press('Escape');
    await disappears(page);
    await page.$eval('#text', (text, address) => void (text.textContent = address), LISTED);
    await until(async () => (await badge())[1] === 'An address on this page is linked to an attacker', 'what is listed');
    await copyHere(MINE);
    await wait(200);
    await pasteText(OTHER, '#second');
    await cautions(/this is not the address that you copied/);
    await wait(300);
    assert.equal((await badge())[1], 'An address on this page is linked to an attacker');
  });

  it('lists what is known, takes what is added but nothing that is listed, and forgets one', async () => {
    await reloadOwn();
    const rows = () => evaluate(own, () => [...document.querySelectorAll('#known li')].map((row) => [row.querySelector('code')?.textContent, /added|copied/.exec(row.querySelector('small')?.textContent ?? '')].join(': ')));
    const said = () => evaluate(own, () => document.getElementById('said')?.textContent ?? '');
    /** @param {string} address @param {RegExp} answer */
    const add = async (address, answer) => {
      await evaluate(own, (address) => {
        /** @type {HTMLInputElement} */ (document.querySelector('#address')).value = address;
        /** @type {HTMLFormElement} */ (document.querySelector('#form')).requestSubmit();
      }, address);
      await until(async () => answer.test(await said()), String(answer));
    };
    await add(RONIN, /^It was not added\. .*links this address to/);
    await add(MINE.slice(0, -1), /^It was not added\. .*has 41 characters/);
    assert.deepEqual(await rows(), []);
    await add('aurora.near', /^aurora\.near is known/);
    await add(MINE, /^0x5aAe.* is known/);
    await page.bringToFront();
    // What was added by hand stays so, whatever the person does with it.
    await copyHere(MINE);
    await copyHere(OTHER);
    await until(async () => (await known()) === 3, 'it is known');
    await reloadOwn();
    await until(async () => (await rows()).length === 3, 'the list');
    assert.deepEqual(await rows(), ['0xfB6916095c…4c37c5d359: copied', '0x5aAeb6053F…E7Ef1BeAed: added', 'aurora.near: added']);
    await evaluate(own, () => document.getElementById('off')?.click());
    await until(() => evaluate(own, async () => (await chrome.storage.local.get('isOff')).isOff === true), 'it is off');
    await evaluate(own, () => /** @type {HTMLElement | null} */ (document.querySelector('#known li button'))?.click());
    await until(async () => (await rows()).length === 2, 'one is forgotten');
    await copyHere(OTHER);
    await wait(500);
    assert.equal(await known(), 2);
    await add(OTHER, /^0xfB69.* is known/);
    assert.equal(await known(), 3);
    await evaluate(own, () => document.getElementById('off')?.click());
    await until(() => evaluate(own, async () => (await chrome.storage.local.get('isOff')).isOff === false), 'it is on again');
  });

  it('keeps the last 500 of what is copied, and what was added by hand beside them', async () => {
    const copied = (/** @type {number} */ at) => ({ hash: String(at), ends: '0x…', chain: 'Ethereum', origin: 'copied', date: '2026-01-01' });
    await evaluate(own, async (mine, others) => {
      await chrome.runtime.sendMessage({ kind: 'known', change: 'add', address: mine });
      const { known } = await chrome.storage.local.get(['known']);
      await chrome.storage.local.set({ known: [.../** @type {any[]} */ (known), ...others] });
    }, MINE, Array.from({ length: 500 }, (_, at) => copied(at)));
    await page.bringToFront();
    await copyHere(OTHER);
    await until(async () => JSON.stringify(await evaluate(own, () => chrome.storage.local.get('known'))).includes(OTHER.slice(-10)), 'it is known');
    const kept = await evaluate(own, async () => {
      const { known } = /** @type {{ known: any[] }} */ (await chrome.storage.local.get(['known']));
      return known.map(({ hash, origin }) => (hash.length > 3 ? origin : hash));
    });
    assert.deepEqual(kept, ['added', ...Array.from({ length: 499 }, (_, at) => String(at + 1)), 'copied']);
  });

  it('knows again what the very first messages, at once, have made known', async () => {
    const kept = await evaluate(own, async (address) => {
      const add = () => chrome.runtime.sendMessage({ kind: 'known', change: 'add', address });
      const counts = [];
      for (let round = 0; round < 10; round += 1) {
        await chrome.storage.local.remove(['salt', 'known']);
        const pasted = { kind: 'screen', questions: [{ texts: [address], way: 'pasted' }] };
        await Promise.all([add(), ...[1, 2, 3].map(() => chrome.runtime.sendMessage(pasted))]);
        counts.push((await add()).known.length);
      }
      return counts;
    }, MINE);
    assert.deepEqual(kept, Array(10).fill(1));
  });

  it('only tells of what is listed where the person chose that, in two steps, in whatever spelling, until it is forgotten', async () => {
    await reloadOwn();
    /** What is offered. @param {string} [press] a button to press before */
    const offered = (press) => evaluate(own, (press) => {
      if (press) document.getElementById(press)?.click();
      return ['allow', 'back', 'yes'].filter((id) => document.getElementById(id)?.checkVisibility());
    }, press);
    const add = (/** @type {string} */ address) => evaluate(own, (address) => {
      /** @type {HTMLInputElement} */ (document.querySelector('#address')).value = address;
      /** @type {HTMLFormElement} */ (document.querySelector('#form')).requestSubmit();
    }, address);
    // One typing error away from a listed one, it stands for nothing that could be allowed.
    await add(`${LISTED.slice(0, -1)}H`);
    await until(() => evaluate(own, () => /mistyped/.test(document.getElementById('said')?.textContent ?? '')), 'it is said');
    assert.deepEqual(await offered(), []);
    await add(RONIN);
    await until(async () => (await offered()).join() === 'allow', 'it is offered');
    assert.equal(await known(), 0);
    assert.deepEqual(await offered('allow'), ['back', 'yes']);
    assert.deepEqual(await offered('back'), ['allow']);
    await offered('allow');
    await offered('yes');
    await until(() => evaluate(own, () => /You are not stopped for 0x098B/.test(document.getElementById('said')?.textContent ?? '')), 'it is said');
    assert.deepEqual(await offered(), []);
    assert.match(await evaluate(own, () => document.querySelector('#known li')?.textContent ?? ''), /0x098B716B8A…e2383E2f96.*listed; you are not stopped/);
    await page.bringToFront();
    await page.$eval('#text', (text, address) => void (text.textContent = address), RONIN);
    for (const address of [RONIN, 'TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB']) {
      await pasteText(address);
      const note = await appears(page, 'note');
      assert.match(note.text, /Worth knowing .*links this address to Lazarus Group.*You chose not to be stopped for it\./s);
      await page.$eval('#input', (input) => void (/** @type {HTMLInputElement} */ (input).value = ''));
    }
    assert.equal(await marks(), 0);
    await pasteText(LISTED);
    await appears(page, 'warning');
    await page.keyboard.press('Escape');
    // The note comes back.
    await appears(page, 'note');
    await evaluate(own, () => /** @type {HTMLElement | null} */ (document.querySelector('#known li button'))?.click());
    await until(async () => (await known()) === 0, 'it is forgotten');
    await pasteText(RONIN);
    assert.equal((await appears(page, 'warning')).level, 'danger');
  });

  it('warns after the page threw its document away', async () => {
    await page.evaluate(() => {
      document.open();
      document.write('<!doctype html><title>Anew</title><input id="input">');
      document.close();
    });
    await pasteText(LISTED);
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
  });

  it('warns after the page threw its document away while it was read', async () => {
    const anew = `<!doctype html><title>Anew</title><input id="input"><p>${RONIN}</p>`;
    sites.serve('/read', `<!doctype html><title>Read</title><script>
      setTimeout(() => { document.open(); document.write(${JSON.stringify(anew)}); document.close(); }, 300);
    </script><script src="/never"></script>`);
    void page.goto('https://www.kraken.com/read').catch(() => {});
    await until(() => page.title().then((title) => title === 'Anew', () => false), 'the new document');
    assert.match((await appears(page, 'note')).text, /0x098B/);
    await pasteText(LISTED);
    assert.equal((await appears(page, 'warning')).address, LISTED);
  });

  // The last one: Firefox's driver loses its hold on a tab that comes back.
  it('warns in a page that comes back from the cache of visited pages', async () => {
    await page.focus('#input');
    await page.goto('https://www.kraken.com/next');
    await page.evaluate(() => setTimeout(() => history.back()));
    await until(() => page.title().then((title) => title === 'Withdraw', () => false), 'the page');
    await pasteText(LISTED);
    assert.equal((await appears(page, 'warning')).address, LISTED);
    await page.keyboard.press('Escape');
    await disappears(page);
  });
});

describe('a page that nobody here wrote', () => {
  it('the test dapp of MetaMask is warned in', async (test) => {
    const folder = new URL('../../node_modules/@metamask/test-dapp/dist/', import.meta.url);
    const sites = await startSites();
    for (const name of ['index.html', 'request.html', 'index.css', 'main.js', '917.js', '940.js', 'request.js', 'constants.json']) {
      const type = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json' }[name.split('.')[1]] ?? '';
      sites.serve(`/${name}`, await readFile(new URL(name, folder), 'utf8'), { 'content-type': type });
    }
    const started = await start({ proxyPort: sites.proxyPort });
    test.after(async () => {
      await started.close();
      await sites.close();
    });
    const page = await started.browser.newPage();
    await page.goto('https://app.uniswap.org/index.html');
    const fields = await page.$$eval('input', (inputs) => inputs.filter((input) => ['text', ''].includes(input.type) && input.offsetParent && !input.disabled && !input.readOnly).map((input) => input.id));
    assert.ok(fields.length >= 3, `its forms have fields: ${fields}`);
    await copy(started, RONIN);
    for (const id of fields.filter(Boolean).slice(0, 6)) {
      await page.bringToFront();
      await page.$eval(`#${id}`, (input) => {
        input.scrollIntoView();
        /** @type {HTMLInputElement} */ (input).value = '';
        /** @type {HTMLElement} */ (input).focus();
      });
      await paste(page);
      const warning = await appears(page, 'warning');
      assert.equal(warning.address, RONIN);
      await page.keyboard.press('Escape');
      await disappears(page);
      assert.equal(await page.$eval(`#${id}`, (input) => /** @type {HTMLInputElement} */ (input).value), '', id);
    }
  });
});
