// @ts-check
// Making sets with the released tool, as a publisher does.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { WIDTH, hex } from './identities.mjs';

const TOOL = process.env.TAINTWATCH_TOOL ?? '';

/**
 * Compiles a set of the keys with the released tool.
 * @param {Uint8Array} keys
 * @param {string} out
 */
export async function compile(keys, out) {
  const csv = out.replace(/tws$/, 'csv');
  const stream = createWriteStream(csv);
  const count = keys.length / WIDTH;
  stream.write('address,network,label,source_title,source_date,confidence\n');
  for (let at = 0; at < count; ) {
    const rows = [];
    for (const end = Math.min(count, at + 50_000); at < end; at += 1) {
      // Spread at random: by the key's last bytes.
      const tag = (keys[at * WIDTH + 18] * 256 + keys[at * WIDTH + 19]) % 1000;
      rows.push(`${hex(keys, at)},ETH,Cluster ${tag},List ${tag % 7},2026-01-02,forensic\n`);
    }
    if (!stream.write(rows.join(''))) await new Promise((done) => stream.once('drain', () => done(undefined)));
  }
  await new Promise((done) => stream.end(() => done(undefined)));
  const start = performance.now();
  const child = spawn(TOOL, ['compile', csv, '--out', out, '--id', 'bench', '--date', '2026-01-31'], { stdio: ['ignore', 'ignore', 'inherit'] });
  let memory = 0;
  const look = setInterval(() => {
    try {
      const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'));
      memory = Math.max(memory, Number(peak?.[1] ?? 0));
    } catch {
      // It has ended, or this is no Linux.
    }
  }, 20);
  const code = await new Promise((done) => child.on('exit', done));
  clearInterval(look);
  assert.equal(code, 0);
  assert(statSync(out).size > 0);
  return { seconds: (performance.now() - start) / 1000, memory };
}
