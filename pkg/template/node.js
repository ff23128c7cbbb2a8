// The entry for Node.js, Deno and Bun: the core and the built-in set are read from this package's files.

import { readFile } from 'node:fs/promises';
import { failure, start, withSets } from './api.js';

export { Taintwatch } from './api.js';
export { SetVerifier, setHeadLength } from './core/taintwatch.js';

/** @param {unknown} [wasm] */
async function find(wasm) {
  const source = await (wasm ?? new URL('./core/taintwatch_bg.wasm', import.meta.url));
  const isPlace = typeof source === 'string' || source instanceof URL;
  return isPlace ? readFile(source) : source;
}

export async function load({ wasm, builtin, ...options } = {}) {
  await start(() => find(wasm));
  return withSets(options, async () => {
    const path = builtin ?? new URL('./builtin.tws', import.meta.url);
    return new Uint8Array(await readFile(path).catch((error) => {
      throw failure('set_load', `the set ${path} could not be read: ${error.message}`, error);
    }));
  });
}

export async function memory() {
  return (await start(find)).memory.buffer.byteLength;
}
