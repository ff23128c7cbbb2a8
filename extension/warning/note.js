// @ts-check
// A note in the corner: for what is worth knowing but does not stop anybody, above all “not checked”.

/** How long a note stays, in milliseconds. */
const NOTE_STAYS = 20000;

/** How often it is looked whether a note is seen, in milliseconds: seldom, for the page goes on beside it. */
const NOTE_JUDGED = 1500;

/** All that there is to say on a page whose extension was updated. */
const UPDATED = ['titleNotChecked', 'failedUpdated', 'close', 'language', 'direction'];

/** So long after its beginning a page is there and mostly at rest, in milliseconds. */
const AT_REST = 5000;

const Note = {
  start() {
    // The first word that is asked for keeps a page waiting for some milliseconds.
    setTimeout(() => requestIdleCallback(() => Words.keep(UPDATED)), AT_REST);
  },

  /** @type {Layer | null} */
  layer: null,
  /** What is being shown, for the popup to tell. */
  open: '',
  /** Shows the note that waits until no warning is open. @type {(() => void) | null} */
  waiting: null,

  /** A warning opens: a note would lie over it, and waits. */
  giveWay() {
    if (Note.open) Note.waiting ??= Note.again;
    Note.close();
  },

  /** No warning is open any more. */
  comeBack() {
    Note.waiting?.();
    Note.waiting = null;
  },

  /** Shows the last one again. @type {(() => void) | null} */
  again: null,
  /** The address that the last one is about. */
  about: '',

  /** What the person enters is warned of: a note about it has nothing to add. @param {string} address */
  drop(address) {
    if (Note.about !== address) return;
    Note.waiting = null;
    Note.close();
  },

  close() {
    Note.layer?.remove();
    Note.layer = null;
    Note.open = '';
  },

  /**
   * Nothing could be looked up: neither clean nor danger.
   * @param {string} reason
   */
  notChecked(reason) {
    showNote(Words.get('titleNotChecked'), reason);
  },

  /**
   * The address can be read, but something is wrong with it.
   * @param {import('../taintwatch/worker.js').Outcome} outcome
   */
  oddAddress(outcome) {
    showNote(Words.get('titleNotChecked'), `${outcome.address}: ${outcome.problem?.message ?? ''}`);
  },

  /**
   * @param {import('../taintwatch/worker.js').Outcome} outcome
   * @param {boolean} [isAllowed] whether it is listed, and the person wants only to be told
   */
  notice(outcome, isAllowed = false) {
    const sentence = Evidence.sentence(outcome);
    showNote(Words.get('titleNotice'), isAllowed ? Words.get('noteAllowed', sentence) : sentence);
  },

  /** @param {import('../taintwatch/worker.js').Outcome} outcome */
  notRemoved(outcome) {
    showNote(Words.get('titleNotRemoved'), Words.get('notRemoved', outcome.address));
  },

  /** @param {import('../taintwatch/worker.js').Outcome} outcome */
  notFound(outcome) {
    showNote(Words.get('titleNotFound'), Words.get('notFound', outcome.address));
  },

  /** The page shows a listed address, or the person copied one. @param {import('../taintwatch/worker.js').Outcome} outcome */
  shown(outcome) {
    const title = Words.get(outcome.level === 'danger' ? 'titleShownDanger' : 'titleShownCaution');
    showNote(title, `${outcome.address}: ${Evidence.sentence(outcome)}`, undefined, outcome.level ?? '', outcome.address);
  },

  /**
   * What the page shows or the person copied looks like an address that the person uses.
   * @param {string} address
   * @param {string} other the shown ends of the one that is used
   * @param {'pairOnPage' | 'pairCopied'} words where it is from
   */
  lookalike(address, other, words) {
    showNote(Words.get('titleLookalike'), Words.get('noteLookalike'), Evidence.compare(address, { kind: 'lookalike', other }, words));
  },

  /** Two addresses of the page look alike. @param {string} one @param {string} other */
  twins(one, other) {
    showNote(Words.get('titleTwins'), Words.get('noteTwins'), Evidence.pair([['pairOnPage', one, other], ['pairOnPage', other, one]]));
  },
};

/**
 * @param {string} title
 * @param {string} text
 * @param {Node} [more]
 * @param {string} [className]
 * @param {string} [about] the address that it is about
 */
function showNote(title, text, more, className = '', about = '') {
  Note.again = () => showNote(title, text, more, className, about);
  Note.about = about;
  if (Hold.layer) {
    Note.waiting = Note.again;
    return;
  }
  Note.close();
  const note = element('div', `note ${className}`);
  note.setAttribute('role', 'alert');
  const close = element('button', '', Words.get('close'));
  const layer = new Layer(note, { every: NOTE_JUDGED, onLost: () => remove() });
  /** @type {Element | null} */
  let before = null;
  const remove = () => {
    if (Note.layer !== layer) return;
    const isIn = layer.root.activeElement === close;
    Note.close();
    if (isIn && before && isAlive(before) && isHtmlElement(before)) real(before, 'focus')();
  };
  // Whoever types goes on where they were: the mouse does not take the focus there, and keys give it back.
  close.addEventListener('mousedown', (event) => event.preventDefault());
  close.addEventListener('focus', (event) => (before = /** @type {Element | null} */ (event.relatedTarget)));
  close.addEventListener('click', (event) => {
    if (event.isTrusted) remove();
  });
  Note.layer = layer;
  Note.open = `${title}. ${text}`;
  // Filled once it is shown, so that screen readers announce it.
  layer.change(() => note.append(element('strong', '', title)));
  layer.show();
  layer.change(() => note.append(element('span', '', text), more ?? '', element('br', ''), close));
  setTimeout(remove, NOTE_STAYS);
}
