// @ts-check
// Holding the send: while a warning is open, or a pasted address is being looked up, nothing that a person does
// reaches the page. Its listeners are the window's first, so that the page never sees what they take.

/** A question that is not answered within this no longer holds anything, in milliseconds. */
const LONGEST_PENDING = 1000;

const Hold = {
  /** The warning that is open in this frame. @type {Layer | null} */
  layer: null,
  /** How many warnings about this frame are open elsewhere. */
  elsewhere: 0,
  /** The press on the page that is not over. @type {PointerEvent | null} */
  press: null,
  /** The questions about what the person entered that hold. @type {Set<Promise<unknown>>} */
  pending: new Set(),

  start() {
    for (const kind of ['keydown', 'keypress', 'keyup', 'click', 'dblclick', 'auxclick', 'submit', 'beforeinput', 'drop', 'paste', 'mousedown']) {
      addEventListener(kind, Hold.take, { capture: true, passive: false });
    }
    // A slider goes on with a press that began before, and with what it is set to.
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'mousemove', 'mouseup']) addEventListener(kind, Hold.take, { capture: true, passive: true });
    for (const kind of ['touchstart', 'touchmove', 'touchend', 'input', 'change']) addEventListener(kind, Hold.take, { capture: true, passive: true });
    for (const kind of ['blur', 'focusout', 'focus', 'focusin']) addEventListener(kind, Hold.takeFocus, { capture: true, passive: true });
    addEventListener('copy', Hold.takeCopy, { capture: true, passive: true });
  },

  /** @param {ShadowRoot} root */
  startIn(root) {
    for (const kind of ['submit', 'change']) root.addEventListener(kind, Hold.take, { capture: true, passive: false });
  },

  /**
   * Holds until a question is answered, or too long.
   * @template T
   * @param {Promise<T>} question
   * @param {boolean} [isToldOf] whether the person was told that it could not be answered before: then they go on without an answer
   * @returns {Promise<T>}
   */
  async until(question, isToldOf = false) {
    const release = () => Hold.pending.delete(question);
    Hold.pending.add(question);
    void patience(isToldOf ? LONGEST_PENDING / 2 : LONGEST_PENDING).then(() => {
      if (!release()) return;
      if (isToldOf) Replay.make();
      else Replay.drop();
    });
    try {
      return await question;
    } finally {
      // After whoever asked has seen the answer.
      if (release() && Hold.pending.size === 0) setTimeout(Replay.make);
    }
  },

  /** The keys whose press was not the page's: their release is not either. @type {Set<string>} */
  keys: new Set(),

  /** @param {Event} event */
  take(event) {
    if (!event.isTrusted) return;
    const { layer } = Hold;
    if (event instanceof KeyboardEvent) {
      const isHeld = Hold.keys.has(event.code);
      if (event.type === 'keydown' && (layer || Hold.elsewhere > 0)) Hold.keys.add(event.code);
      else if (event.type === 'keydown') Hold.keys.delete(event.code);
      if (event.type === 'keyup') Hold.keys.delete(event.code);
      if (isHeld && event.type !== 'keydown') return stop(event);
    }
    if (layer && event.target === layer.host) {
      // The browser still does what the key or the press does by itself: it moves the focus, follows a link.
      event.stopImmediatePropagation();
      layer.take(event);
    } else if (layer && event instanceof KeyboardEvent && event.key === 'Escape') {
      // The page took the focus away from the warning; the safe way out is open all the same.
      event.stopImmediatePropagation();
      layer.take(event);
    } else if (layer || Hold.elsewhere > 0) {
      if (event.type === 'change') Untold.keep(event);
      stop(event);
    } else {
      if (Replay.endsSpoilt(event)) return stop(event);
      if (event.type === 'pointerdown') {
        Hold.press = /** @type {PointerEvent} */ (event);
        Replay.isSpoilt = false;
      }
      if (event.type === 'pointerup') Hold.press = null;
      // Of all others the sensor sees first what they would send.
      if (event.type === 'keypress' || event.type === 'keyup') Hold.takeSend(event);
    }
  },

  /**
   * The warning takes the focus, and gives it back. Many pages make a chip of what is in a field that is left, save it, or
   * close what it is in.
   * @param {Event} event
   */
  takeFocus(event) {
    const { target, relatedTarget } = /** @type {FocusEvent} */ (event);
    const host = Hold.layer?.host;
    const isByWarning = host !== undefined && (target === host || relatedTarget === host);
    if (isByWarning || (Hold.elsewhere > 0 && target !== window)) event.stopImmediatePropagation();
  },

  /** What is copied in a warning or a note is what the person marked there, not what the page would put in its place. @param {Event} event */
  takeCopy(event) {
    if (!event.isTrusted || !Layer.isOwn(/** @type {Node} */ (event.target))) return;
    event.stopImmediatePropagation();
    // It may differ from what was copied before.
    void send({ kind: 'copied' });
  },

  /** A warning opens: a press that began before is over for the page, which sees no end of it and may send when one lasts. */
  endPress() {
    const { press } = Hold;
    Hold.press = null;
    if (!press?.target || !isAlive(/** @type {Node} */ (press.target))) return;
    const { pointerId, pointerType } = press;
    const options = { bubbles: true, composed: true };
    press.target.dispatchEvent(new PointerEvent('pointercancel', { ...options, pointerId, pointerType }));
    // Firefox knows the event's class only on screens that can be touched.
    if (pointerType === 'touch') press.target.dispatchEvent(new (globalThis.TouchEvent ?? Event)('touchcancel', options));
  },

  /** Takes what may send while a question is open, and says whether it did. @param {Event} event */
  takeSend(event) {
    if (Hold.pending.size === 0 || !isSend(event)) return false;
    Replay.keep(event);
    // The new line in a text of several is not sent; what is typed after it must not come before it.
    const target = event instanceof KeyboardEvent && Fields.at(event);
    if (target && isArea(target)) event.stopImmediatePropagation();
    else stop(event);
    return true;
  },
};

/** @param {Event} event */
function stop(event) {
  event.stopImmediatePropagation();
  // The press of a mouse does what it does by itself: it moves the focus.
  if (event.cancelable && event.type !== 'mousedown') event.preventDefault();
}

/** Whether a key presses what has the focus: Enter, or the space bar where that is no text. @param {KeyboardEvent} event */
function isPress(event) {
  return event.key === 'Enter' || (event.key === ' ' && !Fields.of(event));
}

/**
 * Whether an event may send what was entered: a key that presses, a submitted form, a press on what is no field.
 * @param {Event} event
 */
function isSend(event) {
  if (event instanceof KeyboardEvent) return isPress(event);
  return event.type === 'submit' || (event.type === 'click' && !Fields.of(event));
}
