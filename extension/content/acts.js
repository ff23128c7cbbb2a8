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
  /** The last press, and what was pressed. @type {{ event: Event, target: EventTarget | undefined } | null} */
  last: null,

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
    if (event.type === 'keydown' || event.type === 'pointerdown') Acts.count += 1;
    Acts.last = { event, target: event.composedPath()[0] };
  },

  /**
   * Whether the person pressed something that this page, which takes every event, let nobody know: ever, or just now.
   * @param {'hasBeenActive' | 'isActive'} since
   */
  mayBeHidden(since) {
    return Acts.count === 0 && navigator.userActivation?.[since] === true;
  },

  /** Whether the last press is no longer ago than that, in milliseconds. @param {number} most */
  isWithin(most) {
    return Acts.last !== null && performance.now() - Acts.last.event.timeStamp <= most;
  },

  /** Whether what is being sent comes from a press in that form. @param {HTMLFormElement} form */
  sends(form) {
    const target = Acts.last?.target;
    if (!Acts.isWithin(FOLLOWS) || !isElement(target)) return false;
    return real(form, 'contains')(target) || /** @type {any} */ (real(target, 'closest')('button, input'))?.form === form;
  },

  /** Whether what is being copied is so by the person: by a key or the menu of the browser, or a button that says so. */
  copies() {
    // Once no press is left that a script could use, none copies.
    if (!navigator.userActivation?.isActive) return true;
    if (!Acts.last) return false;
    const { event, target } = Acts.last;
    if (event.type === 'contextmenu') return Acts.isWithin(MENU);
    const isKey = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === 'Delete'));
    return Acts.isWithin(FOLLOWS) && (isKey || isCopyButton(target));
  },
};

/** How buttons that copy say so, in what they are called or look like. */
const COPYING = /copy|copi[eé]|copiar|kopier|clipboard|复制|複製|コピー|복사|копир/i;

/** @param {EventTarget | undefined} target */
function isCopyButton(target) {
  if (!isElement(target)) return false;
  const button = real(target, 'closest')('button, [role="button"], a');
  const element = button ?? target;
  if (Fields.isField(element)) return false;
  const names = [...real(element, 'attributes')].map((attribute) => attribute.value).join(' ').slice(0, 500);
  // What else is pressed may be the whole page.
  const text = button || !real(element, 'firstElementChild') ? real(element, 'textContent') ?? '' : '';
  return COPYING.test(names) || COPYING.test(text.slice(0, 40));
}
