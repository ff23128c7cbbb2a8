// @ts-check
// Real host names, served from this machine: a proxy that takes every connection of the browser
// to one https server, and writes down each, so that a test can tell what was sent and by whom.

import { createServer as createProxy } from 'node:http';
import { createServer as createSite } from 'node:https';
import { connect } from 'node:net';
import { pipeline } from 'node:stream';
import selfsigned from 'selfsigned';

/**
 * @typedef {object} Sites
 * @property {number} proxyPort
 * @property {string[]} connections every `host:port` that the browser wanted to reach
 * @property {string[]} requests every `https://host/path` that it asked for
 * @property {(path: string, body: string, headers?: Record<string, string>) => void} serve sets a page, on every host
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Sites>} */
export async function startSites() {
  const certificate = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  /** @type {Map<string, { body: string, headers: Record<string, string> }>} */
  const pages = new Map();
  /** @type {string[]} */
  const connections = [];
  /** @type {string[]} */
  const requests = [];

  const site = createSite({ key: certificate.private, cert: certificate.cert }, (request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    requests.push(url.href);
    const page = pages.get(url.pathname);
    // What never comes keeps the page loading.
    if (url.pathname === '/never') return;
    if (!page) {
      response.writeHead(url.pathname === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.body);
  });
  const sitePort = await listen(site);

  const proxy = createProxy((request, response) => {
    // Plain http, which no page here uses.
    const { hostname, port } = new URL(String(request.url));
    connections.push(`${hostname}:${port || 80}`);
    response.writeHead(502).end();
  });
  // A server forgets what it handed over, yet waits for it when it closes.
  /** @type {Set<import('node:stream').Duplex>} */
  const tunnels = new Set();
  proxy.on('connect', (request, client, head) => {
    connections.push(String(request.url));
    tunnels.add(client);
    client.on('close', () => tunnels.delete(client));
    client.on('error', () => {});
    const server = connect(sitePort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.write(head);
      pipeline(client, server, client, () => {});
    });
    server.on('error', () => client.destroy());
    client.on('close', () => server.destroy());
  });
  const proxyPort = await listen(proxy);

  return {
    proxyPort,
    connections,
    requests,
    serve: (path, body, headers = {}) => pages.set(path, { body, headers }),
    async close() {
      for (const client of tunnels) client.destroy();
      proxy.closeAllConnections();
      site.closeAllConnections();
      await Promise.all([proxy, site].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

/**
 * @param {import('node:net').Server} server
 * @returns {Promise<number>} the free port that it listens on
 */
function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
  });
}
