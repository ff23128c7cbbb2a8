// @ts-check
// JavaScript strings on their way into the core: what only JavaScript can do fast.

const encoder = new TextEncoder();

/**
 * Writes a text from a place on as UTF-8 straight into the core's memory, as much of it as there is room for.
 * @param {string} text
 * @param {number} from in UTF-16 units
 * @param {Uint8Array} into
 * @param {Uint32Array} counts gets how many units were read and how many bytes written
 */
export function encodeInto(text, from, into, counts) {
  const { read, written } = encoder.encodeInto(from === 0 ? text : text.slice(from), into);
  counts[0] = read;
  counts[1] = written;
}

/**
 * Puts what was found into an array. The plain object is made here, in one step, as each crossing costs.
 * @param {{ start: number, end: number, address: string, chain: string }[]} all
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} chain
 * @param {string | undefined} hidden the address, where it does not stand just so in the text
 */
export function pushFound(all, text, start, end, chain, hidden) {
  all.push({ start, end, address: hidden ?? text.slice(start, end), chain });
}

/**
 * Whether much of a text is beyond Latin-1, by a look at 64 places. Only the speed depends on the answer.
 * @param {string} text
 */
export function isMostlyWide(text) {
  const step = Math.max(1, text.length >> 6);
  let wide = 0;
  for (let at = 0; at < text.length; at += step) if (text.charCodeAt(at) > 0xff) wide += 1;
  return wide >= 16;
}

/**
 * Whether a UTF-16 unit may be within an address: a letter or digit, a mark that some have, or something beyond
 * ASCII that is invisible or looks like one. The core decides; what is left out here is never looked at.
 * @param {number} unit
 */
function isWithin(unit) {
  if (unit < 0x80) {
    return (
      (unit >= 0x30 && unit <= 0x3a) || // 0-9 and the colon of a prefix
      (unit >= 0x61 && unit <= 0x7a) ||
      (unit >= 0x41 && unit <= 0x5a) ||
      unit === 0x2d ||
      unit === 0x5f
    );
  }
  // Latin, Greek, Cyrillic and what is between; Hangul fillers; Khmer and Mongolian invisibles; phonetic letters.
  if (unit < 0x700) return true;
  if (unit < 0x2000) return unit === 0x115f || unit === 0x1160 || (unit >= 0x17b4 && unit <= 0x1d0f);
  if (unit < 0xd800) return unit <= 0x206f || unit === 0x3164;
  // Surrogates, variation selectors, the byte order mark and full-width forms; not the private use area.
  return unit < 0xe000 || unit >= 0xfe00;
}

/**
 * The runs of a text that are long enough to hold an address, and where each begins. Looks at the unit one
 * shortest address ahead, then jumps: most of the text is not looked at.
 * @param {string} text
 * @param {number} shortest the length of the shortest address
 * @returns {(string | number)[]} begin, run, begin, run …
 */
export function longRuns(text, shortest) {
  const runs = [];
  let start = 0;
  let known = 0; // From `start` up to here all units are within.
  while (start + shortest <= text.length) {
    const ahead = start + shortest - 1;
    let at = ahead;
    while (at >= known && isWithin(text.charCodeAt(at))) at -= 1;
    if (at >= known) {
      start = at + 1;
      known = ahead + 1;
      continue;
    }
    let end = ahead + 1;
    while (end < text.length && isWithin(text.charCodeAt(end))) end += 1;
    runs.push(start, text.slice(start, end));
    start = end + 1;
    known = start;
  }
  return runs;
}
