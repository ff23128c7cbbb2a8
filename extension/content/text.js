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

/** The text nodes of a page are gone through from an element that begins at most so many characters before what is looked for. */
const NEAR = 256;

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
 * The lines below a node that may hold an address, and those that it stands in.
 * @param {Node} root
 * @param {Set<Text>} taken what stands in a line already; takes what stands in these
 * @param {Node[]} later takes the children of what is too large to be looked at in one go
 * @returns {Line[]}
 */
function linesBelow(root, taken, later) {
  if (UNSEEN.has(root.nodeName)) return [];
  const text = root.textContent ?? '';
  let nodes = endsInLine(root);
  if (root.firstChild && mayHold(text)) {
    // Not as arguments of `push`: a page may have more nodes than a call may have those.
    if (text.length <= LARGE) nodes = [...nodes, ...textNodesAt(root, placesIn(text), text.length)];
    // The last comes first out of what is kept for later.
    else for (let child = root.lastChild; child; child = child.previousSibling) later.push(child);
  }
  /** @type {Line[]} */
  const lines = [];
  for (const node of nodes) {
    if (taken.has(node) || holdsNothing(node) || UNSEEN.has(node.parentNode?.nodeName ?? '')) continue;
    const line = lineAround(node);
    for (const one of line.nodes) taken.add(one);
    if (mayHold(line.text)) lines.push(line);
  }
  return lines;
}

/**
 * The text nodes by which a node flows into its neighbours.
 * @param {Node} root
 * @returns {Text[]}
 */
function endsInLine(root) {
  if (root instanceof Text) return [root];
  if (!INLINE.has(root.nodeName)) return [];
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

/** An element, by its number among all, and how much text stands before it. @typedef {{ number: number, element: Node, before: number }} Mark */

/**
 * The text nodes that hold places of the text below a node, in order. Goes through those close to a place and measures
 * the text before: the browser makes an object for each node that a script looks at, and that takes longer than all the
 * text.
 * @param {Node} root
 * @param {Place[]} places
 * @param {number} length of the text
 * @returns {Text[]}
 */
function textNodesAt(root, places, length) {
  if (!(root instanceof Element || root instanceof DocumentFragment)) return [];
  const elements = root.querySelectorAll('*');
  /** @type {Mark} */
  let mark = { number: -1, element: root, before: 0 };
  /** What was measured ahead, the nearest last. @type {Mark[]} */
  const ahead = [{ number: elements.length, element: root, before: length }];
  const walker = textsBelow(root);
  let end = 0; // of the text up to where the walker is
  /** @type {Text[]} */
  const found = [];
  for (const [from, to] of places) {
    if (from > end + NEAR) {
      mark = markBefore(from, elements, mark, ahead);
      if (mark.before > end) {
        walker.currentNode = mark.element;
        end = mark.before;
      }
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

/**
 * An element that begins close before a place of the text, or the last that begins before it. Guesses as one opens a
 * dictionary, by the share of the text, and halves at every third guess, should the text be spread too unevenly.
 * @param {number} place
 * @param {NodeListOf<Element>} elements all, in order
 * @param {Mark} mark begins before the place
 * @param {Mark[]} ahead those that begin after it, the nearest last; takes what is found on the way
 * @returns {Mark}
 */
function markBefore(place, elements, mark, ahead) {
  let next = ahead[ahead.length - 1];
  for (let guesses = 1; ; guesses += 1) {
    while (next.before <= place) {
      mark = next;
      ahead.pop();
      next = ahead[ahead.length - 1];
    }
    const most = next.number - mark.number - 1;
    if (most < 1 || place - mark.before <= NEAR) return mark;
    const share = guesses % 3 === 0 ? 1 / 2 : (place - NEAR / 2 - mark.before) / (next.before - mark.before);
    const number = mark.number + Math.min(most, Math.max(1, Math.round(share * most)));
    const element = elements[number];
    next = { number, element, before: mark.before + lengthBetween(mark.element, element) };
    ahead.push(next);
  }
}

/**
 * How long the text from the beginning of one node to that of a later one is.
 * @param {Node} first
 * @param {Node} last
 */
function lengthBetween(first, last) {
  const range = document.createRange();
  // From inside to inside: where a node stands among its neighbours is slow to find.
  range.setStart(first, 0);
  range.setEnd(last, 0);
  return range.toString().length;
}

/** Whether a text node flows into no other and may not hold an address itself. @param {Text} node */
function holdsNothing(node) {
  /** @type {Node | null} */
  let at = node;
  do {
    if (at.nextSibling || at.previousSibling) return false;
    at = at.parentNode;
  } while (at && INLINE.has(at.nodeName));
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
