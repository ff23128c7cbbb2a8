// @ts-check
// The text of a page as a person reads it: which nodes flow into one line, and where in them something stands.

/** Elements whose text goes on in that of their neighbours. */
const INLINE = inEitherCase([
  'A', 'ABBR', 'B', 'BDI', 'BDO', 'CODE', 'DATA', 'DEL', 'EM', 'FONT', 'I', 'INS', 'KBD', 'MARK', 'S', 'SAMP', 'SMALL',
  'SPAN', 'STRONG', 'SUB', 'SUP', 'TSPAN', 'TT', 'U', 'VAR', 'WBR',
]);

/** Elements whose text nobody sees, or that are fields. */
const UNSEEN = inEitherCase(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'TITLE', 'HEAD']);

/** Names as they are in HTML, and in XHTML and SVG. @param {string[]} names */
function inEitherCase(names) {
  return new Set(names.flatMap((name) => [name, name.toLowerCase()]));
}

/** Whether the text of a node goes on in that of its neighbours. @param {Node} node */
function isInline(node) {
  return INLINE.has(nameOf(node));
}

/** Whether nobody sees the text of a node, or it is a field. @param {Node | null} node */
function isUnseen(node) {
  return node !== null && UNSEEN.has(nameOf(node));
}

/** Below more characters than this the lines are looked for child by child. */
const LARGE = 1 << 20;

/** So many nodes on either side of one are looked at for those that flow into it. */
const MOST_NEIGHBOURS = 256;

/** A line: text nodes that flow into one another. @typedef {{ text: string, nodes: Text[] }} Line */

/**
 * The lines below a node that may hold an address, and those that it stands in.
 * @param {Node} root
 * @param {Set<Text>} taken what stands in a line already; takes what stands in these
 * @param {Node[]} later takes the children of what is too large to be looked at in one go
 * @returns {Line[]}
 */
function linesBelow(root, taken, later) {
  if (isUnseen(root)) return [];
  let nodes = endsInLine(root);
  const { text, marks } = markedText(root);
  if (real(root, 'firstChild') && mayHold(text)) {
    // Not as arguments of `push`: a page may have more nodes than a call may have those.
    if (text.length <= LARGE) nodes = [...nodes, ...textNodesAt(root, placesIn(text), marks)];
    // The last comes first out of what is kept for later.
    else for (let child = real(root, 'lastChild'); child; child = real(child, 'previousSibling')) later.push(child);
  }
  /** @type {Line[]} */
  const lines = [];
  for (const node of nodes) {
    if (taken.has(node) || holdsNothing(node) || isUnseen(node.parentNode)) continue;
    const line = lineAround(node);
    for (const one of line.nodes) taken.add(one);
    if (mayHold(line.text)) lines.push(line);
  }
  return lines;
}

/**
 * The lines below nodes that may hold an address.
 * @param {Node[]} parts
 */
function* linesIn(parts) {
  /** @type {Set<Text>} */
  const taken = new Set();
  for (let part = parts.pop(); part; part = parts.pop()) yield* linesBelow(part, taken, parts);
}

/**
 * The text nodes by which a node flows into its neighbours.
 * @param {Node} root
 * @returns {Text[]}
 */
function endsInLine(root) {
  if (isText(root)) return [root];
  if (!isInline(root)) return [];
  const walker = textsBelow(root);
  const first = walker.firstChild();
  walker.currentNode = root;
  const last = walker.lastChild();
  return /** @type {Text[]} */ (first === last ? [first] : [first, last]).filter(Boolean);
}

/** @param {Node} root */
function textsBelow(root) {
  return document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_CDATA_SECTION);
}

/**
 * The text nodes that hold places of the text below a node, in order.
 * @param {Node} root
 * @param {Place[]} places
 * @param {Mark[]} marks of its text
 * @returns {Text[]}
 */
function textNodesAt(root, places, marks) {
  const walker = textsBelow(root);
  let end = 0; // of the text up to where the walker is
  let ahead = 0; // the first mark behind the place
  /** @type {Text[]} */
  const found = [];
  for (const [from, to] of places) {
    while (ahead < marks.length && marks[ahead].before <= from) ahead += 1;
    const mark = marks[ahead - 1];
    if (mark && mark.before > end) {
      walker.currentNode = mark.node;
      end = mark.before;
    }
    while (end < to) {
      const node = /** @type {Text | null} */ (walker.nextNode());
      if (!node) return found;
      end += node.length;
      if (end > from) found.push(node);
    }
  }
  return found;
}

/** Whether a text node flows into no other and may not hold an address itself. @param {Text} node */
function holdsNothing(node) {
  /** @type {Node | null} */
  let at = node;
  do {
    if (at.nextSibling || at.previousSibling) return false;
    at = at.parentNode;
  } while (at && isInline(at));
  return !mayHold(node.data);
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
      if (!parent || !isInline(parent)) return null;
      at = parent;
    }
    at = at[side];
    while (isInline(at)) {
      const inner = side === 'nextSibling' ? at.firstChild : at.lastChild;
      if (!inner) break;
      at = inner;
    }
    if (isText(at)) return at;
    // What nobody sees, such as the comments that frameworks put between texts, interrupts nothing.
    if (isElement(at) && !isInline(at) && !isUnseen(at)) return null;
  }
}

/**
 * The runs of a line: those of its whole text, and those of each node, for two addresses may stand in two nodes
 * without a space between them.
 * @param {Line} line
 * @returns {string[]}
 */
function runsOfLine({ text, nodes }) {
  const parts = nodes.length > 1 ? nodes.flatMap(({ data }) => findRuns(data)) : [];
  return [...findRuns(text), ...parts];
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
  const breakAt = (node) => {
    if (isElement(node) && !isInline(node)) text += '\n';
  };
  for (let node = /** @type {Node | null} */ (real(root, 'firstChild')); node; ) {
    if (isText(node)) text += node.data;
    breakAt(node);
    const inner = real(node, 'firstChild');
    if (inner) {
      node = inner;
      continue;
    }
    breakAt(node);
    while (!real(node, 'nextSibling')) {
      node = real(node, 'parentNode');
      if (!node || node === root) return text;
      breakAt(node);
    }
    node = real(node, 'nextSibling');
  }
  return text;
}
