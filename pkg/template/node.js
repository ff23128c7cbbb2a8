// The entry for Node.js, Deno and Bun: the core and the built-in set are read from this package's files.

import { readFile } from 'node:fs/promises';
import init from './core/taintwatch.js';
import { failure, withSets } from './api.js';

export { Taintwatch } from './api.js';
export { SetVerifier, setHeadLength } from './core/taintwatch.js';

let started = null;

/** @param {unknown} [wasm] */
function start(wasm) {
  started ??= Promise.resolve(wasm ?? readFile(new URL('./core/taintwatch_bg.wasm', import.meta.url)))
    .then((source) => init({ module_or_path: source }))
    .catch((error) => {
      started = null;
      throw failure('wasm_load', `the core could not be loaded: ${error?.message ?? error}`, error);
    });
  return started;
}

export async function load({ wasm, builtin, ...options } = {}) {
  await start(wasm);
  return withSets(options, async () => {
    const path = builtin ?? new URL('./builtin.tws', import.meta.url);
    return new Uint8Array(await readFile(path).catch((error) => {
      throw failure('set_load', `the set ${path} could not be read: ${error.message}`, error);
    }));
  });
}

export async function memory() {
  return (await start()).memory.buffer.byteLength;
}
