// The entry for browsers and bundlers: the core and the built-in set are fetched beside this file, or from where the caller says.

import init from './core/taintwatch.js';
import { failure, withSets } from './api.js';

export { Taintwatch } from './api.js';
export { SetVerifier, setHeadLength } from './core/taintwatch.js';

let started = null;

/** @param {unknown} [wasm] */
function start(wasm) {
  started ??= init({ module_or_path: wasm ?? new URL('./core/taintwatch_bg.wasm', import.meta.url) }).catch((error) => {
    // The next call tries again.
    started = null;
    throw failure('wasm_load', `the core could not be loaded: ${error?.message ?? error}`, error);
  });
  return started;
}

export async function load({ wasm, builtin, ...options } = {}) {
  // Both begin at once.
  const set = options.sets ? null : readSet(builtin ?? new URL('./builtin.tws', import.meta.url));
  set?.catch(() => {});
  await start(wasm);
  return withSets(options, () => set);
}

/** @param {URL | string} url */
async function readSet(url) {
  const answer = await fetch(url).catch((error) => {
    throw failure('set_load', `the set ${url} could not be fetched: ${error?.message ?? error}`, error);
  });
  if (!answer.ok) throw failure('set_load', `the set ${url} could not be fetched: ${answer.status}`, answer);
  return new Uint8Array(await answer.arrayBuffer());
}

export async function memory() {
  return (await start()).memory.buffer.byteLength;
}
