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

/** Names that no custom element has, the most frequent first, so that one look by the browser finds the others. */
const USUAL = `:not(div, span, td, tr, a, li, p, path, g, img, button, i, b, svg, code, label, ul, input, small, strong, em, h1, h2, h3, h4,
  h5, h6, br, hr, th, table, tbody, thead, tfoot, section, article, header, footer, main, nav, aside, form, option, select,
  script, style, link, meta, use, rect, circle, line, text, tspan, defs, polygon, polyline, ellipse, dl, dt, dd, ol, pre, time,
  picture, source, video, iframe, textarea, title, head, body, html, template, details, summary, dialog, noscript)`;

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
  observer: new MutationObserver((records) => Shown.onChanges(records)),

  start() {
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', Shown.begin, { once: true });
    else Shown.begin();
    // What a person is in tells of roots that no look at the names finds.
    for (const kind of ['focusin', 'pointerover']) addEventListener(kind, Shown.onEvent, { capture: true, passive: true });
  },

  begin() {
    Shown.watch(document);
    Shown.queue(document.body ?? document);
  },

  /** @param {Event} event */
  onEvent(event) {
    for (const target of event.composedPath()) {
      if (target instanceof ShadowRoot) Shown.enter(target);
      else if (target === event.target && target instanceof Element) {
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
    Shown.queue(root);
  },

  /**
   * The shadow roots right below a node, without those inside them.
   * @param {Document | ShadowRoot | Element} node
   * @returns {ShadowRoot[]}
   */
  rootsBelow(node) {
    const roots = [];
    for (const element of node.querySelectorAll(USUAL)) {
      const root = element.localName.includes('-') && shadowOf(element);
      if (root) roots.push(root);
    }
    for (const reference of Shown.roots) {
      const root = reference.deref();
      if (!root?.isConnected) {
        if (!root) Shown.roots.delete(reference);
      } else if (root.host.getRootNode() === node.getRootNode() && node.contains(root.host) && !roots.includes(root)) {
        roots.push(root);
      }
    }
    return roots;
  },

  /** @param {MutationRecord[]} records */
  onChanges(records) {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') {
        // A figure that changes cannot be an address, unless it goes on in its neighbours.
        const { length } = /** @type {Text} */ (target);
        if (length < SHORTEST_RUN && !target.nextSibling && !target.previousSibling && !INLINE.has(target.parentNode?.nodeName ?? '')) continue;
        Shown.queue(target.parentNode ?? target);
      }
      for (const node of addedNodes) {
        if (!(node instanceof Text)) Shown.queue(node);
        else if (node.length >= SHORTEST_RUN || INLINE.has(target.nodeName)) Shown.queue(target);
      }
    }
  },

  /** @param {Node} node */
  queue(node) {
    Shown.waiting.add(node);
    Shown.schedule();
  },

  schedule() {
    if (Shown.isScheduled) return;
    Shown.isScheduled = true;
    // What is left of a large page is looked at as soon as there is time.
    const pause = Shown.parts.length ? 0 : PAUSE;
    setTimeout(() => requestIdleCallback(Shown.look, { timeout: PAUSE }), pause);
  },

  /** Looks at what waits, a slice of time long. */
  look() {
    Shown.isScheduled = false;
    const end = performance.now() + SLICE;
    /** @type {string[]} */
    const fresh = [];
    while (performance.now() < end) {
      const part = Shown.parts.pop();
      if (part) {
        Shown.lookAt(part, fresh);
        continue;
      }
      const { value: node } = Shown.waiting.values().next();
      if (!node) break;
      Shown.waiting.delete(node);
      if (!node.isConnected || Layer.isOwn(node)) continue;
      Shown.lookForRoots(node);
      Shown.lookAt(node, fresh);
    }
    // A page that makes up addresses faster than this is not followed; fields are, always.
    Shown.allowance = Math.min(MOST_A_SECOND, Shown.allowance + (MOST_A_SECOND * PAUSE) / 1000);
    const texts = fresh.slice(0, Math.min(MOST_RUNS, Shown.allowance));
    Shown.allowance -= texts.length;
    for (const text of fresh.slice(texts.length)) Shown.asked.delete(text);
    if (texts.length) void Told.ask(texts);
    if (Shown.waiting.size || Shown.parts.length) Shown.schedule();
  },

  /** @param {Node} node */
  lookForRoots(node) {
    if (node instanceof Element || node instanceof ShadowRoot || node instanceof Document) {
      const own = node instanceof Element && shadowOf(node);
      if (own) Shown.enter(own);
      for (const root of Shown.rootsBelow(node)) Shown.enter(root);
    }
  },

  /**
   * @param {Node} node
   * @param {string[]} fresh takes what was not asked about yet
   */
  lookAt(node, fresh) {
    if (Shown.asked.size > MOST_REMEMBERED) Shown.asked.clear();
    for (const line of linesBelow(node, Shown.parts)) {
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
