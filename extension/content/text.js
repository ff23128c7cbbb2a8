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

/** More neighbours than this are measured in groups of so many, and those in groups of their root. */
const GROUP = 64;

/** Among neighbours with more text than this, one with more elements inside is measured by what the others leave. */
const HEAVY_TEXT = 1 << 14;
const HEAVY = 200;

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
 * The lines that stand at places of the text below a node.
 * @param {Node} root
 * @param {Place[]} places
 * @returns {Line[]}
 */
function linesAt(root, places) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Set<Node>} */
  const taken = new Set();
  for (const node of textNodesAt(root, places)) {
    if (taken.has(node) || UNSEEN.has(node.parentNode?.nodeName ?? '')) continue;
    const line = lineAround(node);
    for (const one of line.nodes) taken.add(one);
    if (mayHold(line.text)) lines.push(line);
  }
  return lines;
}

/** Neighbours, by their first and last number among the children, and which part of a text is theirs. @typedef {{ parent: Node, first: number, last: number, from: number, to: number }} Group */

/**
 * The text nodes that hold places of the text below a node, in order. Goes down only where one is and measures the rest
 * in groups: the browser makes an object for each node that a script looks at, and that takes longer than all the text.
 * @param {Node} root
 * @param {Place[]} places
 * @returns {Text[]}
 */
function textNodesAt(root, places) {
  if (root instanceof Text) return [root];
  /** @type {Text[]} */
  const found = [];
  /** @type {Group[]} */
  const groups = [{ parent: root, first: 0, last: root.childNodes.length - 1, from: 0, to: lengthOf(root) }];
  for (let group = groups.pop(); group; group = groups.pop()) {
    if (group.first > group.last) continue;
    if (group.first === group.last) {
      const node = group.parent.childNodes[group.first];
      if (node instanceof Text) found.push(node);
      else groups.push({ ...group, parent: node, first: 0, last: node.childNodes.length - 1 });
      continue;
    }
    // The first comes out first.
    groups.push(...split(group).filter(({ from, to }) => isAnyIn(places, from, to)).reverse());
  }
  return found;
}

/**
 * The parts of a group, down to single nodes.
 * @param {Group} group
 * @returns {Group[]}
 */
function split({ parent, first, last, from, to }) {
  const children = parent.childNodes;
  const count = last - first + 1;
  const size = count > GROUP ? GROUP : count > Math.sqrt(GROUP) ? Math.sqrt(GROUP) : 1;
  /** @type {number[]} */
  const starts = [];
  for (let at = first; at <= last; at += size) starts.push(at);
  const ends = starts.map((start) => Math.min(start + size - 1, last));
  const heavy = size === 1 && to - from > HEAVY_TEXT ? starts.findIndex((at) => isHeavy(children[at])) : -1;
  const inferred = heavy < 0 ? starts.length - 1 : heavy;
  const lengths = starts.map((start, at) => {
    if (at === inferred) return 0;
    return size === 1 ? lengthOf(children[start]) : lengthBetween(children[start], children[ends[at]]);
  });
  lengths[inferred] = to - from - lengths.reduce((sum, length) => sum + length, 0);
  return starts.map((start, at) => {
    const part = { parent, first: start, last: ends[at], from, to: from + lengths[at] };
    from = part.to;
    return part;
  });
}

/** @param {Node} node */
function isHeavy(node) {
  return node instanceof Element && node.getElementsByTagName('*')[HEAVY] !== undefined;
}

/** How long a node's text is within that of its parent. @param {Node} node */
function lengthOf(node) {
  if (node instanceof Text) return node.length;
  return node instanceof CharacterData ? 0 : (node.textContent ?? '').length;
}

/**
 * How long the text from one neighbour to another is.
 * @param {Node} first
 * @param {Node} last
 */
function lengthBetween(first, last) {
  const range = document.createRange();
  // From inside to inside: where the neighbours stand among all is slow to find.
  range.setStart(first, 0);
  range.setEnd(last, last instanceof CharacterData ? last.length : last.childNodes.length);
  return range.toString().length;
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
  const breakAt = (node) => {
    if (node instanceof Element && !INLINE.has(node.nodeName)) text += '\n';
  };
  for (let node = /** @type {Node | null} */ (root.firstChild); node; ) {
    if (node instanceof Text) text += node.data;
    breakAt(node);
    if (node.firstChild) {
      node = node.firstChild;
      continue;
    }
    breakAt(node);
    while (node && !node.nextSibling) {
      node = node.parentNode;
      if (!node || node === root) return text;
      breakAt(node);
    }
    node = node?.nextSibling ?? null;
  }
  return text;
}
