// @ts-check
// The warning: a modal dialog that stops the person with the evidence and returns the choice.
// It knows no set and no rule; one is shown at a time.

/** So long a person must have seen a button that keeps the address before it can be pressed, in milliseconds. */
const DWELL = 800;

/** Whoever presses Enter sooner meant to send, and saw nothing yet, in milliseconds. */
const REFLEX = 300;

const SIGN = 'M12 2 1 21h22L12 2Zm-1 7h2v6h-2V9Zm0 8h2v2h-2v-2Z';

/** @typedef {'remove' | 'keep'} Choice */

/** `later`: nothing is asked now. @typedef {Choice | 'later'} Answered */

/**
 * @typedef {object} WarningOptions
 * @property {boolean} [shown] the page shows the address, and the person cannot take it out
 * @property {string} [origin] where the frame is from that it is about
 * @property {boolean} [isByPage] what it is about may have come to be there without the person
 */

const Warning = {
  /** @type {Promise<unknown>} */
  last: Promise.resolve(),
  /** What waits for a choice, by address: a page that puts it into another field asks no second time. @type {Map<string, Promise<Answered>>} */
  asking: new Map(),
  /** What the person chose last, and how often they had pressed something then. @type {{ address: string, choice: Choice, acts: number } | null} */
  answer: null,
  /** What is being shown, for the popup to tell. @type {{ address: string, sentence: string } | null} */
  open: null,

  /**
   * Shows what is known, after any other warning, and waits for the person's choice.
   * @param {Finding} finding
   * @param {WarningOptions} [options]
   * @returns {Promise<Answered>}
   */
  ask(finding, options = {}) {
    const { address } = finding.outcome;
    const same = Warning.asking.get(address);
    if (same) return same;
    const choice = Warning.last.then(() => Warning.answered(finding, options) ?? Warning.show(finding, options)).finally(() => Warning.asking.delete(address));
    Warning.asking.set(address, choice);
    Warning.last = choice.catch(() => {});
    return choice;
  },

  /**
   * The answer to what a page brings about by itself. It provokes no second warning, of whatever it may put into its fields
   * once one was refused, nor of what was kept.
   * @param {Finding} finding
   * @param {WarningOptions} options
   * @returns {Answered | null}
   */
  answered({ outcome }, { isByPage }) {
    if (!isByPage) return null;
    if (!Warning.mayAsk()) return 'later';
    const { answer } = Warning;
    return answer?.acts === Acts.count && answer.address === outcome.address ? answer.choice : null;
  },

  /** Whether the person did anything here, and something since they refused what a warning was about. */
  mayAsk() {
    const { answer } = Warning;
    if (answer?.choice === 'remove') return answer.acts !== Acts.count || Acts.mayBeHidden('isActive');
    return Acts.count > 0 || Acts.mayBeHidden('hasBeenActive');
  },

  /**
   * Here or, from a frame or where the page does not let it be seen, where it is.
   * @param {Finding} finding
   * @param {WarningOptions} options
   * @returns {Promise<Choice>}
   */
  async show(finding, options) {
    const isFrame = window !== window.top;
    const there = isFrame ? await Relay.elsewhere(finding, options, 'frame') : null;
    const choice = there ?? (await showHere(finding, options)) ?? (await Relay.elsewhere(finding, options, 'hidden')) ?? 'remove';
    Warning.answer = { address: finding.outcome.address, choice, acts: Acts.count };
    return choice;
  },
};

/**
 * @param {Finding} finding
 * @param {WarningOptions} options
 * @returns {Promise<Choice | null>} nothing where the page does not let it be seen
 */
function showHere(finding, options) {
  return new Promise((resolve) => {
    const { outcome } = finding;
    const giveBack = placeOfPerson();
    const dialog = /** @type {HTMLDialogElement} */ (element('dialog', `scene ${outcome.level === 'danger' ? 'danger' : 'caution'}`));
    const { card, buttons } = renderCard(finding, options);
    dialog.append(card);
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', 'title');
    dialog.setAttribute('aria-describedby', 'why');

    /** @type {Element | null} */
    let held = null;
    let since = performance.now();
    // When it was pressed, not when the page let that be told: what is asked is what the person saw then.
    const isRipe = (at = performance.now()) => at - Math.max(layer.seenSince, since) >= DWELL;

    const layer = new Layer(dialog, {
      card,
      // Where there is no room even so, the title is what is seen first.
      onShown: () => (card.classList.contains('second') ? buttons.back : buttons.remove).focus({ preventScroll: true }),
      onLost: () => end(null),
      onEvent(event) {
        if (event.type === 'pointerdown') {
          const isReady = isRipe(event.timeStamp);
          held = isReady ? layer.pressed(event) : null;
          // Who presses again and again has not read.
          if (!isReady) since = event.timeStamp;
        }
        if (event instanceof KeyboardEvent && event.type === 'keydown' && event.key === 'Escape') {
          // Else it would close a dialog of the page as well.
          event.preventDefault();
          end('remove');
        }
        const button = layer.pressed(event);
        // The caret stays where it is, in fields as well that do not tell where; and the focus on the safe button, where who
        // was about to press something on the page hits what is beside the card.
        if (event.type === 'mousedown' && (button || layer.isBeside(event))) event.preventDefault();
        // A key acts here and once, however long it is held: Firefox does not always make a click of it.
        const isKey = event instanceof KeyboardEvent && event.type === 'keydown' && ['Enter', ' '].includes(event.key) && button;
        if (isKey) event.preventDefault();
        if (isKey ? event.repeat : event.type !== 'click') return;
        // What was pressed takes no focus, as a text that the person marks: the next key is for the safe button again.
        if (layer.isUnfocused()) layer.focus();
        if (layer.isMisled(event)) return layer.focus();
        if (button === buttons.remove && event.timeStamp - layer.drawnSince >= REFLEX) end('remove');
        if (button === buttons.back) turn(false);
        // What lowers the protection counts only when it was seen for a while, and pressed and let go in one place.
        const isDeliberate = isRipe(event.timeStamp) && (!layer.byPointer || held === button);
        if (!isDeliberate) return;
        if (button === buttons.keep) turn(true);
        if (button === buttons.sure) end('keep');
      },
    });
    // Escape is the safe way out, by whatever way the browser tells of it.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (event.isTrusted) end('remove');
    });
    const ripen = setInterval(() => {
      layer.change(() => (buttons.keep.disabled = buttons.sure.disabled = !isRipe()));
    }, JUDGE / 2);

    /** The second step, or back to the first. @param {boolean} isSecond */
    function turn(isSecond) {
      since = performance.now();
      held = null;
      layer.change(() => {
        card.classList.toggle('second', isSecond);
        buttons.sure.disabled = buttons.keep.disabled = true;
        (isSecond ? buttons.back : buttons.remove).focus();
      });
    }

    /** @param {Choice | null} choice */
    function end(choice) {
      if (layer.isRemoved && choice) return;
      clearInterval(ripen);
      giveBack(() => layer.remove());
      Hold.layer = null;
      Warning.open = null;
      resolve(choice);
      Note.comeBack();
    }

    Note.giveWay();
    Hold.layer = layer;
    Warning.open = { address: outcome.address, sentence: Evidence.sentenceOf(finding) };
    layer.show();
    Hold.endPress();
  });
}

/**
 * @param {Finding} finding
 * @param {WarningOptions} options
 */
function renderCard({ outcome, concern }, options) {
  const card = element('div', 'card');
  const title = element('h1', '');
  title.id = 'title';
  title.append(sign(), Evidence.title(outcome, concern));
  const why = element('p', 'sentence', Evidence.sentenceOf({ outcome, concern }));
  why.id = 'why';
  card.append(title, why);
  // What is in a sandbox or made of a text has no origin.
  if (options.origin) card.append(element('p', 'asked', options.origin === 'null' ? Words.get('inFrameOfNone') : Words.get('inFrame', options.origin)));
  const words = options.shown ? 'shownAddress' : 'pasted';
  card.append(concern ? Evidence.compare(outcome.address, concern, words) : renderAddress(outcome.address, words));
  // Only this is scrolled where there is little room: what to do and why stays in sight.
  const details = element('div', 'details');
  details.append(Evidence.render(outcome));
  card.append(details);
  const first = element('div', 'buttons first');
  const second = element('div', 'buttons sure');
  const sentence = element('p', 'sentence sure', Words.get(concern ? 'sureCompared' : 'sure'));
  const buttons = {
    remove: button('default', options.shown ? 'leave' : 'remove'),
    keep: button('', options.shown ? 'goOn' : 'keep'),
    back: button('default', 'back'),
    sure: button('', options.shown ? 'goOnSure' : 'keepSure'),
  };
  buttons.keep.disabled = buttons.sure.disabled = true;
  first.append(buttons.remove, buttons.keep);
  second.append(buttons.back, buttons.sure);
  card.append(first, sentence, second);
  return { card, buttons };
}

/**
 * @param {string} address
 * @param {string} words a key of the messages
 */
function renderAddress(address, words) {
  const shown = element('p', 'pasted');
  shown.append(element('small', '', Words.get(words)), element('code', '', address));
  return shown;
}

/**
 * @param {string} className
 * @param {string} words a key of the messages
 */
function button(className, words) {
  const made = /** @type {HTMLButtonElement} */ (element('button', className, Words.get(words)));
  made.type = 'button';
  return made;
}

function sign() {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', SIGN);
  svg.append(path);
  return svg;
}
