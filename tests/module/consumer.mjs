// @ts-check
// A fresh folder with the packed module installed in it, as a wallet developer has it, and a server for what is built there.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';

/** What the README calls the strictest policy. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'";

/** @param {string} folder @param {string} program @param {string[]} given */
export function run(folder, program, ...given) {
  return execFileSync(program, given, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * @param {object} [options]
 * @param {string} [options.example] a folder of `pkg/examples` to begin with
 * @param {string[]} [options.beside] packages that are there already
 */
export function consumer({ example, beside = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'taintwatch-module-'));
  if (example) cpSync(join(ROOT, 'pkg/examples', example), folder, { recursive: true });
  // What the registry would give is here already.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const [packed] = JSON.parse(run(join(ROOT, 'pkg'), 'npm', 'pack', '--json', '--pack-destination', folder));
  run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', join(folder, packed.filename));
  for (const name of beside) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  return {
    folder,
    /** The files of the tarball. @type {string[]} */
    files: packed.files.map((/** @type {{ path: string }} */ file) => file.path),
    /** @param {string} name @param {string} text */
    write: (name, text) => writeFileSync(join(folder, name), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The README's first lines of code. */
export function readmeLines() {
  const readme = readFileSync(join(ROOT, 'pkg/template/README.md'), 'utf8');
  return String(readme.match(/```js\n([\s\S]*?)```/)?.[1]);
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };

/** @param {string} folder */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    try {
      const type = /** @type {Record<string, string>} */ (TYPES)[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}
