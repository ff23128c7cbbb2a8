// @ts-check
// Identities that look random and are the same in every run.

/** The bytes of one. */
export const WIDTH = 20;

/**
 * @param {number} count
 * @param {number} seed
 * @returns {Uint8Array} one after the other
 */
export function random(count, seed) {
  const words = new Uint32Array((count * WIDTH) / 4);
  // xoshiro128** (Blackman and Vigna, 2018).
  let [a, b, c, d] = [seed ^ 0x9e3779b9, seed ^ 0x243f6a88, seed ^ 0xb7e15162, seed ^ 0xdeadbeef];
  for (let at = 0; at < words.length; at += 1) {
    const scrambled = Math.imul(b, 5);
    words[at] = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
  }
  return new Uint8Array(words.buffer);
}

/**
 * The address of the identity at a place, in small letters.
 * @param {Uint8Array} keys
 * @param {number} at
 */
export function hex(keys, at) {
  return `0x${Buffer.from(keys.buffer, keys.byteOffset + at * WIDTH, WIDTH).toString('hex')}`;
}
