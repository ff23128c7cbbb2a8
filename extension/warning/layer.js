// @ts-check
// A place on the page that the page cannot look into: a closed shadow root, in the top layer. It is put back when it
// is removed, moved, closed or covered, and tells whether a person sees it.

/** How often it is put back before giving up, so that two scripts never fight for ever. */
const MOST_RESTORES = 6;

/** How often what holds the page is judged, in milliseconds. */
const JUDGE = 100;

/** How often the page is searched for shadow roots while it is shown, in milliseconds. */
const SEARCH = 500;

/** So long the browser may call it hidden before that counts, in milliseconds. */
const HIDDEN = 1000;

class Layer {
  /** The roots of all that are on the page. @type {WeakSet<Node>} */
  static #own = new WeakSet();

  /** @param {Node} node whether it is of the extension's own making */
  static isOwn(node) {
    return Layer.#own.has(node);
  }

  /**
   * @param {HTMLElement} box a dialog, shown as modal, or an element, shown as a popover
   * @param {object} options
   * @param {HTMLElement} [options.card] what must be seen of it
   * @param {number} [options.every] how often it is judged, in milliseconds: each time the page is laid out
   * @param {() => void} [options.onShown] after it was put back
   * @param {() => void} [options.onLost] when the page does not let it be seen
   * @param {(event: Event) => void} [options.onEvent] takes what a person does in it
   */
  constructor(box, { card = box, every = JUDGE, onShown = () => {}, onLost = () => {}, onEvent = () => {} } = {}) {
    this.box = box;
    this.card = card;
    this.every = every;
    this.onShown = onShown;
    this.onLost = onLost;
    this.onEvent = onEvent;
    this.host = element('div', '');
    this.root = this.host.attachShadow({ mode: 'closed' });
    Layer.#own.add(this.host).add(this.root);
    addStyle(this.root, STYLE);
    // In the language and direction of what it says, whatever those of the page are.
    box.lang = Words.get('language');
    box.dir = Words.get('direction');
    this.root.append(box);
    this.seal = new Seal(this.root, () => this.#lose());
    this.isRemoved = false;
    /** Whether the last that a person did was with a pointer; the browsers do not agree on how a click tells. */
    this.byPointer = false;
    /** Whether a pointer is held down in it, which marks a text as long as nothing else gets the focus. */
    this.isPressed = false;
    this.restores = 0;
    /** Since when a person sees it, whole and in one place; `Infinity` while not. */
    this.seenSince = Infinity;
    /** Whether the browser says that it is seen, where it does say. */
    this.hiddenSince = Infinity;
    /** What else was in the top layer when it was put there. @type {Set<Element>} */
    this.rivals = new Set();
    /** The shadow roots of the page. @type {Set<ShadowRoot>} */
    this.roots = new Set();
    this.searchAt = 0;
    this.place = '';
    /** Since when the browser has drawn it; `Infinity` where not since it was put there last. */
    this.drawnSince = Infinity;
    this.judge = this.judge.bind(this);
    this.onRival = this.onRival.bind(this);
    this.observer = new MutationObserver(this.judge);
  }

  /** Puts it on the page, above all else, and keeps it there. */
  show() {
    this.#put();
    this.observer.observe(document, { childList: true });
    this.observer.observe(document.documentElement, { childList: true, attributes: true });
    this.timer = setInterval(this.judge, this.every);
    for (const kind of RIVALRY) addEventListener(kind, this.onRival, { capture: true });
    if (!SEES) return;
    this.sight = new IntersectionObserver((entries) => {
      const isVisible = /** @type {any} */ (entries.at(-1)).isVisible;
      this.hiddenSince = isVisible ? Infinity : Math.min(this.hiddenSince, performance.now());
    }, /** @type {any} */ ({ trackVisibility: true, delay: JUDGE, threshold: [0, 0.5, 1] }));
    this.sight.observe(this.card);
  }

  /** Takes it off the page. */
  remove() {
    this.isRemoved = true;
    this.seal.lift();
    this.observer.disconnect();
    this.sight?.disconnect();
    clearInterval(this.timer);
    for (const root of [window, ...this.roots]) {
      for (const kind of RIVALRY) root.removeEventListener(kind, this.onRival, { capture: true });
    }
    if (this.box instanceof HTMLDialogElement) {
      this.box.close();
      Popovers.reopen();
    }
    this.host.remove();
  }

  /** Changes something in it, as nobody else may. @param {() => void} work */
  change(work) {
    this.seal.by(work);
  }

  /** Somebody else reached what is in it, or it is not seen. */
  #lose() {
    if (this.isRemoved) return;
    this.remove();
    this.onLost();
  }

  #put() {
    this.change(() => this.#putUp());
  }

  #putUp() {
    const { box, host } = this;
    if (!document.documentElement) return;
    if (isFrozen()) document.startViewTransition().skipTransition();
    if (this.#isModal()) this.#closePickers();
    if (host.parentNode !== document.documentElement) {
      document.documentElement.append(host);
      // In another document it has lost its style.
      if (!this.root.adoptedStyleSheets.length && !this.root.querySelector('style')) {
        addStyle(this.root, STYLE);
        this.seal.dress();
      }
    }
    if (box instanceof HTMLDialogElement) {
      if (box.open) box.close();
      Popovers.by(() => box.showModal());
    } else {
      box.popover = 'manual';
      if (box.matches(':popover-open')) box.hidePopover();
      box.showPopover();
    }
    this.rivals = new Set(this.#topLayer());
    this.seenSince = Infinity;
    this.drawnSince = Infinity;
    // The second picture comes when the first was drawn.
    requestAnimationFrame(() => requestAnimationFrame((now) => (this.drawnSince = now)));
    this.onShown();
  }

  /** Something of the page goes into the top layer, though it was there before. @param {Event} event */
  onRival(event) {
    const [rival] = event.composedPath();
    if (isElement(rival)) this.rivals.delete(rival);
    // Its own event comes before it is there.
    setTimeout(this.judge);
  }

  /** Looks into every shadow root of the page, also where no name tells of one. */
  #search() {
    const now = performance.now();
    if (now < this.searchAt) return;
    this.searchAt = now + SEARCH;
    for (const root of everyRoot(document)) {
      if (this.roots.has(root) || Layer.isOwn(root)) continue;
      this.roots.add(root);
      for (const kind of RIVALRY) root.addEventListener(kind, this.onRival, { capture: true });
    }
  }

  /** What of the page is in the top layer. */
  #topLayer() {
    // Beside a note a person may choose something.
    return this.#all(`:popover-open, :modal, :fullscreen${this.#isModal() ? `, ${OPEN_PICKERS}` : ''}`);
  }

  /** Whether it holds up what the person was about to do. */
  #isModal() {
    return this.box instanceof HTMLDialogElement;
  }

  /** @param {string} selector */
  #all(selector) {
    return [document, ...this.roots].flatMap((root) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]));
  }

  /** Lists, calendars and colors to choose from, which the browser shows above all else, close where their field is not shown. */
  #closePickers() {
    for (const field of this.#all(OPEN_PICKERS)) {
      const style = field.getAttribute('style');
      field.style.setProperty('display', 'none', 'important');
      field.getBoundingClientRect();
      // Not the attribute: in Firefox the page's CSP would stand against it.
      field.style.cssText = style ?? '';
      if (style === null) field.removeAttribute('style');
    }
  }

  /** Puts it back where it is not seen, or gives up. */
  judge() {
    if (this.isRemoved) return;
    const now = performance.now();
    this.#search();
    this.change(() => this.#undoZoom());
    // In another document it has lost its style.
    if (this.host.parentNode === document.documentElement && this.seal.isBroken()) return this.#lose();
    if (!this.#isPointerHeld() && this.#isOnTop() && now < this.hiddenSince + HIDDEN) {
      const { x, y, width, height } = this.card.getBoundingClientRect();
      const place = [x, y, width, height, innerWidth, innerHeight, screenX, screenY].join(' ');
      const isSteady = this.drawnSince < Infinity && place === this.place && document.visibilityState === 'visible' && this.hiddenSince === Infinity;
      this.seenSince = isSteady ? Math.min(this.seenSince, now) : Infinity;
      this.place = place;
      // What a person types must go to it.
      if (this.#isModal() && !this.isPressed && this.isUnfocused() && document.hasFocus()) this.focus();
      return;
    }
    this.seenSince = Infinity;
    this.restores += 1;
    this.hiddenSince = Infinity;
    if (this.restores <= MOST_RESTORES) {
      this.#put();
      return;
    }
    this.#lose();
  }

  /** Gives the focus to what is to have it first. */
  focus() {
    this.change(this.onShown);
  }

  /** Whether the page had the pointer to itself, so that nothing else could be pressed. It lets go, and may take it again. */
  #isPointerHeld() {
    if (!document.pointerLockElement || !this.#isModal()) return false;
    document.exitPointerLock();
    return true;
  }

  /** A page may have made everything in it tiny. */
  #undoZoom() {
    const zoom = /** @type {any} */ (this.host).currentCSSZoom ?? 1;
    if (zoom !== 1 && Number.isFinite(1 / zoom)) this.box.style.setProperty('zoom', String(1 / zoom));
    else this.box.style.removeProperty('zoom');
  }

  #isOnTop() {
    const { host, box, card } = this;
    if (isFrozen() || host.parentNode !== document.documentElement || !box.matches(':modal, :popover-open')) return false;
    if (this.#topLayer().some((rival) => !this.rivals.has(rival))) return false;
    const { left, right, top, bottom, width, height } = card.getBoundingClientRect();
    if (width < 50 || height < 30) return false;
    const style = getComputedStyle(box);
    if (style.visibility !== 'visible' || !isUntouched(host) || !isUntouched(document.documentElement)) return false;
    // Where it is longer than the window, what is in the window counts.
    const [x1, x2] = [Math.max(left, 0) + 12, Math.min(right, innerWidth) - 12];
    const [y1, y2] = [Math.max(top, 0) + 12, Math.min(bottom, innerHeight) - 12];
    const points = [[x1, y1], [x2, y1], [x1, y2], [x2, y2], [(x1 + x2) / 2, (y1 + y2) / 2]];
    return points.every(([x, y]) => document.elementFromPoint(x, y) === host);
  }

  /** Takes what a person does in it, before anything else gets it. @param {Event} event */
  take(event) {
    if (event.type === 'pointerdown') this.byPointer = true;
    if (event instanceof PointerEvent) this.isPressed = event.buttons !== 0;
    if (event.type === 'keydown') this.byPointer = false;
    if (CHOOSES.includes(event.type) && this.seal.isBroken()) return this.#lose();
    if (event instanceof KeyboardEvent && event.key === 'Tab') this.seal.lead();
    this.onEvent(event);
  }

  /** The button that a person pressed: the one at the place of the event, or the one that has the focus. @param {Event} event */
  pressed(event) {
    return this.at(event)?.closest('button') ?? null;
  }

  /** Whether a person pressed beside the card. @param {Event} event */
  isBeside(event) {
    return this.at(event) === this.box;
  }

  /** Whether a key would press what the person did not go to. @param {Event} event */
  isMisled(event) {
    return event instanceof KeyboardEvent && this.seal.isMisled();
  }

  /** Whether nothing in it has the focus that a key does something with. */
  isUnfocused() {
    const { activeElement } = this.root;
    return activeElement === null || activeElement === this.box;
  }

  /** What is at the place of an event, or has the focus. @param {Event} event */
  at(event) {
    const isPlace = this.byPointer && event instanceof MouseEvent;
    return isPlace ? this.root.elementFromPoint(event.clientX, event.clientY) : this.root.activeElement;
  }
}

/** Whether this browser tells if something is hidden behind other things or by effects (Intersection Observer v2). */
const SEES = 'isVisible' in IntersectionObserverEntry.prototype;

const FROZEN = ':active-view-transition';
const FREEZES = CSS.supports(`selector(${FROZEN})`);

/** Whether a picture of the page lies over all else, while the page goes over from one view to another. */
function isFrozen() {
  return FREEZES && document.documentElement.matches(FROZEN);
}

/** Fields whose choices the browser shows now, where it can be asked for them. */
const OPEN_PICKERS = CSS.supports('selector(:open)') ? 'select:open, input:open' : ':not(*)';

/** Events by which the person chooses. */
const CHOOSES = ['pointerdown', 'keydown', 'click'];

/** Events by which something else may come into the top layer, or something change its place. */
const RIVALRY = ['beforetoggle', 'toggle', 'fullscreenchange', 'resize'];

/**
 * Every shadow root below a root.
 * @param {Document | ShadowRoot} root
 * @returns {ShadowRoot[]}
 */
function everyRoot(root) {
  /** @type {ShadowRoot[]} */
  const roots = [];
  // Not by recursion: a page may nest them deeper than that goes.
  for (let at = -1; at < roots.length; at += 1) {
    for (const element of (roots[at] ?? root).querySelectorAll('*')) {
      const inner = shadowOf(element);
      if (inner) roots.push(inner);
    }
  }
  return roots;
}

/** What makes an element and all in it less than wholly seen, with the values that do not. @type {[string, string[]][]} */
const EFFECTS = [
  ['opacity', ['1']],
  ['filter', ['none']],
  ['clip-path', ['none']],
  ['mask-image', ['none']],
  ['mix-blend-mode', ['normal']],
  ['transform', ['none']],
  ['perspective', ['none']],
  ['display', ['block', 'inline', 'flex', 'grid', 'contents', 'inline-block', 'flow-root', 'table', 'inline-flex']],
  ['content-visibility', ['visible', 'auto', '']],
];

/** @param {Element} element */
function isUntouched(element) {
  const style = getComputedStyle(element);
  return EFFECTS.every(([name, harmless]) => harmless.includes(style.getPropertyValue(name) || harmless[0]));
}

/**
 * Styles a root in a way that no page's CSP stands against, nor the extension's own.
 * @param {Document | ShadowRoot} root
 * @param {string} text
 */
function addStyle(root, text) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    // Older Firefox lets no content script do that; there an element is exempt from the page's CSP.
    const style = element('style', '', text);
    (isShadowRoot(root) ? root : (root.head ?? root.documentElement)).append(style);
  }
}
