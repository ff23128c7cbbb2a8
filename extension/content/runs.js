// @ts-check
// The one cheap test: the runs of a text that are long enough to hold an address.
// It knows no chain; what it drops cannot be an address, what it keeps the core decides.

/** No address has fewer characters. The core's `SHORTEST` is the same. */
const SHORTEST_RUN = 25;

/** No address has more, even with an invisible character after each of its own. */
const LONGEST_RUN = 1024;

/** More candidates than any field that a person fills in holds; a bound on what crosses at once. */
const MOST_RUNS = 256;

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

/**
 * The runs of `text`, in order, each once. Looks at the character one shortest
 * address ahead, then jumps, so that ordinary text is mostly not read at all.
 * @param {string} text
 * @returns {string[]}
 */
function findRuns(text) {
  /** @type {Set<string>} */
  const runs = new Set();
  let start = 0;
  let known = 0; // From `start` up to here all units are in a run.
  while (start + SHORTEST_RUN <= text.length && runs.size < MOST_RUNS) {
    const ahead = start + SHORTEST_RUN - 1;
    let at = ahead;
    while (at >= known && inRun(text.charCodeAt(at))) at -= 1;
    if (at >= known) {
      start = at + 1;
      known = ahead + 1;
      continue;
    }
    let end = ahead + 1;
    while (end < text.length && inRun(text.charCodeAt(end))) end += 1;
    if (end - start <= LONGEST_RUN) runs.add(text.slice(start, end));
    start = end + 1;
    known = start;
  }
  if (text.includes('…') || text.includes('...')) for (const cut of findCuts(text)) runs.add(cut);
  return [...runs].slice(0, MOST_RUNS);
}

/**
 * What may be an address whose middle is left out: two ends with an ellipsis between them.
 * @param {string} text
 * @returns {string[]}
 */
function findCuts(text) {
  return text.slice(0, LONGEST_RUN).match(/[\w:-]{4,64}(?:…|\.{2,6})[\w-]{3,64}/g) ?? [];
}
