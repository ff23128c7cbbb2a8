// @ts-check
// The text below a node, read in pieces: the marks between them tell later where in the page a place of the text stands.
// The browser makes an object for each node that a script looks at, and that takes longer than all the text.

/** So many elements are from one mark to the next. */
const MARK_EVERY = 60;

/** A node, and how much text stands before what is in it. @typedef {{ node: Node, before: number }} Mark */

/**
 * The text below a node, with marks in the order of the text.
 * @param {Node} root
 * @returns {{ text: string, marks: Mark[] }}
 */
function markedText(root) {
  const elements = elementsBelow(root);
  let element = elements?.item(MARK_EVERY);
  if (!elements || !element) return { text: real(root, 'textContent') ?? '', marks: [] };
  const range = document.createRange();
  range.setStart(root, 0);
  /** @type {Mark[]} */
  const marks = [];
  const pieces = [];
  let before = 0;
  for (let at = MARK_EVERY; element; at += MARK_EVERY, element = elements.item(at)) {
    // From inside to inside: where a node stands among its neighbours is slow to find.
    range.setEnd(element, 0);
    const piece = range.toString();
    range.collapse(false);
    pieces.push(piece);
    before += piece.length;
    marks.push({ node: element, before });
  }
  range.setEnd(root, real(root, 'childNodes').length);
  pieces.push(range.toString());
  return { text: pieces.join(''), marks };
}

/**
 * All elements below a node, in order, to be gone through forwards by `item`.
 * @param {Node} node
 */
function elementsBelow(node) {
  // Nothing is gone through before it is asked for.
  if (isElement(node) || isDocument(node)) return real(node, 'getElementsByTagName')('*');
  return isFragment(node) ? node.querySelectorAll('*') : null;
}
