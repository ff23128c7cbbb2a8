// @ts-check
// A press that was held for an answer is made again once that says nothing: nobody has to press twice, and what types as
// a keyboard does, such as a scanner of codes, could not.

/** A press that the page was not told of. @typedef {{ event: Event, target: Element }} Taken */

const Replay = {
  /** In the order in which they were made. @type {Taken[]} */
  taken: [],

  /** @param {Event} event a press that is held */
  keep(event) {
    const [host] = event.composedPath();
    // A key that ends what is composed, as Chinese is typed, presses nothing.
    if (!isElement(host) || (event instanceof KeyboardEvent && (event.repeat || event.isComposing))) return;
    // Of a closed shadow root an event tells only that.
    const target = event instanceof MouseEvent && event.detail > 0 ? innermostAt(host, event.clientX, event.clientY) : (focusedIn(host) ?? host);
    Replay.taken.push({ event, target });
  },

  /** Whether the last press was not over as the person was told something. */
  isSpoilt: false,

  drop() {
    Replay.taken = [];
  },

  /** The person is told something, which they did not know as they pressed: also where they have not let go yet. */
  spoil() {
    for (const { event } of Replay.taken) if (event instanceof KeyboardEvent && event.type === 'keydown') Hold.keys.add(event.code);
    Replay.drop();
    Replay.isSpoilt = Hold.press !== null;
  },

  /** Whether a click is the end of a press that was spoilt. @param {Event} event */
  endsSpoilt(event) {
    if (!Replay.isSpoilt || event.type !== 'click' || /** @type {MouseEvent} */ (event).detail === 0) return false;
    Replay.isSpoilt = false;
    return isSend(event);
  },

  /** Whether one is made now. */
  isMaking: false,

  /** Nothing is asked any more. */
  make() {
    Replay.isMaking = true;
    try {
      // What the page entered meanwhile is looked at first.
      if (Replay.taken.length) Sensor.lookAtFields();
      if (Hold.pending.size === 0) Replay.makeAll();
    } finally {
      Replay.isMaking = false;
    }
  },

  makeAll() {
    const taken = Replay.taken;
    Replay.drop();
    for (const { event, target } of taken) {
      // Nobody waits for a press that did nothing for longer.
      if (Hold.layer || Hold.elsewhere > 0 || performance.now() - event.timeStamp > LONGEST_PENDING) return;
      if (!isAlive(target) || !real(target, 'isConnected')) return;
      if (event.type === 'submit') sendForm(/** @type {HTMLFormElement} */ (target), /** @type {SubmitEvent} */ (event).submitter);
      else again(event, target);
    }
  },
};

/**
 * Makes an event again, and what the browser does by itself where the page does not take it.
 * @param {Event} event
 * @param {Element} target
 */
function again(event, target) {
  const { type } = event;
  if (!(event instanceof KeyboardEvent)) {
    real(target, 'dispatchEvent')(new PointerEvent(type, /** @type {PointerEvent} */ (event)));
    return;
  }
  let isDone = false;
  const done = () => void (isDone = true);
  for (const kind of ACTED) addEventListener(kind, done, true);
  const kinds = type === 'keydown' ? ['keydown', 'keypress'] : [type];
  const isLeft = kinds.every((kind) => real(target, 'dispatchEvent')(new KeyboardEvent(kind, keyOf(event))));
  for (const kind of ACTED) removeEventListener(kind, done, true);
  // The browser itself goes on after keys of its own alone; but Firefox presses a button after any.
  if (!isLeft || isDone || type === 'keyup' || event.ctrlKey || event.altKey || event.metaKey) return;
  if (real(target, 'matches')(PRESSED[event.key])) real(/** @type {HTMLElement} */ (target), 'click')();
  else if (event.key === 'Enter') enter(target);
}

/** What tells that a key did something. */
const ACTED = ['click', 'submit'];

/** All that tells of a key. @param {KeyboardEvent} event */
function keyOf({ key, code, location, ctrlKey, shiftKey, altKey, metaKey, keyCode, view }) {
  return { bubbles: true, cancelable: true, composed: true, key, code, location, ctrlKey, shiftKey, altKey, metaKey, keyCode, charCode: keyCode, view };
}

/** Does what Enter does in a field. @param {Element} target */
function enter(target) {
  // In a text of several lines the browser has done it.
  const form = isInput(target) && !isArea(target) ? target.form : null;
  if (!form) return;
  const elements = [...real(form, 'elements')];
  const button = elements.find((element) => /** @type {HTMLButtonElement} */ (element).type === 'submit');
  if (button) return real(/** @type {HTMLElement} */ (button), 'click')();
  // By the rules of HTML a form of several fields is sent by a button alone.
  if (elements.filter((element) => isInput(element) && !isArea(element) && Fields.isField(element)).length < 2) sendForm(form);
}

const BUTTONS = 'button, summary, input:is([type="button"], [type="submit"], [type="reset"], [type="image"], [type="file"], [type="color"])';

/** What a key presses. @type {Record<string, string>} */
const PRESSED = {
  Enter: `${BUTTONS}, a[href], area[href]`,
  ' ': `${BUTTONS}, input:is([type="checkbox"], [type="radio"])`,
};

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 */
function sendForm(form, submitter = null) {
  const owner = /** @type {HTMLButtonElement | null} */ (submitter)?.form;
  real(form, 'requestSubmit')(owner === form ? submitter : null);
}
