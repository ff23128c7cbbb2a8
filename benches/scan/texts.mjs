// @ts-check
// The texts that scanning is measured on, the same in every run.

export const ADDRESSES = [
  '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
  'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  'TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW',
  'LW98ceYNxYki9e9QxDACLn82TtVEPm4qmy',
  'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh',
];

const HEX = '0123456789abcdef';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const MB = 1 << 20;

/** Numbers that look random and are the same in every run (xorshift32). */
let state = 0x9e3779b9;
function random(/** @type {number} */ below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

/** @param {string} alphabet @param {number} length */
const some = (alphabet, length) => Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
const address = () => ADDRESSES[random(ADDRESSES.length)];
const word = () => some(SMALL, 1 + random(11));

/** Words of Chinese characters, now and then with a comma. */
const chinese = () => {
  const word = Array.from({ length: 2 + random(12) }, () => String.fromCharCode(0x4e00 + random(5000)));
  return word.join('') + (random(3) ? '，' : '');
};

/** @param {() => string} part @param {number} length @param {string} [between] */
function fill(part, length, between = ' ') {
  const parts = [];
  for (let size = 0; size < length; ) {
    const next = part();
    parts.push(next);
    size += next.length + between.length;
  }
  return parts.join(between);
}

/**
 * Words and numbers, now and then a hash in hexadecimal or base 64, rarely an address: in 4 MB some 800 hashes of
 * each kind and 150 addresses, one every 28,000 characters.
 * @param {() => string} word
 */
const page = (word) => () => {
  const kind = random(4000);
  if (kind === 0) return address();
  if (kind < 6) return some(HEX, 64);
  if (kind < 11) return `${some(BASE64, 43)}=`;
  return kind < 600 ? String(random(1e9)) : word();
};

/** A table of transactions: a hash or two, three addresses and some words in each row, some 300 characters. */
const row = () => [some(HEX, 64), address(), address(), address(), String(random(1e9)), fill(word, 80)].join(' ');

/** An address with its last character changed. */
const nearMiss = () => {
  const right = address();
  return right.slice(0, -1) + (right.endsWith('a') ? 'b' : 'a');
};

/** What begins like an address and is none: a character short, a wrong one at the end, no digits. */
const almost = () =>
  [
    () => some(BASE58, 24),
    () => `1${some(BASE58, 32)}0`,
    () => `0x${some(HEX, 39)}`,
    () => `bc1q${some(SMALL, 37)}b`,
    () => `T${some(BASE58, 40)}`,
  ][random(5)]();

/** @type {Record<string, () => string>} */
export const TEXTS = {
  'page-like, 4 MB': () => fill(page(word), 4 * MB),
  'the same in Chinese, 4 M characters': () => fill(page(chinese), 4 * MB),
  'rows of transactions, 1 MB': () => fill(row, MB, '\n'),
  'only addresses, 1 MB': () => fill(address, MB),
  'near misses, 1 MB': () => fill(nearMiss, MB),
  'hostile: one long run of almost-addresses, 4 MB': () => fill(almost, 4 * MB, ''),
  'hostile: almost-addresses apart, 1 MB': () => fill(almost, MB),
};
