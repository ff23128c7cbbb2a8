// @ts-check
// What the person pressed, as far as events tell. No script makes the browser tell of a key or a press, as it can of a
// copy, a form that is sent, a text that is entered or a focus that moves.

/** What the browser tells of within this may come from the last press, in milliseconds. */
const FOLLOWS = 1000;

/** So long the browser's own menu may stay open before something in it is chosen, in milliseconds. */
const MENU = 60_000;

const Acts = {
  /** How often the person pressed a key or a button, or the browser filled something in for them. */
  count: 0,
  /** What was pressed last. @type {EventTarget | undefined} */
  target: undefined,
  /** Until when something that is sent may come from it. */
  sendsUntil: -Infinity,
  /** Until when something that is copied may come from it. */
  copiesUntil: -Infinity,

  start() {
    for (const kind of ['keydown', 'pointerdown', 'click', 'contextmenu', 'input']) addEventListener(kind, Acts.note, { capture: true, passive: true });
  },

  /** @param {Event} event */
  note(event) {
    if (!event.isTrusted) return;
    if (event.type === 'input') {
      // What a script has entered is no replacement.
      if (/** @type {InputEvent} */ (event).inputType === 'insertReplacementText') Acts.count += 1;
      return;
    }
    const now = performance.now();
    const isMenu = event.type === 'contextmenu';
    if (event.type === 'keydown' || event.type === 'pointerdown') Acts.count += 1;
    [Acts.target] = event.composedPath();
    Acts.sendsUntil = now + FOLLOWS;
    Acts.copiesUntil = isMenu || mayCopy(event) ? now + (isMenu ? MENU : FOLLOWS) : -Infinity;
  },

  /**
   * Whether the person pressed something that this page, which takes every event, let nobody know: ever, or just now.
   * @param {'hasBeenActive' | 'isActive'} since
   */
  mayBeHidden(since) {
    return Acts.count === 0 && navigator.userActivation?.[since] === true;
  },

  /** Whether what is being sent comes from a press in that form. @param {HTMLFormElement} form */
  sends(form) {
    const { target } = Acts;
    if (performance.now() > Acts.sendsUntil || !isElement(target)) return false;
    return real(form, 'contains')(target) || /** @type {any} */ (real(target, 'closest')('button, input'))?.form === form;
  },

  /** Whether what is being copied is so by the person. Once no press is left that a script could use, none copies. */
  copies() {
    return performance.now() <= Acts.copiesUntil || !navigator.userActivation?.isActive;
  },
};

/** Whether a key or a press may copy: the keys of the browser and of its menus, or a button that says so. @param {Event} event */
function mayCopy(event) {
  const isKey = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === 'Delete'));
  return isKey || isCopyButton(event.composedPath()[0]);
}

/** How buttons that copy say so, in what they are called or look like. */
const COPYING = /copy|copi[eé]|copiar|kopier|clipboard|复制|複製|コピー|복사|копир/i;

/** @param {EventTarget | undefined} target */
function isCopyButton(target) {
  const element = isElement(target) ? real(target, 'closest')('button, [role="button"], a') ?? target : null;
  if (!element || Fields.isField(element)) return false;
  const names = [...real(element, 'attributes')].map((attribute) => attribute.value).join(' ').slice(0, 500);
  return COPYING.test(names) || COPYING.test((real(element, 'textContent') ?? '').slice(0, 40));
}
