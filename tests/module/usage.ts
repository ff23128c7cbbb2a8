// What a wallet developer writes, and what the types must refuse.

import { load, memory, SetVerifier, setHeadLength, type Level, type Outcome, type TaintwatchError, type Verdict } from 'taintwatch';
import { load as loadInNode } from 'taintwatch/node';
import { load as loadInWorker } from 'taintwatch/worker';
import builtin from 'taintwatch/builtin';

const taintwatch = await load({ sets: [builtin], wasm: new URL('https://example.org/core.wasm') });
const same: typeof load = loadInNode;
const sameToo: typeof load = loadInWorker;
void [same, sameToo];

const outcome: Outcome = taintwatch.screen('address', 'BTC');
const level: Level | null = outcome.level;
const url: string = outcome.matches[0].source.url;
const listed: boolean | undefined = taintwatch.isListed('address');
const all: (boolean | undefined)[] = taintwatch.areListed(new Set(['address'])).concat(taintwatch.areListed('address\naddress'));
const at: number | undefined = taintwatch.read('address').problem?.at;
const bits: number | undefined = taintwatch.compare('one', 'other').alike?.bits;
const pairs: number[] = taintwatch.lookalikes(['one'], new Set(['other'])).map((pair) => pair.known);
const bytes: number = await memory();
void [level, url, listed, all, at, bits, pairs, bytes, new SetVerifier(new Uint8Array()), setHeadLength(new Uint8Array())];

{
  using guard = taintwatch.guard(document.createElement('form'), (verdict: Verdict) => void verdict.outcomes[0].address, { chain: 'ETH' });
  guard.free();
}
try {
  taintwatch.addSet(new Uint8Array());
} catch (error) {
  const { code } = error as TaintwatchError;
  void (code === 'set_hash');
  // @ts-expect-error there is no such code
  void (code === 'nonsense');
}

// @ts-expect-error the level may be null, which is "not checked"
const certain: Level = outcome.level;
// @ts-expect-error an address is a string
taintwatch.screen(5);
// @ts-expect-error sets are bytes
await load({ sets: ['builtin'] });
// @ts-expect-error made by `load` alone
new (taintwatch.constructor as typeof import('taintwatch').Taintwatch)();
void certain;
