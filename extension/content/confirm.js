// @ts-check
// Where a page asks to confirm: what stands there is about to be sent to. A confirmation is mostly there before it is
// shown, shows an address in groups to make it easy to compare, and puts its text into a component.

/** What can be pressed. */
const BUTTON = 'button, [role="button"], [type="submit"]';

/** What pages confirm in; a popover only where something in it can be pressed, for others only explain. */
const CONFIRMATION = `dialog[open], [role="dialog"], [role="alertdialog"], [aria-modal="true"],
  :popover-open:has(${BUTTON})`;

/** What is the page itself, not over it: some pages keep what they show in place by fixing that. */
const WHOLE = inEitherCase(['HTML', 'BODY']);

/** So long after the person did something its answer is looked for, in milliseconds: most fade in, some ask a server first. */
const OPENS = [150, 700, 2000];

/** More text than one person reads before sending. */
const MOST_CONFIRMED = 200_000;

/** Where it was, and whether that was closed since then. @typedef {{ element: Element, isClosed: boolean }} Warned */

const Confirm = {
  /** What the confirmations that are open said when they were looked at last. @type {Map<Element, string>} */
  known: new Map(),
  /** Those of them that could not be checked: they are looked at again when the person goes on. @type {Set<Element>} */
  unchecked: new Set(),
  /** In which of them an address was warned of last, by address. @type {Map<string, Warned>} */
  warned: new Map(),
  /** What the person goes on with all the same. @type {Set<string>} */
  kept: new Set(),
  /** What lay over the page before the person did something, as some pages are built: no confirmation. @type {WeakSet<Element>} */
  resting: new WeakSet(),
  /** What came to lie over it since then. @type {WeakSet<Element>} */
  opened: new WeakSet(),
  /** @type {ReturnType<typeof setTimeout>[]} */
  timers: [],

  start() {
    for (const kind of ['click', 'keydown', 'submit']) addEventListener(kind, Confirm.onGoOn, { capture: true, passive: true });
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, Confirm.onAct, { capture: true, passive: true });
  },

  /** Before anything opens that the person may have asked for. @param {Event} event */
  onAct(event) {
    if (!event.isTrusted) return;
    Confirm.rest();
    for (const kind of ['pointerdown', 'keydown']) removeEventListener(kind, Confirm.onAct, { capture: true });
  },

  /** What lies over the page now is no answer to what the person does next. */
  rest() {
    const over = elementOver(middle());
    if (over && !Confirm.opened.has(over)) Confirm.resting.add(over);
  },

  /** What was not checked is new again. */
  retry() {
    for (const element of Confirm.unchecked) Confirm.known.delete(element);
    Confirm.unchecked.clear();
  },

  /** What is open no more is new when it opens again. */
  forget() {
    for (const element of Confirm.known.keys()) if (!isOpen(element)) Confirm.known.delete(element);
    for (const warned of Confirm.warned.values()) warned.isClosed ||= !isOpen(warned.element);
  },

  /** @param {Event} event */
  onGoOn(event) {
    if (!event.isTrusted || (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ')) return;
    Confirm.retry();
    Confirm.forget();
    Confirm.rest();
    for (const timer of Confirm.timers) clearTimeout(timer);
    Confirm.timers = OPENS.map((pause) => setTimeout(() => void Confirm.look(), pause));
  },

  /** Asks about what the confirmations show that a person sees now. */
  async look() {
    /** Where what is asked about stands. @type {Map<string, Element>} */
    const runs = new Map();
    const roots = [document, ...Shown.shadowRoots()];
    const elements = roots.flatMap((root) => [...root.querySelectorAll(CONFIRMATION)]);
    const over = Confirm.over(middle());
    for (const element of over ? [...elements, over] : elements) {
      if (Layer.isOwn(element) || !isOpen(element)) continue;
      const text = seenText(element);
      if (text === Confirm.known.get(element)) continue;
      Confirm.known.set(element, text);
      for (const run of [...findRuns(text), ...findGroups(text)]) runs.set(run, element);
    }
    if (!runs.size) return;
    const { findings, failed } = await ask([...runs.keys()], '', 'shown');
    if (failed) Note.notChecked(Words.get(failed));
    for (const [at, element] of [...runs.values()].entries()) {
      if (failed && failed !== 'failedTooMany') Confirm.unchecked.add(element);
      for (const finding of findings?.[at] ?? []) void Confirm.tell(finding, element);
    }
  },

  /**
   * The confirmation that an element is part of, made of plain elements that the page has put over itself.
   * @param {Element | null} element
   */
  over(element) {
    const over = elementOver(element);
    if (!over || Confirm.resting.has(over)) return null;
    Confirm.opened.add(over);
    return over;
  },

  /**
   * Warns of what a confirmation shows, each time that the person has it open, until they go on with it.
   * @param {Finding} finding
   * @param {Element} element the confirmation
   */
  async tell(finding, element) {
    const { level, address } = finding.outcome;
    if (level !== 'danger' && level !== 'caution') return;
    Confirm.forget();
    if (Confirm.kept.has(address) || Confirm.warned.get(address)?.isClosed === false) return;
    Confirm.warned.set(address, { element, isClosed: false });
    const choice = await Sensor.warn(finding, true, 'shown');
    if (choice === 'keep') Confirm.kept.add(address);
    if (choice !== 'later') return;
    // The page opened it by itself; it is looked at again when the person goes on.
    Confirm.warned.delete(address);
    Confirm.known.delete(element);
  },
};

/** Whether a confirmation is on the screen. @param {Element} element */
function isOpen(element) {
  const seen = { opacityProperty: true, visibilityProperty: true };
  return isAlive(element) && real(element, 'isConnected') && real(element, 'checkVisibility')(seen);
}

/** The element in the middle of the window, in whatever shadow root. */
function middle() {
  const [x, y] = [innerWidth / 2, innerHeight / 2];
  const element = document.elementFromPoint(x, y);
  return element && innermostAt(element, x, y);
}

/**
 * What of the page an element is part of that lies fixed over the rest and has something to press.
 * @param {Element | null} element
 * @returns {Element | null}
 */
function elementOver(element) {
  for (let at = element; at && !Layer.isOwn(at) && !WHOLE.has(nameOf(at)); at = elementAround(at)) {
    if (getComputedStyle(at).position === 'fixed' && real(at, 'querySelector')(BUTTON)) return at;
  }
  return null;
}

/** @param {Element} element @returns {Element | null} the one around it, also around the shadow root that it is in */
function elementAround(element) {
  const root = real(element, 'getRootNode')();
  return real(element, 'parentElement') ?? (isShadowRoot(root) ? root.host : null);
}

/**
 * The confirmation that a person sees an element as part of.
 * @param {Element} element
 * @returns {Element | null}
 */
function confirmationAround(element) {
  if (!real(element, 'getClientRects')().length) return null;
  for (let at = /** @type {Element | null} */ (element); at; at = elementAround(at)) {
    if (real(at, 'matches')(CONFIRMATION)) return at;
  }
  return Confirm.over(element);
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
