// @ts-nocheck: what it imports is only there once the package is installed; `usage.ts` checks the types.
// Asks the packed module about much, in whatever runs this, and prints the answers.

import { Taintwatch, load, memory } from 'taintwatch';
import builtin from 'taintwatch/builtin';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';
const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const TRON = 'TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB';

/** @param {() => unknown} act */
async function codeOf(act) {
  try {
    await act();
    return 'none';
  } catch (error) {
    return [error.code, error instanceof Error];
  }
}

const taintwatch = await load();
const carried = await load({ sets: [builtin] });
const before = await memory();
for (let count = 0; count < 200; count += 1) {
  const other = await load({ sets: [builtin] });
  other.screen(LISTED);
  other[Symbol.dispose ?? Symbol.for('Symbol.dispose')]();
}
console.log(JSON.stringify({
  runtime: globalThis.Deno ? 'deno' : globalThis.Bun ? 'bun' : 'node',
  danger: taintwatch.screen(LISTED),
  sameKey: taintwatch.screen(TRON),
  clean: taintwatch.screen(CLEAN, 'BTC'),
  carried: carried.screen(LISTED).level,
  read: taintwatch.read(`${CLEAN.slice(0, -1)}b`),
  scan: taintwatch.scan(`to ${CLEAN} – später ${TRON}. 中文 ${LISTED}`),
  text: taintwatch.screenText(`pay to ${LISTED}`),
  compare: taintwatch.compare(LISTED, LISTED),
  codes: [
    await codeOf(() => taintwatch.screen(CLEAN, 'NOCOIN')),
    await codeOf(() => taintwatch.addSet(new Uint8Array(9))),
    await codeOf(() => load({ builtin: '/nowhere.tws' })),
  ],
  leaked: (await memory()) - before,
  isClass: taintwatch instanceof Taintwatch,
}));
