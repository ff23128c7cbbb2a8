// @ts-check
// The packed module in Node.js: what is in it, the README's lines, its answers, its errors, its memory, its types.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { LISTED, ROOT, consumer, readmeLines, run } from './consumer.mjs';

const RONIN = '0x098B716B8Aaf21512996dC57EB0615e2383E2f96';
const CLEAN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';

/** What the npm packages of Deno and Bun hold for this platform, and what each needs to run a script. */
const ELSEWHERE = {
  deno: programOf('@deno', 'deno', ['run', '--allow-read']),
  bun: programOf('@oven', 'bin/bun', ['run']),
};

/** @param {string} scope @param {string} path @param {string[]} given */
function programOf(scope, path, given) {
  const folder = join(ROOT, 'node_modules', scope);
  const programs = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, path)).filter((file) => existsSync(file)) : [];
  return programs.length ? [programs[0], ...given] : [];
}

describe('the packed module', () => {
  /** @type {ReturnType<typeof consumer>} */
  let fresh;
  /** @type {typeof import('../../pkg/index.js')} */
  let module;
  /** @type {import('../../pkg/index.js').Taintwatch} */
  let taintwatch;

  before(async () => {
    fresh = consumer();
    module = await import(pathToFileURL(join(fresh.folder, 'node_modules/taintwatch/node.js')).href);
    taintwatch = await module.load();
  });
  after(() => fresh.remove());

  it('holds exactly the documented files', () => {
    assert.deepEqual(fresh.files.filter((path) => !path.startsWith('core/')).sort(), [
      'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'api.js', 'builtin.d.ts', 'builtin.js', 'builtin.tws', 'guard.js', 'index.d.ts',
      'index.js', 'node.d.ts', 'node.js', 'package.json', 'worker.d.ts', 'worker.js',
    ].sort());
    const core = fresh.files.filter((path) => path.startsWith('core/')).map((path) => path.replace(/snippets\/.*\//, 'snippets/'));
    assert.deepEqual(core.sort(), ['core/snippets/text.js', 'core/taintwatch.d.ts', 'core/taintwatch.js', 'core/taintwatch_bg.wasm', 'core/taintwatch_bg.wasm.d.ts']);
  });

  it('is under 100 KB without sets, every file as it is in the package, and the core under 90', () => {
    const core = fresh.files.filter((path) => /^core\/.*\.(js|wasm)$/.test(path));
    const size = (/** @type {string} */ path) => brotliCompressSync(readFileSync(join(fresh.folder, 'node_modules/taintwatch', path))).length;
    const total = ['index.js', 'api.js', 'guard.js', ...core].reduce((sum, path) => sum + size(path), 0);
    assert.ok(total < 100_000, `${total} bytes`);
    assert.ok(size('core/taintwatch_bg.wasm') < 90_000, `${size('core/taintwatch_bg.wasm')} bytes`);
  });

  it('runs the README’s lines', () => {
    fresh.write('lines.mjs', `${readmeLines()}\nconsole.log(outcome.level, outcome.matches[0].source.url);`);
    assert.match(run(fresh.folder, process.execPath, 'lines.mjs'), /^danger https:\/\/www\.fbi\.gov\//);
  });

  for (const [name, given] of Object.entries(ELSEWHERE)) {
    it(`answers in ${name} as in Node.js`, { skip: given.length === 0 && 'there is none for this platform' }, () => {
      fresh.write('elsewhere.mjs', readFileSync(join(ROOT, 'tests/module/elsewhere.mjs'), 'utf8'));
      const answers = JSON.parse(run(fresh.folder, given[0], ...given.slice(1), 'elsewhere.mjs'));
      assert.equal(answers.runtime, name);
      const here = JSON.parse(run(fresh.folder, process.execPath, 'elsewhere.mjs'));
      assert.equal(here.danger.level, 'danger');
      assert.deepEqual({ ...answers, runtime: '' }, { ...here, runtime: '' });
    });
  }

  it('answers alike by the entry that carries the set', async () => {
    const { default: builtin } = await import(pathToFileURL(join(fresh.folder, 'node_modules/taintwatch/builtin.js')).href);
    const other = await module.load({ sets: [builtin] });
    assert.deepEqual(other.screen(LISTED), taintwatch.screen(LISTED));
    other.free();
  });

  it('reads, scans, screens and compares', () => {
    assert.deepEqual(taintwatch.read(LISTED).readings.map((reading) => reading.chain_name).slice(0, 2), ['Bitcoin', 'Bitcoin Cash']);
    assert.equal(taintwatch.read(`${CLEAN.slice(0, -1)}b`).problem?.at, 34);
    assert.equal(taintwatch.isAddress(CLEAN, 'BTC'), true);
    assert.equal(taintwatch.isAddress(CLEAN, 'ETH'), false);
    // What was asked for last is remembered, but not what is no chain.
    for (const [chain, expected] of /** @type {[any, boolean][]} */ ([['ETH', false], ['BTC', true], ['BTC', true], [undefined, true], ['ETH', false], [null, true], ['bip122:000000000019d6689c085ae165831e93', true]])) {
      assert.equal(taintwatch.isAddress(CLEAN, chain), expected, String(chain));
      for (const unknown of ['NOCOIN', '', 5, {}]) {
        assert.throws(() => taintwatch.isAddress(CLEAN, /** @type {any} */ (unknown)), { code: 'unknown_chain' });
      }
      assert.equal(taintwatch.isAddress(CLEAN, chain), expected, String(chain));
    }
    assert.deepEqual(taintwatch.scan(`to ${CLEAN}.`).map(({ start, end }) => [start, end]), [[3, 37]]);
    assert.deepEqual(taintwatch.screenAll([LISTED, CLEAN, 'nothing']).map(({ level }) => level), ['danger', 'none', null]);
    assert.equal(taintwatch.screenText(`to ${LISTED}`)[0].outcome.level, 'danger');
    assert.deepEqual([taintwatch.isListed(LISTED), taintwatch.isListed(CLEAN), taintwatch.isListed('x')], [true, false, undefined]);
    assert.deepEqual(taintwatch.areListed(new Set([LISTED, CLEAN, 'x', `${LISTED}\n${CLEAN}`])), [true, false, undefined, undefined]);
    assert.deepEqual(taintwatch.areListed(/** @type {any} */ ([LISTED, 5, , null, new String(LISTED)])), [true, undefined, undefined, undefined, true]);
    // A text is looked through line by line, and part by part where it is long.
    const lines = [LISTED, CLEAN, '', 'é', LISTED.padEnd(200_000, 'é'), '\ud83d', CLEAN.padStart(70_000), '', LISTED];
    const answers = [true, false, undefined, undefined, undefined, undefined, undefined, undefined, true];
    const many = Array.from({ length: 4000 }, () => lines[0]);
    for (const end of ['\n', '\r\n']) {
      for (const last of ['', end]) assert.deepEqual(taintwatch.areListed(lines.join(end) + last), answers);
      assert.deepEqual(taintwatch.areListed([...many, ...lines, ...many].join(end)), [...many.map(() => true), ...answers, ...many.map(() => true)]);
    }
    assert.deepEqual([taintwatch.areListed(''), taintwatch.areListed('\n')], [[], [undefined]]);
    assert.equal(taintwatch.sets[0].id, 'builtin');
    assert.deepEqual(taintwatch.compare(RONIN, 'TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB'), { same: true, alike: null });
    assert.deepEqual(taintwatch.compare(RONIN, CLEAN), { same: false, alike: null });
    const { alike } = taintwatch.compare(RONIN, '0x098b7f17be4529eca869f8a6ea9fb1ad03992f96');
    assert.deepEqual([alike?.head, alike?.tail], [7, 4]);
    const history = [CLEAN, RONIN];
    assert.deepEqual(taintwatch.lookalikes(['x\ny', '0x098b7f17be4529eca869f8a6ea9fb1ad03992f96'], history).map(({ address, known }) => [address, known]), [[1, 1]]);
    assert.deepEqual(taintwatch.lookalikes(history), []);
  });

  it('takes sets away and adds them', () => {
    const bytes = new Uint8Array(readFileSync(join(fresh.folder, 'node_modules/taintwatch/builtin.tws')));
    assert.equal(taintwatch.removeSet('builtin'), true);
    const { level, problem } = taintwatch.screen(LISTED);
    assert.deepEqual([level, problem?.code], [null, 'no_set']);
    assert.equal(taintwatch.addSet(bytes).id, 'builtin');
    assert.equal(taintwatch.screen(LISTED).level, 'danger');
  });

  it('throws errors with codes, and never for what a person could type', async () => {
    for (const odd of ['', ' ', '\0', '\ud800', '0x', '…', 'a'.repeat(100_000), '\n'.repeat(9)]) {
      assert.equal(taintwatch.screen(odd).level, null, JSON.stringify(odd.slice(0, 9)));
      taintwatch.read(odd);
      taintwatch.scan(odd);
      taintwatch.screenText(odd);
      taintwatch.compare(odd, RONIN);
      taintwatch.isListed(odd);
      assert.deepEqual(taintwatch.areListed([odd, LISTED]), [undefined, true]);
    }
    assert.throws(() => taintwatch.screen(CLEAN, 'NOCOIN'), { code: 'unknown_chain' });
    assert.throws(() => taintwatch.addSet(new Uint8Array(9)), { code: 'not_a_set' });
    await assert.rejects(module.load({ sets: [new Uint8Array(3)] }), { code: 'not_a_set' });
    await assert.rejects(module.load({ builtin: '/nowhere.tws' }), (error) => /** @type {any} */ (error).code === 'set_load' && /** @type {any} */ (error).cause.code === 'ENOENT');
    const again = `import { load } from 'taintwatch/node'; const codes = [];
      await load({ wasm: new Uint8Array(8) }).catch((error) => codes.push(error.code, error.cause instanceof Error));
      codes.push((await load()).screen('${LISTED}').level); console.log(JSON.stringify(codes));`;
    fresh.write('again.mjs', again);
    assert.deepEqual(JSON.parse(run(fresh.folder, process.execPath, 'again.mjs')), ['wasm_load', true, 'danger']);
  });

  it('leaks nothing in a thousand cycles', async () => {
    const bytes = new Uint8Array(readFileSync(join(fresh.folder, 'node_modules/taintwatch/builtin.tws')));
    const cycle = async () => {
      const other = await module.load({ sets: [bytes] });
      other.screen(LISTED);
      other.screenText(`to ${CLEAN} and ${RONIN}`);
      other.compare(RONIN, CLEAN);
      other[Symbol.dispose]();
    };
    for (let warm = 0; warm < 20; warm += 1) await cycle();
    const before = await module.memory();
    for (let count = 0; count < 1000; count += 1) await cycle();
    assert.equal(await module.memory(), before);
  });

  it('documents all that is public', { skip: ELSEWHERE.deno.length === 0 && 'no Deno to ask' }, () => {
    for (const entry of ['index.d.ts', 'builtin.d.ts']) {
      const { stderr } = spawnSync(ELSEWHERE.deno[0], ['doc', '--lint', entry], { cwd: join(ROOT, 'pkg'), encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
      // The generated bindings give every class a `free` without a word.
      const missing = stderr.split(/\n(?=error)/).filter((part) => part.startsWith('error[') && !/pkg\/core\/.*\n(.*\n)?.*(free\(\)|Symbol\.dispose)/.test(part));
      assert.deepEqual(missing, []);
    }
  });

  it('has the types that it says', () => {
    fresh.write('usage.ts', readFileSync(join(ROOT, 'tests/module/usage.ts'), 'utf8'));
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom,esnext.disposable', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', ''];
    run(fresh.folder, process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, 'usage.ts');
  });
});
