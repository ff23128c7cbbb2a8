// @ts-check
// Lists that a person adds: proved when they arrive, asked beside the built-in one, kept while the background is stopped.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { hex, random } from '../../benches/set/identities.mjs';
import { IMPATIENT, startedAt, stopBackground } from './background.mjs';
import { choose, copy, evaluate, openOwn, paste, start, until } from './browser.mjs';
import { appears, disappears, press } from './inside.mjs';
import { startSites } from './sites.mjs';

const CLEAN = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const DISPUTE = 'https://lists.example/mistakes';
/** So many identities are more than is held in memory. */
const MANY = 400_000;

describe('lists that a person adds', () => {
  /** @type {string} */
  let folder;
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;
  /** @type {import('puppeteer-core').Page} */
  let page;
  const keys = random(MANY, 11);
  const listed = hex(keys, 123_456);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taintwatch-sets-'));
    const rows = Array.from({ length: MANY }, (_, at) => `${hex(keys, at)},ETH,${at % 100 === 56 ? 2 : ''}\n`);
    await compile('large', '2026-01-31', rows.join(''));
    await compile('small', '2026-01-31', `${listed},ETH,\n`);
    await compile('builtin', '2026-01-31', `${listed},ETH,\n`);
    sites = await startSites();
    sites.serve('/', '<!doctype html><title>Withdraw</title><input id="input">', { 'content-security-policy': "default-src 'none'" });
    started = await start({ proxyPort: sites.proxyPort, prefs: IMPATIENT });
    page = await openOwn(started, 'sets/sets.html');
  });
  after(async () => {
    await started?.close();
    await sites?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** @param {string} id @param {string} date @param {string} rows */
  async function compile(id, date, rows) {
    await writeFile(join(folder, `${id}.csv`), `address,network,hops\n${rows}`);
    const title = `The ${id} list`;
    const dispute = id === 'large' ? ['--dispute', DISPUTE] : [];
    const said = [...dispute, '--label', 'a cluster', '--source-title', 'A report', '--confidence', 'authority_data'];
    const arguments_ = ['compile', `${id}.csv`, '--out', `${id}.tws`, '--id', id, '--title', title, '--date', date, ...said];
    execFileSync(String(process.env.TAINTWATCH_TOOL), arguments_, { cwd: folder });
  }

  /** Chooses a file and waits for what is said of it. @param {string} name */
  async function add(name) {
    await page.bringToFront();
    await evaluate(page, () => document.getElementById('said')?.replaceChildren());
    await choose(page, '#file', join(folder, name));
    return until(() => evaluate(page, () => document.getElementById('said')?.innerText), `what is said of ${name}`, 30_000);
  }

  /** @param {string} address */
  const check = (address) => evaluate(page, async (address) => (await chrome.runtime.sendMessage({ kind: 'check', address })).outcome, address);
  const titles = () => evaluate(page, () => [...document.querySelectorAll('#sets strong')].map((title) => title.textContent));

  it('asks a list of 400,000 addresses from where it is stored', async () => {
    assert.equal((await check(listed)).level, 'none');
    assert.match(await add('large.tws'), /“The large list” is now asked \(addresses in it: 400,000\)/);
    assert.deepEqual(await titles(), ['Taintwatch built-in set', 'The large list']);
    assert.deepEqual(await evaluate(page, () => [...document.querySelectorAll('#sets a')].map((link) => link.getAttribute('href'))), [DISPUTE]);
    const outcome = await check(listed);
    assert.equal(outcome.level, 'caution');
    assert.deepEqual([outcome.matches[0].set, outcome.matches[0].hops], ['large', 2]);
    const clean = await check(CLEAN);
    assert.equal(clean.level, 'none');
    assert.deepEqual(clean.asked.map((/** @type {any} */ set) => set.id), ['builtin', 'large']);
    const others = random(100, 12);
    for (let at = 0; at < 100; at += 1) {
      assert.equal((await check(hex(keys, at * 3999))).matches.length, 1, `the listed one ${at}`);
      assert.equal((await check(hex(others, at))).level, 'none', `the other ${at}`);
    }
    const status = await evaluate(page, () => chrome.runtime.sendMessage({ kind: 'status' }));
    assert(status.memory < 3_000_000, `${status.memory} bytes of a list of 4.8 MB are not where it is stored`);
    // The built-in list is still asked.
    assert.equal((await check('3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG')).matches[0].set, 'builtin');
  });

  it('warns on a page, also after the background was stopped', async () => {
    const form = await started.browser.newPage();
    await form.goto('https://www.kraken.com/');
    const first = await startedAt(started);
    await stopBackground(started);
    await copy(started, listed);
    await form.bringToFront();
    await form.focus('#input');
    await paste(form);
    const warning = await appears(form, 'warning');
    assert.equal(warning.level, 'caution');
    assert.match(warning.text, /A report links this address to: a cluster/);
    assert.match(warning.text, /The large list of 2026-01-31 \(addresses: 400,000\)/);
    assert.match(warning.text, /2 transfers away from the theft/);
    const link = await warning.inside.evaluate((root) => {
      const { href, target, rel, textContent } = [...root.querySelectorAll('a')].at(-1) ?? {};
      return { href, target, rel, textContent };
    });
    const words = 'Listed by mistake? Tell the publisher of “The large list”.';
    // The address is not told along.
    assert.deepEqual(link, { href: DISPUTE, target: '_blank', rel: 'noopener noreferrer', textContent: words });
    assert.notEqual(await startedAt(started), first);
    await form.close();
  });

  it('refuses what is damaged, cut off, no list, older or not what it calls itself', async () => {
    const bytes = await readFile(join(folder, 'large.tws'));
    const flipped = Uint8Array.from(bytes);
    flipped[4_000_000] ^= 1;
    await compile('older', '2025-01-31', `${listed},ETH,\n`);
    execFileSync(String(process.env.TAINTWATCH_TOOL), [
      'compile', 'older.csv', '--out', 'older.tws', '--id', 'large', '--date', '2025-01-31', '--label', 'x', '--source-title', 'x',
    ], { cwd: folder });
    for (const [name, content, reason] of /** @type {const} */ ([
      ['flipped.tws', flipped, /damaged/],
      ['cut.tws', bytes.subarray(0, 3_000_000), /should be \d+ bytes long but is 3000000/],
      ['none.tws', Buffer.from('PK'), /not a Taintwatch set/],
      ['older.tws', null, /is of 2025-01-31, older than the one of 2026-01-31/],
      ['builtin.tws', null, /calls itself like the list that comes with/],
    ])) {
      if (content) await writeFile(join(folder, name), content);
      assert.match(await add(name), reason);
    }
    assert.deepEqual(await titles(), ['Taintwatch built-in set', 'The large list']);
    assert.equal((await check(listed)).matches[0].set, 'large');
  });

  it('holds a small list in memory, beside the large one', async () => {
    assert.match(await add('small.tws'), /“The small list” is now asked \(addresses in it: 1\)/);
    const outcome = await check(listed);
    assert.deepEqual(outcome.matches.map((/** @type {any} */ match) => match.set).sort(), ['large', 'small']);
    assert.equal(outcome.level, 'danger');
    // What is not shown whole is compared where the list can tell its addresses.
    const cut = await check(`${listed.slice(0, 8)}…${listed.slice(-6)}`);
    assert.deepEqual([cut.level, cut.matches[0].set], ['caution', 'small']);
  });

  it('tells of a list that can no longer be read, and lets it be removed', async () => {
    await evaluate(page, async () => {
      const { keepSet } = await import(chrome.runtime.getURL('background/store.js'));
      await keepSet({ id: 'spoiled', date: '2026-01-01', head: new Uint8Array(3), blob: new Blob(['PK']) });
      await chrome.runtime.sendMessage({ kind: 'sets' });
      location.reload();
    });
    const banner = await until(
      () => evaluate(page, () => document.querySelector('.banner.danger:not([hidden])')?.textContent).catch(() => ''),
      'the banner',
    );
    assert.match(banner, /The list “spoiled” cannot be asked: this is not a Taintwatch set/);
    assert.equal((await check(listed)).matches.length, 2);
    const badge = () => evaluate(page, async () => [await chrome.action.getBadgeText({}), await chrome.action.getTitle({})]);
    assert.deepEqual(await badge(), ['!', 'A list cannot be asked']);
    await until(() => evaluate(page, () => {
      const button = /** @type {HTMLElement | null} */ (document.querySelector('button[aria-label*="spoiled"]'));
      button?.click();
      return Boolean(button);
    }), 'its button');
    await until(() => evaluate(page, () => document.querySelector('#banner')?.hasAttribute('hidden')), 'the banner is gone');
    assert.deepEqual(await badge(), ['', 'Taintwatch']);
  });

  it('keeps the warning, the note and the page in their place, however long a text a list has', async () => {
    await writeFile(join(folder, 'long.csv'), `address,network\n${CLEAN},ETH\n`);
    const [title, label] = ['t', 'l'].map((letter) => letter.repeat(16_000));
    execFileSync(String(process.env.TAINTWATCH_TOOL), [
      'compile', 'long.csv', '--out', 'long.tws', '--id', 'long', '--title', title, '--date', '2026-01-31', '--label', label, '--source-title', label,
      '--source-publisher', label, '--confidence', 'authority_data', '--dispute', DISPUTE,
    ], { cwd: folder });
    assert.match(await add('long.tws'), /is now asked/);
    assert(await evaluate(page, () => document.documentElement.scrollWidth <= innerWidth), 'the page is no wider than its window');
    sites.serve('/long', `<!doctype html><title>Withdraw</title><input id="input"><p>${CLEAN}</p>`);
    const form = await started.browser.newPage();
    await form.goto('https://www.kraken.com/long');
    await form.bringToFront();
    /** Which of its buttons are not in the window. @param {import('./inside.mjs').Inside} inside */
    const outside = (inside) => inside.evaluate((root) => [...root.querySelectorAll('button')]
      .filter((button) => button.checkVisibility())
      .filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
      })
      .map((button) => button.textContent));
    const note = await appears(form, 'note');
    assert.deepEqual(await outside(note.inside), []);
    await press(form, note.inside, 'Close');
    await disappears(form);
    await copy(started, CLEAN);
    await form.bringToFront();
    await form.focus('#input');
    await paste(form);
    const { inside } = await appears(form, 'warning');
    assert.deepEqual(await outside(inside), []);
    assert(await inside.evaluate((root) => {
      const card = /** @type {Element} */ (root.querySelector('.card'));
      return card.scrollWidth <= card.clientWidth;
    }), 'the card is no wider than its place');
    await wait(400);
    await press(form, inside, 'Remove the address');
    await disappears(form);
    assert.equal(await form.$eval('#input', (input) => /** @type {HTMLInputElement} */ (input).value), '');
    await form.close();
    await evaluate(page, () => /** @type {HTMLElement} */ (document.querySelector('button[aria-label*="tttt"]')).click());
    await until(async () => (await titles()).length === 3, 'it is gone');
  });

  it('asks no more what was removed', async () => {
    for (const title of ['The large list', 'The small list']) {
      await evaluate(page, (title) => {
        /** @type {HTMLElement} */ (document.querySelector(`button[aria-label*="${title}"]`)).click();
      }, title);
      await until(async () => !(await titles()).includes(title), `${title} is gone`);
    }
    const outcome = await check(listed);
    assert.deepEqual([outcome.level, outcome.asked.length], ['none', 1]);
  });
});
