// @ts-check
// The text of a page as a person reads it: which nodes flow into one line, and where in them something stands.

/** Elements whose text goes on in that of their neighbours. */
const INLINE = new Set([
  'A', 'ABBR', 'B', 'BDI', 'BDO', 'CODE', 'DATA', 'DEL', 'EM', 'FONT', 'I', 'INS', 'KBD', 'MARK', 'S', 'SAMP', 'SMALL',
  'SPAN', 'STRONG', 'SUB', 'SUP', 'TT', 'U', 'VAR', 'WBR',
]);

/** Elements whose text nobody sees, or that are fields. */
const UNSEEN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'TITLE', 'HEAD']);

/** Below more characters than this the lines are looked for child by child. */
const LARGE = 1 << 20;

/** So many nodes on either side of one are looked at for those that flow into it. */
const MOST_NEIGHBOURS = 256;

/** A line: text nodes that flow into one another. @typedef {{ text: string, nodes: Text[] }} Line */

/**
 * The root inside an element, also a closed one: the browsers let extensions look into those.
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
function shadowOf(element) {
  if (!(element instanceof HTMLElement)) return null;
  const { openOrClosedShadowRoot } = /** @type {any} */ (element);
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  return chrome.dom?.openOrClosedShadowRoot(element) ?? element.shadowRoot;
}

/**
 * The lines below a node that may hold an address.
 * @param {Node} root
 * @param {Node[]} later takes the children of what is too large to be looked at in one go
 * @returns {Line[]}
 */
function linesBelow(root, later) {
  if (UNSEEN.has(root.nodeName)) return [];
  const text = root.textContent ?? '';
  if (!mayHold(text)) return [];
  if (text.length <= LARGE || !root.firstChild) return linesAt(root, placesIn(text));
  // The last comes first out of what is kept for later.
  for (let child = root.lastChild; child; child = child.previousSibling) later.push(child);
  return [];
}

/**
 * The lines that stand at places of the text below a node. Most nodes are only counted: the browser makes the objects
 * for a node when a script first asks for it, and that takes longer than all the rest.
 * @param {Node} root
 * @param {[start: number, end: number][]} places in order
 * @returns {Line[]}
 */
function linesAt(root, places) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Set<Node>} */
  const taken = new Set();
  const nodes = document.createNodeIterator(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_CDATA_SECTION);
  let end = 0;
  let next = 0;
  while (next < places.length) {
    const node = /** @type {Text | null} */ (nodes.nextNode());
    if (!node) break;
    end += node.length;
    if (end <= places[next][0]) continue;
    while (next < places.length && places[next][1] <= end) next += 1;
    if (taken.has(node) || UNSEEN.has(node.parentNode?.nodeName ?? '')) continue;
    const line = lineAround(node);
    for (const one of line.nodes) taken.add(one);
    if (mayHold(line.text)) lines.push(line);
  }
  return lines;
}

/**
 * The line in which a text node stands.
 * @param {Text} node
 * @returns {Line}
 */
function lineAround(node) {
  const nodes = [node];
  for (const side of /** @type {const} */ (['previousSibling', 'nextSibling'])) {
    const found = [];
    for (let at = besideInLine(node, side); at && found.length < MOST_NEIGHBOURS; at = besideInLine(at, side)) found.push(at);
    if (side === 'nextSibling') nodes.push(...found);
    else nodes.unshift(...found.reverse());
  }
  return { text: nodes.map(({ data }) => data).join(''), nodes };
}

/**
 * The text node that flows into another on one side, unless something stands between them.
 * @param {Text} node
 * @param {'previousSibling' | 'nextSibling'} side
 * @returns {Text | null}
 */
function besideInLine(node, side) {
  /** @type {Node} */
  let at = node;
  for (;;) {
    while (!at[side]) {
      const parent = at.parentNode;
      if (!parent || !INLINE.has(parent.nodeName)) return null;
      at = parent;
    }
    at = at[side];
    while (INLINE.has(at.nodeName)) {
      const inner = side === 'nextSibling' ? at.firstChild : at.lastChild;
      if (!inner) break;
      at = inner;
    }
    if (at instanceof Text) return at;
    // What nobody sees, such as the comments that frameworks put between texts, interrupts nothing.
    if (at instanceof Element && !INLINE.has(at.nodeName) && !UNSEEN.has(at.nodeName)) return null;
  }
}

/**
 * The runs of a line: those of its whole text, and those of each node, for two addresses may stand in two nodes
 * without a space between them.
 * @param {Line} line
 * @returns {string[]}
 */
function runsOfLine({ text, nodes }) {
  const runs = findRuns(text);
  if (nodes.length > 1) for (const { data } of nodes) runs.push(...findRuns(data));
  return runs;
}

/**
 * Where a text stands in a line, each time.
 * @param {Line} line
 * @param {string} text
 * @returns {Range[]}
 */
function rangesInLine({ nodes }, text) {
  const whole = nodes.map((node) => node.data).join('');
  const ranges = [];
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + text.length)) {
    ranges.push(rangeOver(nodes, at, at + text.length));
  }
  return ranges;
}

/**
 * The range from one place in the text of nodes to another.
 * @param {Text[]} nodes
 * @param {number} start
 * @param {number} end
 */
function rangeOver(nodes, start, end) {
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.data.length;
    if (start >= before && start < after) range.setStart(node, start - before);
    if (end > before && end <= after) range.setEnd(node, end - before);
    before = after;
  }
  return range;
}

/**
 * What a person reads below a node, with a line break wherever the text does not flow on.
 * @param {Node} root
 * @returns {string}
 */
function textOf(root) {
  let text = '';
  /** @param {Node} node */
  const visit = (node) => {
    if (node instanceof Text) text += node.data;
    const breaks = node instanceof Element && !INLINE.has(node.nodeName);
    if (breaks) text += '\n';
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
    if (breaks) text += '\n';
  };
  for (let child = root.firstChild; child; child = child.nextSibling) visit(child);
  return text;
}
