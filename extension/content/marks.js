// @ts-check
// Marks in the page's text: painted by the browser over ranges, so that neither the layout, the text, the events nor
// what is copied changes. Their names are made up anew for each page, and there are none until something is found.

/** More than this are not painted. */
const MOST_MARKS = 500;

/** @typedef {'danger' | 'caution'} MarkLevel */
/** @typedef {{ name: string, highlight: Highlight, ranges: Range[] }} Kind */

const Marks = {
  /** Made with the first mark. @type {Record<MarkLevel, Kind> | null} */
  kinds: null,
  /** The roots that know how the marks look. @type {WeakSet<Node>} */
  styled: new WeakSet(),

  /**
   * @param {Range} range
   * @param {MarkLevel} level
   */
  paint(range, level) {
    if (!globalThis.CSS?.highlights) return;
    Marks.kinds ??= { danger: makeKind(), caution: makeKind() };
    const kind = Marks.kinds[level];
    const { highlight, name } = kind;
    // What was marked and is no more. Firefox lets no content script go through a highlight.
    for (const old of kind.ranges) if (old.collapsed) highlight.delete(old);
    kind.ranges = kind.ranges.filter((old) => !old.collapsed);
    if (kind.ranges.length >= MOST_MARKS) return;
    if (kind.ranges.some((old) => old.startContainer === range.startContainer && old.startOffset === range.startOffset)) return;
    kind.ranges.push(range);
    highlight.add(range);
    // A page may have thrown it out.
    if (CSS.highlights.get(name) !== highlight) CSS.highlights.set(name, highlight);
    const root = range.startContainer.getRootNode();
    if (Marks.styled.has(root)) return;
    Marks.styled.add(root);
    const style = Object.entries(Marks.kinds).map(([level, kind]) => markStyle(kind.name, level === 'danger')).join('');
    addStyle(/** @type {Document | ShadowRoot} */ (root), style);
  },
};

/** @returns {Kind} */
function makeKind() {
  const name = `m${randomName()}`;
  return { name, highlight: new Highlight(), ranges: [] };
}

/**
 * @param {string} name
 * @param {boolean} isDanger
 */
function markStyle(name, isDanger) {
  const color = isDanger ? '#b3261e' : '#8a5300';
  const paper = isDanger ? '#ffd9d5' : '#ffe6bf';
  return `::highlight(${name}) { background-color: ${paper} !important; color: #1c1b1f !important; text-decoration: underline wavy ${color} !important; }\n`;
}
