// @ts-check
// A note in the corner: for what is worth knowing but does not stop anybody, above all “not checked”.

/** How long a note stays, in milliseconds. */
const NOTE_STAYS = 20000;

const Note = {
  /** @type {Layer | null} */
  layer: null,

  /**
   * Nothing could be looked up: neither clean nor danger.
   * @param {string} reason
   */
  notChecked(reason) {
    showNote(Words.get('titleNotChecked'), reason);
  },

  /**
   * The address can be read, but something is wrong with it.
   * @param {import('../core/taintwatch.js').Outcome} outcome
   */
  oddAddress(outcome) {
    showNote(Words.get('titleNotChecked'), `${outcome.address}: ${outcome.problem?.message ?? ''}`);
  },

  /** @param {import('../core/taintwatch.js').Outcome} outcome */
  notice(outcome) {
    showNote(Words.get('titleNotice'), Evidence.sentence(outcome));
  },

  /** @param {import('../core/taintwatch.js').Outcome} outcome */
  notRemoved(outcome) {
    showNote(Words.get('titleNotRemoved'), Words.get('notRemoved', outcome.address));
  },
};

/**
 * @param {string} title
 * @param {string} text
 */
function showNote(title, text) {
  Note.layer?.remove();
  const note = element('div', 'note');
  const layer = new Layer(() => note.showPopover());
  Note.layer = layer;
  note.popover = 'manual';
  note.setAttribute('role', 'alert');
  const close = element('button', '', Words.get('close'));
  close.addEventListener('click', (event) => {
    if (event.isTrusted) layer.remove();
  });
  layer.root.append(note);
  layer.attach();
  note.showPopover();
  // Filled after it is shown, so that screen readers announce it.
  note.append(element('strong', '', title), element('span', '', text), document.createElement('br'), close);
  setTimeout(() => layer.remove(), NOTE_STAYS);
}
