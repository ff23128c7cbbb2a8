// @ts-check
// The one Wasm instance of the browser, with the sets, behind one promise.

import init, { Screener } from '../core/taintwatch.js';

/** @type {Promise<Screener> | null} */
let loading = null;

/**
 * The core, loaded once. After a failure the next call tries again.
 * @returns {Promise<Screener>}
 */
export function core() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load() {
  const [set] = await Promise.all([
    bytes('core/builtin.tws'),
    init({ module_or_path: chrome.runtime.getURL('core/taintwatch_bg.wasm') }),
  ]);
  const screener = new Screener();
  screener.addSet(set);
  return screener;
}

/** @param {string} path a file of this extension */
async function bytes(path) {
  const response = await fetch(chrome.runtime.getURL(path));
  if (!response.ok) throw new Error(`${path} cannot be read (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
