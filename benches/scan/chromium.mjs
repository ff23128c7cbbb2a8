// @ts-check
// The same measurement on a page in Chromium, with the module as it is built.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import puppeteer from 'puppeteer-core';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
});

/** @returns {Promise<string[]>} lines of tables */
export async function inChromium() {
  const root = new URL('../../', import.meta.url);
  const server = createServer(async (request, response) => {
    try {
      const path = new URL(`.${request.url}`, root);
      const content = await readFile(path);
      response.writeHead(200, { 'content-type': TYPES[extname(path.pathname)] ?? 'text/plain' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const browser = await puppeteer.launch({
    executablePath: process.env.TAINTWATCH_BROWSER_PATH,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    protocolTimeout: 600_000,
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${address.port}/benches/scan/page.html`);
    const done = await page.waitForFunction('globalThis.measured', { timeout: 600_000 });
    const lines = /** @type {string[]} */ (await done.jsonValue());
    return [`\n${await browser.version()}\n`, ...lines];
  } finally {
    await browser.close();
    server.close();
  }
}
