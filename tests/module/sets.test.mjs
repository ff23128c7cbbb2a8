// @ts-check
// The packed module with sets of many addresses, made by the command-line tool: each that is in one is found, and no other.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { WIDTH, hex, random } from '../../benches/set/identities.mjs';
import { consumer } from './consumer.mjs';

/** The bytes of a compact key: those of an address that lie behind them are folded onto its first (docs/set-format.md). */
const FOLDED = 12;

describe('a set of many', () => {
  /** @type {ReturnType<typeof consumer>} */
  let fresh;
  /** @type {import('../../pkg/index.js').Taintwatch} */
  let taintwatch;

  before(async () => {
    fresh = consumer();
    const { load } = await import(pathToFileURL(join(fresh.folder, 'node_modules/taintwatch/node.js')).href);
    taintwatch = await load({ sets: [] });
  });
  after(() => fresh.remove());

  /**
   * Addresses that look random, but that the keys of some begin with so many zeros, whatever the seed.
   * @param {number} count
   * @param {number} seed
   * @param {{ every: number, alike: number }} [some]
   */
  function addresses(count, seed, some) {
    const bytes = random(count, seed);
    if (some) {
      for (let at = 0; at < count; at += some.every) {
        const key = bytes.subarray(at * WIDTH, (at + 1) * WIDTH);
        key.set(key.subarray(FOLDED, FOLDED + some.alike));
      }
    }
    return Array.from({ length: count }, (_, at) => hex(bytes, at));
  }

  for (const [name, count, some] of /** @type {const} */ ([
    ['kept whole', 2000, undefined],
    ['in 256 buckets', 30_000, undefined],
    ['in 65,536 buckets', 300_000, undefined],
    // One bucket is a hundred times as full as the others.
    ['whose keys begin alike', 300_000, { every: 500, alike: 2 }],
    // Whoever chooses keys can make the bytes alike by which a lookup finds its way.
    ['whose keys go on alike', 300_000, { every: 500, alike: 6 }],
  ])) {
    it(`finds each of ${count} ${name}`, () => {
      const listed = addresses(count, 1, some);
      const others = addresses(count, 2, some);
      fresh.write('many.csv', `address,network\n${listed.map((address) => `${address},ETH\n`).join('')}`);
      const said = ['--id', 'many', '--date', '2026-01-31', '--label', 'a cluster', '--source-title', 'A report', '--confidence', 'forensic'];
      execFileSync(String(process.env.TAINTWATCH_TOOL), ['compile', 'many.csv', '--out', 'many.tws', ...said], { cwd: fresh.folder });
      assert.equal(taintwatch.addSet(new Uint8Array(readFileSync(join(fresh.folder, 'many.tws')))).identities, count);
      try {
        // In turn, so that some are there and some are not of those that are looked for together.
        const both = listed.flatMap((address, at) => [address, others[at]]);
        const wrong = (/** @type {(boolean | undefined)[]} */ answers) => answers.filter((is, at) => is !== (at % 2 === 0)).length;
        assert.equal(wrong(taintwatch.areListed(both)), 0);
        assert.equal(wrong(both.map((address) => taintwatch.isListed(address))), 0);
        // Told with its evidence, from its list.
        for (const address of listed.slice(0, 1000)) assert.equal(taintwatch.screen(address).matches[0].label, 'a cluster');
      } finally {
        taintwatch.removeSet('many');
      }
    });
  }
});
