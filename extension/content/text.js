// @ts-check
// The text of a page as a person reads it: which nodes flow into one line, and where in them something stands.

/** Elements whose text goes on in that of their neighbours. */
const INLINE = new Set([
  'A', 'ABBR', 'B', 'BDI', 'BDO', 'CODE', 'DATA', 'DEL', 'EM', 'FONT', 'I', 'INS', 'KBD', 'MARK', 'S', 'SAMP', 'SMALL',
  'SPAN', 'STRONG', 'SUB', 'SUP', 'TT', 'U', 'VAR', 'WBR',
]);

/** Elements whose text nobody sees, or that are fields. */
const UNSEEN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'TITLE', 'HEAD']);

/** In larger elements the lines are looked for below each child. */
const LARGE = 1 << 14;

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
  /** @type {Line[]} */
  const lines = [];
  if (root instanceof Element && UNSEEN.has(root.nodeName)) return lines;
  const text = root.textContent ?? '';
  if (!mayHold(text)) return lines;
  if (text.length <= LARGE) {
    collectLines(root, lines);
    return lines;
  }
  for (let child = root.firstChild; child; child = child.nextSibling) {
    if (child instanceof Element) later.push(child);
    else if (child instanceof Text && mayHold(child.data)) lines.push({ text: child.data, nodes: [child] });
  }
  return lines;
}

/**
 * @param {Node} root
 * @param {Line[]} lines
 */
function collectLines(root, lines) {
  /** @type {Line} */
  let line = { text: '', nodes: [] };
  const end = () => {
    if (mayHold(line.text)) lines.push(line);
    line = { text: '', nodes: [] };
  };
  /** @param {Node} node */
  const visit = (node) => {
    if (node instanceof Text) {
      line.text += node.data;
      line.nodes.push(node);
      return;
    }
    if (node instanceof Element && UNSEEN.has(node.nodeName)) return;
    const breaks = !(node instanceof Element && INLINE.has(node.nodeName));
    if (breaks) end();
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
    if (breaks) end();
  };
  visit(root);
  end();
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
