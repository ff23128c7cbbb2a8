// @ts-check
// A place on the page that the page cannot look into: a closed shadow root, put back when it is removed.

/** How often it is put back before giving up, so that two scripts never fight for ever. */
const MOST_RESTORES = 20;

class Layer {
  /** @param {() => void} onRestored called after the host was put back */
  constructor(onRestored) {
    this.host = document.createElement('div');
    this.root = this.host.attachShadow({ mode: 'closed' });
    addStyle(this.root);
    let restores = 0;
    this.observer = new MutationObserver(() => {
      if (this.host.isConnected || restores >= MOST_RESTORES) return;
      restores += 1;
      this.attach();
      onRestored();
    });
  }

  /** Puts it on the page, and keeps it there. */
  attach() {
    document.documentElement.append(this.host);
    this.observer.observe(document, { childList: true, subtree: true });
  }

  /** Takes it off the page. */
  remove() {
    this.observer.disconnect();
    this.host.remove();
  }
}

/**
 * Styles the root in a way that no page's CSP stands against, nor the extension's own.
 * @param {ShadowRoot} root
 */
function addStyle(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Older Firefox lets no content script do that; there an element is exempt from the page's CSP.
    const style = document.createElement('style');
    style.textContent = STYLE;
    root.append(style);
  }
}
