// @ts-check
// What is in a layer, sealed: a closed shadow root is closed to scripts that ask for it, but the browser's own search
// (`window.find`) and, in Firefox, events and selections lead a page to its nodes.

class Seal {
  /** Whether somebody else changed something just before the extension did. */
  #isTouched = false;
  /** Whether what gets the focus now gets it by a key of the person. */
  #isLed = false;
  /** What got it so last, or from the extension. @type {Element | null} */
  #led = null;
  /** @type {CSSStyleSheet[]} */
  #sheets = [];
  #rules = '';

  /**
   * @param {ShadowRoot} root
   * @param {() => void} onBroken somebody else has changed what is in it
   */
  constructor(root, onBroken) {
    this.root = root;
    this.observer = new MutationObserver(onBroken);
    this.observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    root.addEventListener('focusin', () => {
      if (this.#isLed) this.#led = root.activeElement;
    });
    this.dress();
  }

  /** What it is dressed in now is the extension's own. */
  dress() {
    this.#sheets = [...this.root.adoptedStyleSheets];
    this.#rules = rulesOf(this.#sheets);
  }

  /** Changes something in it, or moves its focus. @param {() => void} work */
  by(work) {
    const { activeElement } = this.root;
    this.#isTouched ||= this.observer.takeRecords().length > 0;
    work();
    this.observer.takeRecords();
    if (this.root.activeElement !== activeElement) this.#led = this.root.activeElement;
  }

  /** The person moves the focus by a key, which the browser does next. */
  lead() {
    this.#isLed = true;
    setTimeout(() => (this.#isLed = false));
  }

  /** Whether a page moved the focus, for a key to do what the person does not mean. */
  isMisled() {
    return this.root.activeElement !== this.#led;
  }

  /** Whether somebody else has changed it, also in ways of which no record tells. */
  isBroken() {
    const { root } = this;
    const sheets = root.adoptedStyleSheets;
    const isSame = sheets.length === this.#sheets.length && this.#sheets.every((sheet, at) => sheet === sheets[at]);
    if (this.#isTouched || !isSame || rulesOf(this.#sheets) !== this.#rules || root.fullscreenElement) return true;
    return root.getAnimations().length > 0 || [...root.querySelectorAll('*')].some((each) => shadowOf(each));
  }

  lift() {
    this.observer.disconnect();
  }
}

/** @param {CSSStyleSheet[]} sheets */
function rulesOf(sheets) {
  return sheets.flatMap(({ cssRules, disabled }) => [String(disabled), ...Array.from(cssRules, (rule) => rule.cssText)]).join('\n');
}
