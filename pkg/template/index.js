// The entry for browsers and bundlers: the core and the built-in set are fetched beside this file, or from where the caller says.

import { failure, start, withSets } from './api.js';

export { Taintwatch } from './api.js';
export { SetVerifier, setHeadLength } from './core/taintwatch.js';

/** @param {unknown} [wasm] */
async function find(wasm) {
  const source = await (wasm ?? new URL('./core/taintwatch_bg.wasm', import.meta.url));
  return typeof source === 'string' || source instanceof URL ? fetch(source) : source;
}

export async function load({ wasm, builtin, ...options } = {}) {
  // Both begin at once.
  const set = options.sets ? null : readSet(builtin ?? new URL('./builtin.tws', import.meta.url));
  set?.catch(() => {});
  await start(() => find(wasm));
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
  return (await start(find)).memory.buffer.byteLength;
}
