// @ts-check
// What the browser itself says of any node of the page, and looking into shadow roots. A page may name the fields of a
// form like what a script asks it, and take nodes out of a frame, which stay instances of that frame's classes.

/**
 * The name of the class of a node or any object, whichever frame it is of.
 * @param {unknown} what
 */
function classOf(what) {
  return Object.prototype.toString.call(what).slice(8, -1);
}

/** @param {unknown} what @returns {what is Element} */
function isElement(what) {
  return classOf(what).endsWith('Element');
}

/** @param {unknown} what @returns {what is HTMLElement} */
function isHtmlElement(what) {
  return isElement(what) && classOf(what).startsWith('HTML');
}

/** @param {unknown} what @returns {what is HTMLFormElement} */
function isForm(what) {
  return classOf(what) === 'HTMLFormElement';
}

/** @param {unknown} what @returns {what is HTMLSlotElement} */
function isSlot(what) {
  return classOf(what) === 'HTMLSlotElement';
}

/** @param {unknown} what @returns {what is ShadowRoot} */
function isShadowRoot(what) {
  return classOf(what) === 'ShadowRoot';
}

/** @param {unknown} what @returns {what is DocumentFragment} */
function isFragment(what) {
  return classOf(what) === 'DocumentFragment' || isShadowRoot(what);
}

/** @param {unknown} what @returns {what is Document} */
function isDocument(what) {
  return classOf(what).endsWith('Document');
}

const nodeName = /** @type {() => string} */ (Object.getOwnPropertyDescriptor(Node.prototype, 'nodeName')?.get);

/** The same as `real` of `nodeName`, for where it is asked very often. @param {Node} node */
function nameOf(node) {
  return nodeName.call(node);
}

/** @param {Node} node @returns {node is Text} */
function isText(node) {
  const name = nameOf(node);
  return name === '#text' || name === '#cdata-section';
}

/**
 * A property of a node as the browser has it; a method comes bound. Of a form, a field of that name comes before it, also
 * in this world: every node that a page may have made a form is asked so.
 * @template {Node} T
 * @template {keyof T} K
 * @param {T} node
 * @param {K} name
 * @returns {T[K]}
 */
function real(node, name) {
  const value = /** @type {any} */ (isForm(node) ? Reflect.get(HTMLFormElement.prototype, name, node) : node[name]);
  return typeof value === 'function' ? value.bind(node) : value;
}

/**
 * Whether a node that was kept can still be asked: Firefox cuts a script off from the nodes that it got before the frame
 * that they were made in went away. The same nodes got anew can be.
 * @param {Node} node
 */
function isAlive(node) {
  try {
    void node.nodeType;
    return true;
  } catch {
    return false;
  }
}

/**
 * The root inside an element, also a closed one: the browsers let extensions look into those.
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
function shadowOf(element) {
  // Not every element can have one; all elements of a page are asked.
  const name = classOf(element);
  if (!name.startsWith('HTML') || name === 'HTMLFormElement') return null;
  const { openOrClosedShadowRoot } = /** @type {any} */ (element);
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  try {
    return chrome.dom?.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element)) ?? element.shadowRoot;
  } catch {
    // The extension was updated and this page still runs the old one, which has no rights any more.
    return element.shadowRoot;
  }
}

/** Deeper than any page is built. */
const DEEPEST = 500;

/**
 * What a person sees of an element at a place of the window, in whatever shadow root.
 * @param {Element} element
 * @param {number} x
 * @param {number} y
 */
function innermostAt(element, x, y) {
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const inner = shadowOf(element)?.elementFromPoint(x, y);
    if (!inner || inner === element) break;
    element = inner;
  }
  return element;
}
