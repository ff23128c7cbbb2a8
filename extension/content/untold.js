// @ts-check
// The changes of fields that the page was not told of, as the browser ends them when the warning takes the focus. It is
// told when the person leaves the field or sends, as it would have been.

const Untold = {
  /** @type {WeakSet<EventTarget>} */
  fields: new WeakSet(),

  /** @param {Window | ShadowRoot} root of what is in a closed one the window hears only where that is */
  start(root = window) {
    for (const kind of ['change', 'blur', 'keydown']) root.addEventListener(kind, Untold.take, { capture: true, passive: true });
  },

  /** @param {Event} event a change of which the page is not told */
  keep(event) {
    const [target] = event.composedPath();
    // A slider that was moved meanwhile stays untold.
    if (isElement(target) && isInput(target) && Fields.isField(target)) Untold.fields.add(target);
  },

  /** @param {Event} event */
  take(event) {
    const [target] = event.composedPath();
    // Enter sends nothing in a text of several lines, nor where it ends what is composed, as Chinese is typed.
    if (event instanceof KeyboardEvent && (event.key !== 'Enter' || event.isComposing || (isElement(target) && isArea(target)))) return;
    if (!target || !Untold.fields.delete(target) || event.type === 'change') return;
    target.dispatchEvent(new Event('change', { bubbles: true }));
  },
};
