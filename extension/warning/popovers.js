// @ts-check
// The popovers of the page that a warning closes, as any modal dialog does: the page is not told, and they are open again
// afterwards.

const Popovers = {
  /** What the warning that is open has closed, the innermost first. @type {Set<HTMLElement>} */
  closed: new Set(),
  /** What was opened again, which the page is about to be told. @type {WeakSet<HTMLElement>} */
  opened: new WeakSet(),
  /** Whether what opens or closes does so by the warning. */
  isOwn: false,

  /** @param {Window | ShadowRoot} root each hears only of its own */
  start(root = window) {
    for (const kind of ['beforetoggle', 'toggle']) root.addEventListener(kind, Popovers.take, { capture: true, passive: true });
  },

  /** Does what closes or opens them. @param {() => void} act */
  by(act) {
    Popovers.isOwn = true;
    try {
      act();
    } finally {
      Popovers.isOwn = false;
    }
  },

  /** @param {Event} event */
  take(event) {
    const { type, target, newState } = /** @type {ToggleEvent} */ (event);
    if (!isHtmlElement(target)) return;
    const set = newState === 'closed' ? Popovers.closed : Popovers.opened;
    if (type === 'beforetoggle' && Popovers.isOwn) set.add(target);
    else if (type === 'beforetoggle' || !set.has(target)) return;
    if (type === 'toggle') Popovers.opened.delete(target);
    event.stopImmediatePropagation();
  },

  /** Opens again what was closed, from the outside in. */
  reopen() {
    const popovers = [...Popovers.closed].reverse();
    Popovers.closed.clear();
    Popovers.by(() => {
      for (const popover of popovers) {
        try {
          real(popover, 'showPopover')();
        } catch {
          // The page took it away meanwhile, or made something else of it.
        }
      }
    });
  },
};
