// What every entry gives: one object that holds the core and the sets, and answers.

import { Screener, initSync, isAddress, lookalikes, scan } from './core/taintwatch.js';
import { guard } from './guard.js';

export class Taintwatch {
  #screener = new Screener();

  addSet(bytes) {
    return this.#screener.addSet(bytes);
  }

  removeSet(id) {
    return this.#screener.removeSet(id);
  }

  get sets() {
    return this.#screener.sets();
  }

  get screener() {
    return this.#screener;
  }

  read(address, chain) {
    const { readings, problem } = this.screen(address, chain);
    return { readings, problem };
  }

  isAddress(text, chain) {
    return isAddress(String(text), chain);
  }

  scan(text) {
    return scan(String(text));
  }

  screen(address, chain) {
    return this.#screener.screen(String(address), chain);
  }

  screenAll(addresses, chain) {
    return Array.from(addresses, (address) => this.screen(address, chain));
  }

  screenText(text, beside) {
    return this.#screener.screenText(String(text), beside);
  }

  isListed(address) {
    return this.#screener.isListed(String(address));
  }

  areListed(addresses) {
    const isReady = typeof addresses === 'string' || Array.isArray(addresses);
    const answers = this.#screener.areListed(isReady ? addresses : Array.from(addresses));
    // `Array.from` takes a quarter as long as the looking up.
    const listed = new Array(answers.length);
    for (let at = 0; at < answers.length; at += 1) listed[at] = answers[at] === 2 ? undefined : answers[at] === 1;
    return listed;
  }

  compare(one, other) {
    const [a, b] = [one, other].map((address) => this.read(address).readings.map((reading) => reading.identity));
    const same = a.some((identity) => b.includes(identity));
    const [alike] = same ? [] : this.lookalikes([one], [other]);
    return { same, alike: alike ? { head: alike.head, tail: alike.tail, bits: alike.bits } : null };
  }

  lookalikes(addresses, known) {
    return lookalikes(lines(addresses), known && lines(known));
  }

  guard(element, onVerdict, options) {
    return guard(this, element, onVerdict, options);
  }

  free() {
    this.#screener.free();
  }
}

Taintwatch.prototype[Symbol.dispose ?? Symbol.for('Symbol.dispose')] = Taintwatch.prototype.free;

/** @param {Iterable<string>} addresses */
function lines(addresses) {
  return Array.from(addresses, (address) => String(address).replaceAll('\n', ' ')).join('\n');
}

let started = null;

/**
 * Starts the core, once; after a failure the next call tries again.
 * @param {() => Promise<unknown>} find gives its bytes, a response with them, or the compiled module
 */
export function start(find) {
  started ??= find()
    .then(compiled)
    // Compiled without waiting, instantiated at once: the browsers take 50 times as long to do that without waiting too.
    .then((module) => initSync({ module }))
    .catch((error) => {
      started = null;
      throw failure('wasm_load', `the core could not be loaded: ${error?.message ?? error}`, error);
    });
  return started;
}

/** @param {unknown} source */
async function compiled(source) {
  if (source instanceof WebAssembly.Module) return source;
  // A response, told by what it can do: Node.js takes 20 ms to load the class when it is first named.
  if (typeof source?.arrayBuffer !== 'function') return WebAssembly.compile(source);
  if (!source.ok) throw new Error(`${source.url}: ${source.status}`);
  // Some servers do not know the type; then it cannot be compiled as it arrives.
  const isKnown = source.headers.get('content-type')?.startsWith('application/wasm');
  return isKnown ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}

/**
 * An error with a stable code, and what it came from.
 * @param {string} code
 * @param {string} message
 * @param {unknown} cause
 */
export function failure(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { code });
}

/**
 * A Taintwatch with the sets that are given.
 * @param {{ sets?: Iterable<Uint8Array | Promise<Uint8Array>> }} options
 * @param {() => Promise<Uint8Array>} builtin reads the built-in set
 */
export async function withSets({ sets }, builtin) {
  const taintwatch = new Taintwatch();
  try {
    for (const set of await Promise.all(sets ?? [builtin()])) taintwatch.addSet(set);
    return taintwatch;
  } catch (error) {
    taintwatch.free();
    throw error;
  }
}
