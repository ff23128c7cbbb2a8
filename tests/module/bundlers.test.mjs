// @ts-check
// The README's lines and the examples, as Vite, webpack and esbuild build them and as they are without a bundler, in a
// real browser under the strictest policy; and the payment gateway in Node.js.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';
import { LISTED, ROOT, consumer, readmeLines, run, serve } from './consumer.mjs';

const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>waiting</title><script type="module" src="./main.js"></script></head><body></body></html>';
const TELL = "\ndocument.title = `${outcome.level} by ${outcome.matches[0].source.publisher}`;\n";
const MODULES = join(ROOT, 'node_modules');

describe('the module in a browser', () => {
  /** @type {import('puppeteer-core').Browser} */
  let browser;
  /** @type {(() => unknown)[]} */
  const undo = [];

  before(async () => {
    const name = process.env.TAINTWATCH_BROWSER === 'firefox' ? 'firefox' : 'chrome';
    const args = name === 'chrome' ? ['--no-sandbox', '--disable-background-networking', '--no-first-run'] : [];
    browser = await puppeteer.launch({ browser: name, executablePath: process.env.TAINTWATCH_BROWSER_PATH, args });
  });
  after(async () => {
    await browser?.close();
    for (const each of undo) await each();
  });

  /** @param {Parameters<typeof consumer>[0]} [options] */
  function fresh(options) {
    const made = consumer(options);
    undo.push(made.remove);
    return made;
  }

  /** @param {string} folder */
  async function open(folder) {
    const server = await serve(folder);
    undo.push(server.close);
    const page = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(server.url);
    return { page, errors };
  }

  /** @param {string} folder */
  async function tells(folder) {
    const { page, errors } = await open(folder);
    await page.waitForFunction(() => document.title !== 'waiting', { timeout: 10_000 }).catch(() => assert.fail(errors.join('\n') || 'nothing came'));
    assert.equal(await page.title(), 'danger by FBI');
    await page.close();
  }

  it('works as Vite builds it', async () => {
    const { folder, write } = fresh();
    write('index.html', PAGE);
    write('main.js', readmeLines() + TELL);
    run(folder, process.execPath, join(MODULES, 'vite/bin/vite.js'), 'build', '--base', './', '--target', 'es2022');
    await tells(join(folder, 'dist'));
  });

  it('works as webpack builds it', async () => {
    const { folder, write } = fresh();
    write('main.js', readmeLines() + TELL);
    const { default: webpack } = await import('webpack');
    await new Promise((resolve, reject) => {
      webpack({ context: folder, mode: 'production', entry: './main.js', output: { path: join(folder, 'dist'), filename: 'main.js', publicPath: './' } },
        (error, stats) => (error || stats?.hasErrors() ? reject(error ?? stats?.toString()) : resolve(null)));
    });
    cpSync(join(folder, 'dist'), join(folder, 'out'), { recursive: true });
    write('out/index.html', PAGE);
    await tells(join(folder, 'out'));
  });

  it('works as esbuild builds it', async () => {
    const { folder, write } = fresh();
    write('main.js', readmeLines().replace('load()', "load({ wasm: 'taintwatch_bg.wasm', builtin: 'builtin.tws' })") + TELL);
    run(folder, join(MODULES, '.bin/esbuild'), 'main.js', '--bundle', '--format=esm', '--outfile=out/main.js');
    cpSync(join(folder, 'node_modules/taintwatch/core/taintwatch_bg.wasm'), join(folder, 'out/taintwatch_bg.wasm'));
    cpSync(join(folder, 'node_modules/taintwatch/builtin.tws'), join(folder, 'out/builtin.tws'));
    write('out/index.html', PAGE);
    await tells(join(folder, 'out'));
  });

  it('works in a worker', async () => {
    const { folder, write } = fresh();
    mkdirSync(join(folder, 'out'));
    cpSync(join(folder, 'node_modules/taintwatch'), join(folder, 'out/taintwatch'), { recursive: true });
    write('out/index.html', PAGE);
    write('out/main.js', "const worker = new Worker('./worker.js', { type: 'module' }); worker.onmessage = ({ data }) => { document.title = data; };");
    write('out/worker.js', `${readmeLines().replace("'taintwatch'", "'./taintwatch/worker.js'")}\npostMessage(outcome.level + ' by ' + outcome.matches[0].source.publisher);`);
    await tells(join(folder, 'out'));
  });

  it('the example in plain HTML holds back what is listed', async () => {
    const { folder } = fresh({ example: 'plain-html' });
    cpSync(join(folder, 'node_modules/taintwatch'), join(folder, 'taintwatch'), { recursive: true });
    const { page, errors } = await open(folder);
    await page.waitForSelector('html[data-ready]', { timeout: 10_000 }).catch(() => assert.fail(errors.join('\n')));
    await drive(page);
  });

  it('the example in React with Vite holds back what is listed', async () => {
    const { folder } = fresh({ example: 'react-vite', beside: ['react', 'react-dom', 'scheduler'] });
    run(folder, process.execPath, join(MODULES, 'vite/bin/vite.js'), 'build');
    const { page, errors } = await open(join(folder, 'dist'));
    await page.waitForSelector('#destination', { timeout: 10_000 }).catch(() => assert.fail(errors.join('\n')));
    await drive(page);
  });

  /** Types a listed address and a clean one, and sends. @param {import('puppeteer-core').Page} page */
  async function drive(page) {
    const isDisabled = () => page.$eval('#send', (button) => /** @type {HTMLButtonElement} */ (button).disabled);
    await page.focus('#destination');
    await page.keyboard.type(LISTED);
    await page.waitForSelector('#verdict[data-level="danger"]');
    assert.match(await page.$eval('#verdict', (verdict) => String(verdict.textContent)), /Do not send: .*Lazarus Group/);
    assert.equal(await isDisabled(), true);
    for (const _ of LISTED) await page.keyboard.press('Backspace');
    await page.keyboard.type(CLEAN);
    await page.waitForSelector('#verdict[data-level="none"]');
    assert.equal(await isDisabled(), false);
    await page.click('#send');
    await page.waitForFunction(() => document.body.textContent?.includes('Sent.'));
    await page.close();
  }
});

describe('the payment gateway', () => {
  it('refuses what is listed, holds what is doubtful, and sends the rest', async (test) => {
    const { folder, remove } = consumer({ example: 'payment-gateway' });
    const server = spawn(process.execPath, ['server.js'], { cwd: folder, env: { ...process.env, PORT: '0' } });
    test.after(() => {
      server.kill();
      remove();
    });
    const port = await new Promise((resolve) => server.stdout.on('data', (text) => {
      const found = String(text).match(/listening on (\d+)/);
      if (found) resolve(found[1]);
    }));
    /** @param {unknown} payout */
    const post = async (payout) => {
      const answer = await fetch(`http://127.0.0.1:${port}/payouts`, { method: 'POST', body: typeof payout === 'string' ? payout : JSON.stringify(payout) });
      return { status: answer.status, body: await answer.json() };
    };
    const listed = await post({ address: LISTED, amount: '0.1', chain: 'BTC' });
    assert.deepEqual([listed.status, listed.body.matches[0].actor], [403, 'lazarus-group']);
    const sameKey = await post({ address: 'TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB', amount: '5', chain: 'TRX' });
    assert.deepEqual([sameKey.status, sameKey.body.matches[0].incident], [403, '2022-03-ronin']);
    const clean = await post({ address: CLEAN, amount: '0.1', chain: 'BTC' });
    assert.equal(clean.status, 202);
    assert.match(clean.body.transaction, /^[0-9a-f-]{36}$/);
    for (const address of [`${CLEAN.slice(0, -1)}b`, 'vitalik.eth']) assert.equal((await post({ address, amount: '1', chain: 'BTC' })).status, 409, address);
    assert.equal((await post({ address: CLEAN, amount: '1', chain: 'ETH' })).status, 409, 'of another network');
    for (const bad of ['{', '[]', { address: CLEAN }, { address: CLEAN, amount: '1', chain: 'NOCOIN' }, 'x'.repeat(20_000)]) {
      assert.equal((await post(bad)).status, 400, JSON.stringify(bad).slice(0, 40));
    }
    const held = await (await fetch(`http://127.0.0.1:${port}/held`)).json();
    assert.equal(held.length, 3);
  });
});
