// @ts-check
// The sensor: sees what a person pastes, types or has filled in, and asks about what could be an address.
// It knows no chain and no rule; only true user input counts (`isTrusted`).

/** @typedef {import('../core/taintwatch.js').Outcome} Outcome */

const Sensor = {
  /**
   * For each field the runs that were asked about, so that every edit asks only about what is new.
   * @type {WeakMap<Field, Set<string>>}
   */
  asked: new WeakMap(),

  start() {
    const options = { capture: true, passive: true };
    addEventListener('paste', Sensor.onPaste, options);
    for (const kind of ['input', 'change']) addEventListener(kind, Sensor.onEdit, options);
  },

  /**
   * What is pasted is looked at before the page can change or swallow it.
   * @param {ClipboardEvent} event
   */
  onPaste(event) {
    const field = event.isTrusted && Fields.of(event);
    const text = event.clipboardData?.getData('text/plain');
    if (field && text) void Sensor.look(field, text, false);
  },

  /** @param {Event} event */
  onEdit(event) {
    const field = event.isTrusted && Fields.of(event);
    if (field) void Sensor.look(field, Fields.text(field), true);
  },

  /**
   * Asks about what is new in a text of a field, and shows what comes back.
   * @param {Field} field
   * @param {string} text
   * @param {boolean} isWhole whether the text is all that the field holds
   */
  async look(field, text, isWhole) {
    const known = Sensor.asked.get(field) ?? new Set();
    Sensor.asked.set(field, known);
    const runs = findRuns(text);
    if (isWhole) {
      // What has left the field is asked about again when it comes back.
      for (const run of known) if (!runs.includes(run)) known.delete(run);
    }
    const fresh = runs.filter((run) => !known.has(run));
    if (fresh.length === 0) return;
    for (const run of fresh) known.add(run);
    const { findings, failed } = await ask(fresh, Fields.label(field));
    if (!findings) {
      for (const run of fresh) known.delete(run);
      Note.notChecked(Words.get(failed ?? 'failedCore'));
      return;
    }
    for (const [at, found] of findings.entries()) {
      for (const { start, end, outcome } of found) {
        await Sensor.show(field, fresh[at].slice(start, end), outcome);
      }
    }
  },

  /**
   * @param {Field} field
   * @param {string} text the address as it stands in the field
   * @param {Outcome} outcome
   */
  async show(field, text, outcome) {
    if (outcome.level === null) Note.oddAddress(outcome);
    if (outcome.level === 'notice') Note.notice(outcome);
    if (outcome.level !== 'danger' && outcome.level !== 'caution') return;
    const choice = await Warning.ask(outcome);
    if (choice !== 'remove') return;
    // Whatever comes next into the field is looked at anew.
    Sensor.asked.delete(field);
    const gone = Fields.remove(field, text) || Fields.remove(field, outcome.address);
    if (!gone) Note.notRemoved(outcome);
    field.focus();
  },
};

Sensor.start();
