// @ts-check
// JavaScript strings on their way into the core.

const encoder = new TextEncoder();

/**
 * Writes a text from a place on as UTF-8 straight into the core's memory, as much of it as there is room for.
 * @param {string} text
 * @param {number} from in UTF-16 units
 * @param {Uint8Array} into
 * @param {Uint32Array} counts gets how many units were read and how many bytes written
 */
export function encodeInto(text, from, into, counts) {
  // Only what there may be room for: Blink takes a copy of all that it is given.
  const part = from === 0 && text.length <= into.length ? text : text.slice(from, from + into.length);
  const { read, written } = encoder.encodeInto(part, into);
  counts[0] = read;
  counts[1] = written;
}

/**
 * Writes some texts from one of them on as UTF-8 into the core's memory, one behind the other, as many as fit.
 * @param {readonly unknown[]} texts strings, or what becomes some
 * @param {number} from
 * @param {Uint8Array} into
 * @param {Uint32Array} lengths gets the length of each in bytes; 0 for one that there is no room for at all
 * @returns {number} how many there were
 */
export function encodeEach(texts, from, into, lengths) {
  const room = into.length / 3; // A unit takes three bytes at most.
  let together = '';
  let end = from;
  for (const most = Math.min(texts.length, from + lengths.length); end < most; end += 1) {
    const text = textOf(texts[end]);
    if (together.length + text.length > room) break;
    lengths[end - from] = text.length;
    together += text;
  }
  if (end === from) {
    lengths[0] = 0;
    return 1;
  }
  if (encoder.encodeInto(together, into).written !== together.length) {
    // Beyond ASCII. Each alone, as halves of a character may meet.
    let at = 0;
    for (let i = from; i < end; i += 1) {
      at += lengths[i - from] = encoder.encodeInto(textOf(texts[i]), into.subarray(at)).written;
    }
  }
  return end - from;
}

/** @param {unknown} given */
function textOf(given) {
  return typeof given === 'string' ? given : String(given);
}

/**
 * Puts what was found into an array, in one step.
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
 * Whether much of a text is beyond Latin-1, by a look at 64 places.
 * @param {string} text
 */
export function isMostlyWide(text) {
  const step = Math.max(1, text.length >> 6);
  let wide = 0;
  for (let at = 0; at < text.length; at += step) if (text.charCodeAt(at) > 0xff) wide += 1;
  return wide >= 16;
}

/**
 * Whether a UTF-16 unit may be within an address or between its prefix and the rest: a letter or digit, a mark that
 * some have, or something beyond ASCII that is invisible or looks like one. The core decides.
 * @param {number} unit
 */
function isWithin(unit) {
  if (unit < 0x80) return /[-0-9A-Za-z_:%]/.test(String.fromCharCode(unit));
  // Latin, Greek, Cyrillic and what is between; Hangul fillers; Khmer and Mongolian invisibles; phonetic letters.
  if (unit < 0x700) return true;
  if (unit < 0x2000) return unit === 0x115f || unit === 0x1160 || (unit >= 0x17b4 && unit <= 0x1d0f);
  if (unit < 0xd800) return unit <= 0x206f || unit === 0x3164;
  // Surrogates, variation selectors, the byte order mark, full-width letters and digits, the half-width filler.
  const isFullWidth = (unit >= 0xff10 && unit <= 0xff19) || (unit >= 0xff21 && unit <= 0xff5a);
  return unit < 0xe000 || (unit >= 0xfe00 && unit <= 0xfe0f) || unit === 0xfeff || isFullWidth || unit === 0xffa0;
}

/** What stands beside a run may name its chain, as a link does: so many units count. */
const BEFORE = 96;
const AFTER = 24;

/**
 * Where the link begins that ends at a place, or the place itself where there is none.
 * @param {string} text
 * @param {number} end
 * @param {number} least it begins no earlier
 */
function linkStart(text, end, least) {
  // A link goes on before a run at one of `=`, `/`, `&`, `?`, `+` and `@`; it is ASCII, without white space.
  if (!'=/&?+@'.includes(text.charAt(end - 1))) return end;
  let start = end;
  while (start > least && text.charCodeAt(start - 1) > 0x20 && text.charCodeAt(start - 1) < 0x7f) start -= 1;
  return start;
}

/** @type {Uint8Array | undefined} 1 for each unit that may be within, made when it is first needed */
let within;

/** Where in a part of a text a run may be; the part stays in the processor's cache. */
const spots = new Uint32Array(2048);

/**
 * Where runs may be that are long enough to hold an address: each such run stands over one of the places, and the text
 * from half of the shortest address before that place on, or up to as much after it. No jump depends on the text
 * (docs/decisions/0002).
 * @param {string} text
 * @param {Uint8Array} isIn
 * @param {number} first the first of the places, the others follow one shortest address apart
 * @param {number} shortest the length of the shortest address
 * @returns {number} how many are in `spots`
 */
function findSpots(text, isIn, first, shortest) {
  const end = Math.min(text.length, first + shortest * spots.length);
  let some = 0;
  for (let at = first; at < end; at += shortest) {
    spots[some] = at;
    some += isIn[text.charCodeAt(at)];
  }
  const quarter = (shortest - 1) >> 2;
  const most = text.length - 1; // What would be beyond it is before it in a run that ends there.
  let few = 0;
  for (let i = 0; i < some; i += 1) {
    const at = spots[i];
    const before = isIn[text.charCodeAt(at - 2 * quarter)] & isIn[text.charCodeAt(at - quarter)];
    const after =
      isIn[text.charCodeAt(Math.min(at + quarter, most))] & isIn[text.charCodeAt(Math.min(at + 2 * quarter, most))];
    spots[few] = at;
    few += before | after;
  }
  return few;
}

/**
 * Where the runs of a text are that are long enough to hold an address, with what is beside them (after Horspool, 1980).
 * @param {string} text
 * @param {number} shortest the length of the shortest address
 * @returns {number[]} where each begins once they are put together, and where in the text, in turn; then how long all are
 */
export function longRuns(text, shortest) {
  const { length } = text;
  const isIn = (within ??= Uint8Array.from({ length: 0x10000 }, (_, unit) => Number(isWithin(unit))));
  const places = [];
  let joined = 0; // So long they are together.
  let last = 0; // Where the last run ended.
  for (let first = shortest - 1; first < length; first += shortest * spots.length) {
    const some = findSpots(text, isIn, first, shortest);
    for (let i = 0; i < some; i += 1) {
      let start = spots[i];
      if (start < last) continue;
      let end = start + 1;
      while (start > last && isIn[text.charCodeAt(start - 1)]) start -= 1;
      while (end < length && isIn[text.charCodeAt(end)]) end += 1;
      if (end - start < shortest) continue;
      const from = linkStart(text, start, Math.max(last, start - BEFORE));
      // Behind it the number of a chain (ERC-681), or one character that tells base 64.
      const to = Math.min(length, text.charCodeAt(end) === 0x40 ? end + AFTER : end + 1);
      places.push(joined, from);
      joined += to - from + 1;
      last = end;
    }
  }
  places.push(joined);
  return places;
}

/**
 * Runs of a text put together, with line ends.
 * @param {string} text
 * @param {Uint32Array} places of the runs, as they were found
 */
export function joinRuns(text, places) {
  const runs = [];
  for (let at = 0; at + 2 < places.length; at += 2) {
    const length = places[at + 2] - places[at] - 1;
    runs.push(text.slice(places[at + 1], places[at + 1] + length));
  }
  return runs.join('\n');
}
