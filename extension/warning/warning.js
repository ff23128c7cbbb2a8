// @ts-check
// The warning: a modal dialog that stops the person with the evidence and returns the choice.
// It knows no set and no rule; one is shown at a time.

/** How long it must have been on the screen before “Keep it anyway” can be pressed, in milliseconds. */
const DWELL = 800;

const SIGN = 'M12 2 1 21h22L12 2Zm-1 7h2v6h-2V9Zm0 8h2v2h-2v-2Z';

/** @typedef {'remove' | 'keep'} Choice */

const Warning = {
  /** @type {Promise<unknown>} */
  last: Promise.resolve(),

  /**
   * Shows what is known, after any other warning, and waits for the person's choice.
   * @param {import('../core/taintwatch.js').Outcome} outcome
   * @returns {Promise<Choice>}
   */
  ask(outcome) {
    const choice = Warning.last.then(() => showWarning(outcome));
    Warning.last = choice;
    return choice;
  },
};

/**
 * @param {import('../core/taintwatch.js').Outcome} outcome
 * @returns {Promise<Choice>}
 */
function showWarning(outcome) {
  return new Promise((resolve) => {
    const dialog = /** @type {HTMLDialogElement} */ (element('dialog', `scene ${outcome.level}`));
    const layer = new Layer(() => {
      dialog.close();
      dialog.showModal();
    });
    const { card, remove, keep } = renderCard(outcome);
    dialog.append(card);
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', 'title');
    dialog.setAttribute('aria-describedby', 'why');

    /** @param {Event} event @param {Choice} choice */
    const choose = (event, choice) => {
      if (!event.isTrusted) return;
      event.preventDefault();
      dialog.close();
      layer.remove();
      resolve(choice);
    };
    remove.addEventListener('click', (event) => choose(event, 'remove'));
    keep.addEventListener('click', (event) => choose(event, 'keep'));
    // Escape is the safe way out.
    dialog.addEventListener('cancel', (event) => choose(event, 'remove'));

    layer.root.append(dialog);
    layer.attach();
    dialog.showModal();
    remove.focus();
    setTimeout(() => {
      keep.disabled = false;
    }, DWELL);
  });
}

/** @param {import('../core/taintwatch.js').Outcome} outcome */
function renderCard(outcome) {
  const card = element('div', 'card');
  const title = element('h1', '');
  title.id = 'title';
  title.append(sign(), Words.get(outcome.level === 'danger' ? 'titleDanger' : 'titleCaution'));
  const why = element('p', 'sentence', Evidence.sentence(outcome));
  why.id = 'why';
  const pasted = element('p', 'pasted');
  pasted.append(element('small', '', Words.get('pasted')), element('code', '', outcome.address));
  const buttons = element('div', 'buttons');
  const remove = /** @type {HTMLButtonElement} */ (element('button', 'default', Words.get('remove')));
  const keep = /** @type {HTMLButtonElement} */ (element('button', '', Words.get('keep')));
  keep.disabled = true;
  buttons.append(remove, keep);
  card.append(title, why, pasted, Evidence.render(outcome), buttons);
  return { card, remove, keep };
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
