// @ts-check
// What the page shows, as it changes: finds the runs in its text that were not asked about yet, also inside shadow roots.

/** Changes are looked at together, at most so often, in milliseconds, and so long at a time. */
const PAUSE = 200;
const SLICE = 8;

/** So many runs are remembered as asked about, and so many are asked about in a second at most. */
const MOST_REMEMBERED = 4000;
const MOST_A_SECOND = 512;

/** In so many places what is asked about is remembered to stand. */
const MOST_LINES = 50;
/** Where what was asked about stands does not matter any more. @type {Line[]} */
const NOWHERE = [];

/** Names that no custom element has, the most frequent first. */
const USUAL = `div span td tr a li p path g img button i b svg code label ul input small strong em h1 h2 h3 h4 h5 h6 br hr th table
  tbody thead tfoot section article header footer main nav aside form option select script style link meta use rect circle line
  text tspan defs polygon polyline ellipse dl dt dd ol pre time picture source video iframe textarea title head body html
  template details summary dialog noscript`.split(/\s+/);

/** Of so many elements or more one in so many, and so many in all, tell which names are frequent among them. */
const SAMPLED = { least: 1000, every: 61, most: 64 };

const Shown = {
  /** What waits to be looked at. @type {Set<Node>} */
  waiting: new Set(),
  /** Parts of what was too large for one go. @type {Node[]} */
  parts: [],
  isScheduled: false,
  /** What was asked about, with the lines where it stands, until the answer is that there is nothing. @type {Map<string, Line[]>} */
  asked: new Map(),
  /** Roots whose changes are seen. @type {WeakSet<Node>} */
  seen: new WeakSet(),
  /** The shadow roots among them. @type {Set<WeakRef<ShadowRoot>>} */
  roots: new Set(),
  allowance: MOST_A_SECOND,
  lookedAt: 0,
  observer: new MutationObserver((records) => Shown.onChanges(records)),

  start() {
    // A page that is rendered ahead, before the person goes there, is not told of yet: the tab still shows another.
    if (/** @type {any} */ (document).prerendering) {
      document.addEventListener('prerenderingchange', Shown.start, { once: true });
      return;
    }
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', Shown.begin, { once: true });
    else Shown.begin();
    // What a person is in or points at tells of roots that no look at the names finds.
    for (const kind of ['focusin', 'pointerover', 'pointermove']) addEventListener(kind, Shown.onEvent, { capture: true, passive: true });
  },

  /** Selects by one look of the browser all that may be custom elements. Each name costs, up to the one that fits. */
  custom: allBut(USUAL),

  begin() {
    if (Shown.seen.has(document)) return;
    Shown.watch(document);
    Shown.queue(document.body ?? document.documentElement ?? document);
  },

  /** @param {Event} event */
  onEvent(event) {
    for (const target of event.composedPath()) {
      if (isShadowRoot(target)) Shown.enter(target);
      else if (target === event.target && isElement(target)) {
        const root = shadowOf(target);
        if (root) Shown.enter(root);
      }
    }
  },

  /** @param {Node} root */
  watch(root) {
    Shown.seen.add(root);
    Shown.observer.observe(root, { childList: true, characterData: true, subtree: true });
  },

  /** Sees what is in a shadow root from now on. @param {ShadowRoot} root */
  enter(root) {
    if (Shown.seen.has(root) || Layer.isOwn(root)) return;
    Shown.watch(root);
    Shown.roots.add(new WeakRef(root));
    Sensor.startIn(root);
    Shown.queue(root);
  },

  /**
   * The shadow roots right below a node of which names tell, without those inside them.
   * @param {Document | DocumentFragment | Element} node
   * @returns {ShadowRoot[]}
   */
  rootsBelow(node) {
    const roots = [];
    for (const element of real(node, 'querySelectorAll')(Shown.custom)) {
      const root = element.localName.includes('-') && shadowOf(element);
      if (root) roots.push(root);
    }
    return roots;
  },

  /**
   * The document and all shadow roots that are known or of which names tell.
   * @returns {Set<Document | ShadowRoot>}
   */
  likelyRoots() {
    /** @type {Set<Document | ShadowRoot>} */
    const roots = new Set([document, ...Shown.shadowRoots()]);
    // Not by recursion: a page may nest them deeper than that goes.
    for (const root of roots) for (const inner of Shown.rootsBelow(root)) roots.add(inner);
    return roots;
  },

  /** The shadow roots that are known and on the page. */
  *shadowRoots() {
    for (const reference of Shown.roots) {
      const root = reference.deref();
      if (root && isAlive(root)) {
        if (root.isConnected) yield root;
        continue;
      }
      Shown.roots.delete(reference);
      if (root) Shown.lost();
    }
  },

  /** Some of the nodes that were kept cannot be asked any more: they are looked for anew. */
  lost() {
    for (const node of Shown.waiting) if (!isAlive(node)) Shown.waiting.delete(node);
    Shown.parts = Shown.parts.filter(isAlive);
    Shown.queue(document.body ?? document.documentElement ?? document);
  },

  /** @param {MutationRecord[]} records */
  onChanges(records) {
    // An object is made for whatever a record is asked for, and for going through a list by `of`.
    for (const record of records) {
      if (record.type === 'characterData') {
        Shown.onChange(record.target);
        continue;
      }
      const added = record.addedNodes;
      for (let at = 0, node = added.item(at); node; node = added.item(++at)) Shown.onChange(node);
    }
  },

  /** What cannot hold an address, as a figure, unless it goes on in its neighbours, is not looked at. @param {Node} node */
  onChange(node) {
    if (!(isText(node) && holdsNothing(node))) Shown.queue(node);
  },

  /** @param {Node} node */
  queue(node) {
    Shown.waiting.add(node);
    Shown.schedule(PAUSE);
  },

  /** @param {number} pause before it is looked at in the next moment that the page has none for itself, in milliseconds */
  schedule(pause) {
    if (Shown.isScheduled) return;
    Shown.isScheduled = true;
    setTimeout(() => requestIdleCallback(Shown.look, { timeout: PAUSE }), pause);
  },

  /** Looks at what waits, a slice of time long. */
  look() {
    Shown.isScheduled = false;
    const now = performance.now();
    const end = now + SLICE;
    /** @type {string[]} */
    const fresh = [];
    /** @type {Set<Text>} */
    const taken = new Set();
    while (performance.now() < end) {
      const part = Shown.parts.pop();
      const node = part ?? Shown.waiting.values().next().value;
      if (!node) break;
      if (!part) Shown.waiting.delete(node);
      if (!isAlive(node)) {
        Shown.lost();
      } else if (isHere(node) && !Layer.isOwn(node)) {
        Shown.lookAt(node, taken, fresh);
        // For the parts of what was too large they were looked for in the whole.
        if (!part) Shown.lookForRoots(node);
      }
    }
    // A page that makes up addresses faster than this is not followed; fields are, always.
    Shown.allowance = Math.min(MOST_A_SECOND, Shown.allowance + (MOST_A_SECOND * (now - Shown.lookedAt)) / 1000);
    Shown.lookedAt = now;
    const texts = fresh.slice(0, Math.min(MOST_RUNS, Math.floor(Shown.allowance)));
    Shown.allowance -= texts.length;
    for (const text of fresh.slice(texts.length)) Shown.asked.delete(text);
    if (texts.length) void Told.ask(texts);
    // What is left of many changes or of a large page is looked at as soon as there is time.
    if (Shown.waiting.size || Shown.parts.length) Shown.schedule(0);
  },

  /** Whether the page shows a text now, other than in a field. @param {string} text */
  shows(text) {
    /** @type {Node[]} */
    const parts = [...Shown.likelyRoots()].map((root) => (isDocument(root) ? (root.body ?? root.documentElement) : root));
    for (const line of linesIn(parts)) if (line.text.includes(text)) return true;
    return false;
  },

  /** @param {Node} node */
  lookForRoots(node) {
    if (isElement(node) || isDocument(node) || isFragment(node)) {
      const own = isElement(node) && shadowOf(node);
      if (own) Shown.enter(own);
      const names = frequentNames(node);
      if (names.size) Shown.custom = allBut(USUAL.toSorted((a, b) => (names.get(b) ?? 0) - (names.get(a) ?? 0)));
      for (const root of Shown.rootsBelow(node)) Shown.enter(root);
    }
  },

  /**
   * @param {Node} node
   * @param {Set<Text>} taken what was looked at already
   * @param {string[]} fresh takes what was not asked about yet
   */
  lookAt(node, taken, fresh) {
    if (Shown.asked.size > MOST_REMEMBERED) Shown.asked.clear();
    for (const line of linesBelow(node, taken, Shown.parts)) {
      for (const run of runsOfLine(line)) {
        const lines = Shown.asked.get(run);
        if (!lines) {
          Shown.asked.set(run, [line]);
          fresh.push(run);
        } else if (Told.knows(run)) {
          Told.tell(run, line);
        } else if (lines !== NOWHERE && lines.length < MOST_LINES) {
          lines.push(line);
        }
      }
    }
  },
};

/** Whether a node is on this page: one that was moved to another is seen by who watches that. @param {Node} node */
function isHere(node) {
  return real(node, 'isConnected') && (node === document || real(node, 'ownerDocument') === document);
}

/**
 * Selects the elements of all other names.
 * @param {string[]} names
 */
function allBut(names) {
  return `:not(${names.join()})`;
}

/**
 * How often which names of elements are below a node, where there are many.
 * @param {Node} node
 */
function frequentNames(node) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const elements = elementsBelow(node);
  // By an index in brackets the browser would count all first.
  if (!elements?.item(SAMPLED.least)) return counts;
  for (let at = 0; at < SAMPLED.every * SAMPLED.most; at += SAMPLED.every) {
    const element = elements.item(at);
    if (!element) break;
    const name = real(element, 'localName');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
