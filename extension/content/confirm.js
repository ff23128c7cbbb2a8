// @ts-check
// Where a page asks to confirm: what stands there is about to be sent to. A confirmation is mostly there before it is
// shown, shows an address in groups to make it easy to compare, and puts its text into a component.

/** What pages confirm in; a popover only where something in it can be pressed, for others only explain. */
const CONFIRMATION = `dialog[open], [role="dialog"], [role="alertdialog"], [aria-modal="true"],
  :popover-open:has(button, [role="button"], [type="submit"])`;

/** So long after the person did something it is looked for, in milliseconds: most fade in, some ask a server first. */
const OPENS = [150, 700, 2000];

/** More text than one person reads before sending. */
const MOST_CONFIRMED = 200_000;

/** Deeper than any page is built. */
const DEEPEST = 500;

const Confirm = {
  /** What the confirmations said when they were looked at last. @type {WeakMap<Element, string>} */
  known: new WeakMap(),
  /** @type {ReturnType<typeof setTimeout>[]} */
  timers: [],

  start() {
    for (const kind of ['click', 'keydown', 'submit']) addEventListener(kind, Confirm.onGoOn, { capture: true, passive: true });
  },

  /** @param {Event} event */
  onGoOn(event) {
    if (!event.isTrusted || (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ')) return;
    for (const timer of Confirm.timers) clearTimeout(timer);
    Confirm.timers = OPENS.map((pause) => setTimeout(() => void Confirm.look(), pause));
  },

  /** Asks about what the confirmations show that a person sees now. */
  async look() {
    /** @type {Set<string>} */
    const runs = new Set();
    /** @type {Element[]} */
    const asked = [];
    for (const root of [document, ...Shown.shadowRoots()]) {
      for (const element of root.querySelectorAll(CONFIRMATION)) {
        if (Layer.isOwn(element) || !real(element, 'checkVisibility')()) continue;
        const text = seenText(element);
        if (text === Confirm.known.get(element)) continue;
        Confirm.known.set(element, text);
        asked.push(element);
        for (const run of [...findRuns(text), ...findGroups(text)]) runs.add(run);
      }
    }
    if (!runs.size) return;
    const { findings } = await ask([...runs], '', 'shown');
    // What could not be checked is asked again when the person goes on.
    if (!findings) for (const element of asked) Confirm.known.delete(element);
    for (const finding of (findings ?? []).flat()) Confirm.tell(finding);
  },

  /** @param {Finding} finding */
  tell(finding) {
    const { level, address } = finding.outcome;
    if (level !== 'danger' && level !== 'caution') return;
    if (!Told.isNew(`confirm ${address}`)) return;
    Note.drop(address);
    void Warning.ask(finding, { shown: true });
  },
};

/**
 * Whether a person sees an element as part of a confirmation.
 * @param {Element} element
 * @returns {boolean}
 */
function isConfirmation(element) {
  for (let at = element; ; ) {
    const dialog = real(at, 'closest')(CONFIRMATION);
    if (dialog) return real(element, 'getClientRects')().length > 0;
    const root = real(at, 'getRootNode')();
    if (!isShadowRoot(root)) return false;
    at = root.host;
  }
}

/**
 * The text of an element as it is laid out, with what its components have in their shadow roots and show in their slots;
 * a line break wherever the text does not flow on.
 * @param {Node} node
 * @param {number} [depth]
 * @returns {string}
 */
function seenText(node, depth = 0) {
  if (isText(node)) return node.data;
  if (isUnseen(node) || isUnshown(node) || depth > DEEPEST) return '';
  let text = '';
  for (const child of seenChildren(node)) {
    text += seenText(child, depth + 1);
    if (text.length > MOST_CONFIRMED) break;
  }
  return isInline(node) || isSlot(node) ? text : `\n${text}\n`;
}

/** Whether nothing of an element is laid out. @param {Node} node */
function isUnshown(node) {
  return isElement(node) && !real(node, 'checkVisibility')() && getComputedStyle(node).display !== 'contents';
}

/** @param {Node} node @returns {Iterable<Node>} */
function seenChildren(node) {
  const shown = isSlot(node) ? node.assignedNodes({ flatten: true }) : [];
  if (shown.length) return shown;
  return real((isElement(node) && shadowOf(node)) || node, 'childNodes');
}

/** Letters and digits of one group, and what may stand between two. */
const GROUP = /[0-9A-Za-z]+/g;
const BETWEEN = /^\s*$/;

/**
 * What may be an address that is written in groups, put together: all but the first and the last have one length.
 * @param {string} text
 * @returns {string[]}
 */
function findGroups(text) {
  const groups = [...text.matchAll(GROUP)].map(({ 0: group, index }) => ({ group, index, end: index + group.length }));
  /** @type {Set<string>} */
  const found = new Set();
  for (const [first, { group, end }] of groups.entries()) {
    let whole = group;
    let before = end;
    const { length } = groups[first + 1]?.group ?? '';
    for (let at = first + 1; at < groups.length && whole.length <= LONGEST_GROUPED; at += 1) {
      if (!BETWEEN.test(text.slice(before, groups[at].index))) break;
      whole += groups[at].group;
      before = groups[at].end;
      if (whole.length >= SHORTEST_RUN && /\d/.test(whole)) found.add(whole);
      if (groups[at].group.length !== length) break;
    }
  }
  return [...found];
}
