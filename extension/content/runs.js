// @ts-check
// The one cheap test: the runs of a text that are long enough to hold an address.
// It knows no chain; what it drops cannot be an address, what it keeps the core decides.

/** No address has fewer characters. The core's `SHORTEST` is the same. */
const SHORTEST_RUN = 25;

/** With its middle left out it has at least four characters, an ellipsis and three. */
const SHORTEST_CUT = 8;

/** No address has more, even with an invisible character after each of its own. */
const LONGEST_RUN = 1024;

/** So many candidates cross in one message. */
const MOST_RUNS = 256;

/** What is no longer than this may be one address in groups, as masked fields write it. */
const LONGEST_GROUPED = 256;

/**
 * Whether a UTF-16 unit can be part of an address or be invisible inside one: letters, digits,
 * the colon of a prefix, the marks of base 64, and whatever lies beyond ASCII.
 * @param {number} unit
 */
function inRun(unit) {
  return (
    (unit >= 0x30 && unit <= 0x3a) || // 0-9 and :
    unit === 0x2d || // -
    unit === 0x5f || // _
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x61 && unit <= 0x7a) ||
    unit >= 0x80
  );
}

/** For each ASCII unit whether it ends a run. */
const ENDS = Uint8Array.from({ length: 128 }, (_, unit) => (inRun(unit) ? 0 : 1));

/**
 * 1 for a UTF-16 unit that ends a run and 0 for any other, without a branch.
 * @param {number} unit
 */
function ends(unit) {
  return ENDS[unit & 127] & ((unit - 128) >> 31);
}

/** The same as an expression: words that are too short with what ends each, a great many at a time; and a run. */
const TOO_SHORT = /(?:[0-9A-Za-z:_\-\u0080-\uffff]{0,24}[^0-9A-Za-z:_\-\u0080-\uffff]){1,2000}/y;
const RUN = /[0-9A-Za-z:_\-\u0080-\uffff]*/y;

/** The first texts of a page, up to so many characters in all, are looked at with the expressions. */
const FIRST = { most: 1 << 21, seen: 0 };

/**
 * Calls `each` with every run of `text`, in order, until that returns true.
 * @param {string} text
 * @param {(start: number, end: number) => boolean | void} each
 * @returns {boolean} whether `each` returned true
 */
function eachRun(text, each) {
  if (text.length < SHORTEST_RUN) return false;
  // The browser compiles an expression at once, and the faster loop only after it has gone round for long.
  if (FIRST.seen > FIRST.most) return eachRunByJumps(text, each);
  FIRST.seen += text.length;
  return eachRunByExpression(text, each);
}

/**
 * @param {string} text
 * @param {(start: number, end: number) => boolean | void} each
 * @returns {boolean} whether `each` returned true
 */
function eachRunByExpression(text, each) {
  for (let at = 0; at < text.length; ) {
    TOO_SHORT.lastIndex = at;
    if (TOO_SHORT.test(text)) {
      at = TOO_SHORT.lastIndex;
      continue;
    }
    // A run that is long enough, or the last of the text.
    RUN.lastIndex = at;
    RUN.test(text);
    const end = RUN.lastIndex;
    if (end - at >= SHORTEST_RUN && each(at, end)) return true;
    at = end + 1;
  }
  return false;
}

/**
 * Looks at the characters one shortest address ahead, then jumps, so that ordinary text is mostly not read at all. Four
 * are looked at in one step: where a word ends cannot be foretold, and a wrong guess costs a processor more than all
 * four.
 * @param {string} text
 * @param {(start: number, end: number) => boolean | void} each
 * @returns {boolean} whether `each` returned true
 */
function eachRunByJumps(text, each) {
  const { length } = text;
  let start = 0;
  let known = 0; // From `start` up to here all units are in a run.
  while (start + SHORTEST_RUN <= length) {
    const ahead = start + SHORTEST_RUN - 1;
    let at = ahead;
    if (known <= ahead - 3) {
      const last =
        (ends(text.charCodeAt(ahead)) << 3) |
        (ends(text.charCodeAt(ahead - 1)) << 2) |
        (ends(text.charCodeAt(ahead - 2)) << 1) |
        ends(text.charCodeAt(ahead - 3));
      if (last) {
        start = ahead + 29 - Math.clz32(last);
        known = ahead + 1;
        continue;
      }
      at = ahead - 4;
    }
    while (at >= known && inRun(text.charCodeAt(at))) at -= 1;
    if (at >= known) {
      start = at + 1;
      known = ahead + 1;
      continue;
    }
    let end = ahead + 1;
    while (end < length && inRun(text.charCodeAt(end))) end += 1;
    if (each(start, end)) return true;
    start = end + 1;
    known = start;
  }
  return false;
}

/**
 * Whether a text may hold an address, whole or with its middle left out.
 * @param {string} text
 * @returns {boolean}
 */
function mayHold(text) {
  if (text.length < SHORTEST_CUT) return false;
  return eachRun(text, () => true) || eachCut(text, () => true);
}

/** A part of a text, from one character to before another. @typedef {[start: number, end: number]} Place */

/**
 * Where in a text an address may stand, in order and apart.
 * @param {string} text
 * @returns {Place[]}
 */
function placesIn(text) {
  /** @type {Place[]} */
  const all = [];
  eachRun(text, (start, end) => void all.push([start, end]));
  eachCut(text, (start, end) => void all.push([start, end]));
  /** @type {Place[]} */
  const places = [];
  for (const [start, end] of all.sort(([a], [b]) => a - b)) {
    const before = places.at(-1);
    if (before && start < before[1]) before[1] = Math.max(before[1], end);
    else places.push([start, end]);
  }
  return places;
}

/**
 * The runs of `text`, in order, each once.
 * @param {string} text
 * @returns {string[]}
 */
function findRuns(text) {
  /** @type {Set<string>} */
  const runs = new Set();
  eachRun(text, (start, end) => {
    if (end - start <= LONGEST_RUN) runs.add(text.slice(start, end));
  });
  if (eachCut(text, () => true)) for (const cut of text.slice(0, LONGEST_RUN).match(CUTS) ?? []) runs.add(cut);
  return [...runs];
}

/** What masked fields make of an address with hyphens; those of other numbers have fewer groups or longer ones. */
const HYPHENATED = /^[0-9A-Za-z]{2,8}(?:-[0-9A-Za-z]{2,8}){4,}$/;

/**
 * The runs of what stands in a field, which may as well be one address in groups.
 * @param {string} text
 * @returns {string[]}
 */
function findRunsOfField(text) {
  const runs = findRuns(text);
  const trimmed = text.trim();
  if (trimmed.length <= LONGEST_GROUPED && HYPHENATED.test(trimmed)) return [...runs, ...findRuns(trimmed.replaceAll('-', ''))];
  if (runs.length || trimmed.length > LONGEST_GROUPED || !/\s/.test(trimmed)) return runs;
  return findRuns(trimmed.replace(/\s+/g, '')).length ? [trimmed] : [];
}

/** What may be an address whose middle is left out: two ends with an ellipsis between them. */
const CUTS = /[\w:-]{4,64}(?:…|\.{2,6})[\w-]{3,64}/g;

/**
 * Calls `each` with every ellipsis that may stand for the middle of an address, until that returns true.
 * @param {string} text
 * @param {(start: number, end: number) => boolean | void} each
 * @returns {boolean} whether `each` returned true
 */
function eachCut(text, each) {
  for (const dots of ['…', '...']) {
    for (let at = text.indexOf(dots); at >= 0; at = text.indexOf(dots, at + dots.length)) {
      const isBehindRun = at >= 4 && inRun(text.charCodeAt(at - 1)) && inRun(text.charCodeAt(at - 4)) && text.charCodeAt(at - 1) < 0x80;
      if (isBehindRun && each(at, at + dots.length)) return true;
    }
  }
  return false;
}
