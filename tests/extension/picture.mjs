// @ts-check
// What a person would see: the pixels of the screen, for no page can lie about those.

import { PNG } from 'pngjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('./inside.mjs').Inside} Inside */

/** The colors of the warning's upper edge, as they are painted: danger and caution. */
const EDGES = [[179, 38, 30], [138, 83, 0]];

/**
 * Which part of the upper edge of a warning can be seen where the warning says that it is.
 * @param {Page} page
 * @param {Inside} inside
 * @returns {Promise<number>} 0 to 1
 */
export async function seen(page, inside) {
  const edge = await inside.evaluate((root) => {
    const { left, top, width } = /** @type {Element} */ (root.querySelector('.card')).getBoundingClientRect();
    return { left, top, width };
  });
  const picture = PNG.sync.read(Buffer.from(await page.screenshot()));
  const y = Math.round(edge.top) + 4;
  const [from, to] = [Math.round(edge.left) + 20, Math.round(edge.left + edge.width) - 20];
  let equal = 0;
  for (let x = from; x < to; x += 1) {
    const at = 4 * (y * picture.width + x);
    const isColor = (/** @type {number[]} */ color) => color.every((part, i) => Math.abs(picture.data[at + i] - part) < 12);
    if (y >= 0 && y < picture.height && EDGES.some(isColor)) equal += 1;
  }
  return equal / Math.max(1, to - from);
}

/** Whether a picture is of one color. @param {Uint8Array} picture a PNG */
export function isBlank(picture) {
  const { data } = PNG.sync.read(Buffer.from(picture));
  return data.every((part, at) => part === data[at % 4]);
}
