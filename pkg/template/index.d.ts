/**
 * Tells whether a destination address is in a set of attacker-linked addresses, in every encoding of the same key, with
 * nothing sent anywhere. Begin with {@linkcode load}; it gives a {@linkcode Taintwatch}, which answers.
 *
 * ```ts
 * import { load } from 'taintwatch';
 *
 * const taintwatch = await load();
 * const { level, matches } = taintwatch.screen('3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG');
 * ```
 *
 * The entries `taintwatch/node` and `taintwatch/worker` give the same; `taintwatch/builtin` is the built-in set as bytes.
 * @module
 */

import type { Finding, FoundAddress, Level, Lookalike, Outcome, ProblemInfo, ReadingInfo, Screener, SetInfo } from './core/taintwatch.js';

export { SetVerifier, setHeadLength } from './core/taintwatch.js';
export type { Actor, Finding, FoundAddress, How, Incident, Level, Lookalike, Match, Outcome, ProblemInfo, ReadingInfo, Screener, SetInfo, Source } from './core/taintwatch.js';

/** The codes of the errors that are thrown; what a person could type never throws. */
export type ErrorCode =
  | 'wasm_load'
  | 'set_load'
  | 'not_a_set'
  | 'set_version'
  | 'set_length'
  | 'set_damaged'
  | 'set_hash'
  | 'unknown_chain';

/** Every error that is thrown, with what it came from as `cause`. */
export interface TaintwatchError extends Error {
  /** Which error it is; stays the same where the words change. */
  readonly code: ErrorCode;
}

/** Where the core and the sets come from. */
export interface LoadOptions {
  /** Where the core is: a URL, a response, its bytes or a compiled module. Beside this package's files by default. */
  wasm?: URL | string | Response | BufferSource | WebAssembly.Module | Promise<Response | BufferSource | WebAssembly.Module>;
  /** Where the built-in set is. Beside this package's files by default. */
  builtin?: URL | string;
  /** The sets that are asked in place of the built-in one: the bytes of `.tws` files. */
  sets?: Iterable<Uint8Array | Promise<Uint8Array>>;
}

/** Loads the core, once, and a set. Throws a `TaintwatchError` with `code` `wasm_load`, `set_load` or those of `addSet`. */
export function load(options?: LoadOptions): Promise<Taintwatch>;

/** How many bytes of memory the core has taken, with all sets. */
export function memory(): Promise<number>;

/** Holds sets and answers. Every answer is found in this process; nothing is sent anywhere. */
export class Taintwatch {
  private constructor();

  /** Everything that a text is an address of, the most likely reading first, or what is wrong with it. */
  read(address: string, chain?: string): { readings: ReadingInfo[]; problem?: ProblemInfo };

  /** Whether a text is an address of any chain or of the one that is named by CAIP-2 id, ticker or name. */
  isAddress(text: string, chain?: string): boolean;

  /** Every address in a text, in order. */
  scan(text: string): FoundAddress[];

  /**
   * What is known about an address. `level` is `null` where it could not be told: that is neither clean nor danger.
   * Throws a `TaintwatchError` with `code` `unknown_chain` for a chain that there is not; never for any address.
   */
  screen(address: string, chain?: string): Outcome;

  /** The same for many. */
  screenAll(addresses: Iterable<string>, chain?: string): Outcome[];

  /** What is known about every address in a text. `beside` is what stands beside the field, such as its label. */
  screenText(text: string, beside?: string): Finding[];

  /** Whether any set lists an address, without what it says; `undefined` for what is no address or could not be told. */
  isListed(address: string): boolean | undefined;

  /** The same for many, faster for each; fastest for a text with one address a line, as a file has them. */
  areListed(addresses: string | Iterable<string>): (boolean | undefined)[];

  /** Whether two addresses answer to the same key, in whatever spelling; and if not, whether they look too alike for chance. */
  compare(one: string, other: string): Comparison;

  /**
   * Which addresses look too alike for chance those that are `known`, or, without them, one another: in one attack the
   * victim is made to copy the wrong one from their own history. Give as `known` only what the person has used.
   */
  lookalikes(addresses: Iterable<string>, known?: Iterable<string>): Lookalike[];

  /** Tells what is known about whatever a person enters into a field, or into any field of a form. */
  guard(element: HTMLElement, onVerdict: (verdict: Verdict) => void, options?: { chain?: string }): Guard;

  /** Adds a set after proving that it is whole; one with the same id is replaced. */
  addSet(bytes: Uint8Array): SetInfo;

  /** Takes a set away; tells whether it was there. */
  removeSet(id: string): boolean;

  /** The sets that are asked. */
  get sets(): SetInfo[];

  /** The core itself, for large sets that stay where they are stored. */
  get screener(): Screener;

  /** Gives its memory back. It answers nothing after that. */
  free(): void;

  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** What two addresses have to do with one another. */
export interface Comparison {
  /** One identity answers to both. */
  same: boolean;
  /** How many characters are equal at each end, and that the chance of it is at most one in 2 to the `bits`; `null` where they do not look alike. */
  alike: { head: number; tail: number; bits: number } | null;
}

/** What is known about all that a field holds. */
export interface Verdict {
  /** The field that it is about. */
  field: HTMLElement;
  /** All that the field holds. */
  text: string;
  /** What is known about each address in it. */
  outcomes: Outcome[];
  /** The worst of them; `null` where the field holds no address or something could not be told. */
  level: Level | null;
}

/** A field or form that is watched. */
export interface Guard {
  /** Stops watching. */
  free(): void;

  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
}
