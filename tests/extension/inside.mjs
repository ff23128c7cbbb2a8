// @ts-check
// Looking into closed shadow roots, as only the browser's own tools can: what the extension shows on a page.

import { isFirefox, until } from './browser.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */

/**
 * A closed shadow root that is on the page now.
 * @typedef {object} Inside
 * @property {<T>(look: (root: ShadowRoot) => T) => Promise<T>} evaluate
 */

/**
 * Every closed shadow root of the extension's hosts in a frame.
 * @param {Frame} frame
 * @returns {Promise<Inside[]>}
 */
async function closedRoots(frame) {
  return isFirefox ? closedRootsByBidi(frame) : closedRootsByCdp(frame);
}

/**
 * @param {Frame} frame
 * @returns {Promise<Inside[]>}
 */
async function closedRootsByCdp(frame) {
  const { client } = /** @type {any} */ (frame);
  const { root } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
  // Frames of the same process are part of the same tree.
  const document = frame.parentFrame() ? (documentOf(root, frame) ?? root) : root;
  /** @type {any[]} */
  const found = [];
  collect(document, found);
  return found.map((shadow) => ({
    async evaluate(look) {
      const { object } = await client.send('DOM.resolveNode', { backendNodeId: shadow.backendNodeId });
      const { result, exceptionDetails } = await client.send('Runtime.callFunctionOn', {
        functionDeclaration: `function () { return (${look})(this); }`,
        objectId: object.objectId,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  }));
}

/**
 * @param {any} node
 * @param {Frame} frame
 * @returns {any}
 */
function documentOf(node, frame) {
  if (node.frameId === /** @type {any} */ (frame)._id && node.contentDocument) return node.contentDocument;
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? []), node.contentDocument].filter(Boolean)) {
    const found = documentOf(child, frame);
    if (found) return found;
  }
  return null;
}

/**
 * @param {any} node
 * @param {any[]} found
 */
function collect(node, found) {
  for (const shadow of node.shadowRoots ?? []) {
    if (shadow.shadowRootType === 'closed') found.push(shadow);
    collect(shadow, found);
  }
  for (const child of node.children ?? []) collect(child, found);
}

/**
 * @param {Frame} frame
 * @returns {Promise<Inside[]>}
 */
async function closedRootsByBidi(frame) {
  const { connection } = /** @type {any} */ (frame.page().browser());
  // A world of its own: the page may have spoiled its.
  const target = { context: /** @type {any} */ (frame)._id, sandbox: 'look' };
  /** @param {string} functionDeclaration @param {any[]} args @param {object} [more] */
  const call = async (functionDeclaration, args, more = {}) => {
    const { result } = await connection.send('script.callFunction', {
      functionDeclaration,
      arguments: args,
      awaitPromise: true,
      target,
      ...more,
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result;
  };
  // The extension's hosts are the only elements beside head and body.
  const hosts = await call('() => [...document.documentElement.children]', [], {
    serializationOptions: { maxDomDepth: 1, includeShadowTree: 'all' },
  });
  const roots = hosts.value.map((/** @type {any} */ host) => host.value.shadowRoot).filter(Boolean);
  return roots
    .filter((/** @type {any} */ root) => root.value.mode === 'closed')
    .map((/** @type {any} */ root) => ({
      async evaluate(/** @type {any} */ look) {
        const text = await call(`(root) => JSON.stringify([(${look})(root)])`, [{ sharedId: root.sharedId }]);
        return JSON.parse(text.value)[0];
      },
    }));
}

/**
 * What the extension shows in a frame now: a warning or a note, in words.
 * @param {Page | Frame} where
 * @returns {Promise<{ kind: 'warning' | 'note', level: string, text: string, address: string, inside: Inside } | null>}
 */
export async function shown(where) {
  const frame = 'mainFrame' in where ? where.mainFrame() : where;
  for (const inside of await closedRoots(frame).catch(() => [])) {
    const seen = await inside
      .evaluate((root) => {
        const box = root.querySelector('dialog, .note');
        if (!(box instanceof HTMLElement) || !box.getClientRects().length) return null;
        return {
          kind: /** @type {'warning' | 'note'} */ (box.localName === 'dialog' ? 'warning' : 'note'),
          level: box.className.replace('scene', '').trim(),
          text: box.innerText,
          address: box.querySelector('.pasted code')?.textContent ?? '',
        };
      })
      .catch(() => null);
    if (seen?.text) return { ...seen, inside };
  }
  return null;
}

/**
 * Waits for a warning or a note.
 * @param {Page | Frame} where
 * @param {'warning' | 'note'} kind
 */
export async function appears(where, kind) {
  /** @type {Awaited<ReturnType<typeof shown>>} */
  let seen = null;
  try {
    return await until(async () => {
      seen = await shown(where);
      return seen?.kind === kind ? seen : null;
    }, `a ${kind} on ${where.url()}`);
  } catch (error) {
    const page = await where.evaluate(() => [document.hasFocus() ? 'focused' : 'not focused', document.activeElement?.outerHTML, document.body?.innerText].join('\n').slice(0, 500)).catch(String);
    throw new Error(`${error}; seen instead: ${JSON.stringify(seen)}; the page: ${page}`);
  }
}

/**
 * Waits until nothing is shown.
 * @param {Page | Frame} where
 */
export function disappears(where) {
  return until(async () => !(await shown(where)), `nothing shown on ${where.url()}`);
}

/**
 * Waits until the buttons that keep an address can be pressed.
 * @param {Inside} inside
 */
export function ripe(inside) {
  return until(() => inside.evaluate((root) => !root.querySelector('button:disabled')), 'the buttons');
}

/**
 * The middle of a button of the warning.
 * @param {Inside} inside
 * @param {string} label
 */
export async function placeOf(inside, label) {
  const places = await inside.evaluate((root) =>
    [...root.querySelectorAll('button')].map((button) => {
      const { x, y, width, height } = button.getBoundingClientRect();
      return { label: button.textContent, x: x + width / 2, y: y + height / 2 };
    }),
  );
  const place = places.find((button) => button.label === label);
  if (!place) throw new Error(`no button “${label}” but ${places.map((button) => button.label)}`);
  return place;
}

/**
 * Presses a button of the warning with the mouse.
 * @param {Page} page
 * @param {Inside} inside
 * @param {string} label
 */
export async function press(page, inside, label) {
  const { x, y } = await placeOf(inside, label);
  await page.mouse.click(x, y);
}
