// @ts-check
// The sensor: sees what a person pastes, drops, types, has filled in or copies, and what a script put into a field by
// the time that the person goes on. It knows no chain and no rule; only true user input counts (`isTrusted`).

/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */

/** Who types is asked about once the keys rest so long, in milliseconds; until then nothing is sent either. */
const REST = 60;

const Sensor = {
  /**
   * For each field the runs that were asked about, so that every edit asks only about what is new.
   * @type {WeakMap<Field, Set<string>>}
   */
  asked: new WeakMap(),

  start() {
    const options = { capture: true, passive: true };
    addEventListener('paste', Sensor.onPaste, options);
    addEventListener('drop', Sensor.onDrop, options);
    addEventListener('copy', Sensor.onCopy, options);
    addEventListener('cut', Sensor.onCopy, options);
    for (const kind of ['input', 'change', 'focusin', 'focusout', 'keyup']) addEventListener(kind, Sensor.onEdit, options);
    // A press comes before its click: the answer is mostly there when the click is.
    for (const kind of ['pointerdown', 'click', 'submit', 'keydown']) addEventListener(kind, Sensor.onGoOn, options);
    addEventListener('pageshow', Sensor.onReturn);
  },

  /**
   * What is pasted is looked at before the page can change or swallow it.
   * @param {ClipboardEvent} event
   */
  onPaste(event) {
    const field = event.isTrusted && Fields.of(event);
    const text = event.clipboardData?.getData('text/plain');
    if (field && text) void Sensor.look(field, text, 'pasted', false);
  },

  /** @param {DragEvent} event */
  onDrop(event) {
    const field = event.isTrusted && Fields.of(event);
    const text = event.dataTransfer?.getData('text/plain');
    if (field && text) void Sensor.look(field, text, 'pasted', false);
  },

  /** @param {Event} event */
  onEdit(event) {
    const field = event.isTrusted && Fields.of(event);
    // A mask that writes what is typed itself lets no input happen, only the keys.
    const isKey = event.type === 'keyup';
    if (!field || (isKey && !isInput(field))) return;
    void Sensor.look(field, Fields.text(field), 'typed', true, isKey || event.type === 'input' ? REST : 0);
  },

  /** What a script put into a field is looked at when the person goes on. @param {Event} event */
  onGoOn(event) {
    if (!event.isTrusted || (event instanceof KeyboardEvent && event.key !== 'Enter')) return;
    for (const field of Fields.all()) void Sensor.look(field, Fields.text(field), 'typed', true);
    // What a page's own button copies is not seen: then nothing is known of what will arrive.
    if (event.type === 'click' && isCopyButton(event.composedPath()[0])) void send({ kind: 'copied' });
    if (event.type === 'submit' && isForm(event.target)) Sensor.onSend(event.target);
  },

  /** What a person sends to is known from then on. @param {HTMLFormElement} form */
  onSend(form) {
    const fields = Fields.all().filter(real(form, 'contains'));
    const runs = fields.flatMap((field) => findRunsOfField(Fields.text(field)));
    if (runs.length) void ask(runs.slice(0, MOST_RUNS), '', 'used');
  },

  /** @param {ClipboardEvent} event */
  async onCopy(event) {
    if (!event.isTrusted) return;
    const runs = findRunsOfField(selectedText(Fields.of(event)));
    if (!runs.length) return;
    const { findings } = await ask(runs, '', 'copied');
    for (const { outcome, concern } of (findings ?? []).flat()) {
      if (outcome.level === 'danger' || outcome.level === 'caution') Note.shown(outcome);
      else if (concern?.kind === 'lookalike') Note.lookalike(outcome.address, concern.other);
    }
  },

  /** A page that is shown again is as it was left. @param {PageTransitionEvent} event */
  onReturn(event) {
    if (!event.persisted) return;
    for (const field of Fields.all()) Sensor.asked.delete(field);
    Shown.queue(document.body ?? document.documentElement ?? document);
  },

  /**
   * Asks about what is new in a text of a field, and shows what comes back.
   * @param {Field} field
   * @param {string} text
   * @param {Way} way
   * @param {boolean} isWhole whether the text is all that the field holds
   * @param {number} rest how long the field may change yet before anything is asked, in milliseconds
   */
  async look(field, text, way, isWhole, rest = 0) {
    const runs = findRunsOfField(text);
    let known = Sensor.asked.get(field);
    if (!runs.length && !known) return;
    known ??= new Set();
    Sensor.asked.set(field, known);
    if (isWhole) {
      // What has left the field is asked about again when it comes back.
      for (const run of known) if (!runs.includes(run)) known.delete(run);
    }
    const fresh = runs.filter((run) => !known.has(run));
    if (fresh.length === 0) return;
    for (const run of fresh) known.add(run);
    const { findings, failed } = await Hold.until(Sensor.ask(field, fresh, known, way, rest));
    if (!findings) {
      for (const run of fresh) known.delete(run);
      Note.notChecked(Words.get(failed ?? 'failedCore'));
      return;
    }
    for (const [at, found] of findings.entries()) {
      for (const finding of found) await Sensor.show(field, fresh[at].slice(finding.start, finding.end), finding);
    }
  },

  /**
   * @param {Field} field
   * @param {string[]} fresh
   * @param {Set<string>} known what the field holds
   * @param {Way} way
   * @param {number} rest
   * @returns {Promise<Answer>}
   */
  async ask(field, fresh, known, way, rest) {
    const label = Fields.label(field);
    if (rest) {
      await silence(rest);
      if (!fresh.some((run) => known.has(run))) return { findings: [] };
    }
    return ask(fresh, label, way);
  },

  /**
   * @param {Field} field
   * @param {string} text the address as it stands in the field
   * @param {Finding} finding
   */
  async show(field, text, finding) {
    const { outcome, concern } = finding;
    const isWarning = outcome.level === 'danger' || outcome.level === 'caution' || concern;
    if (!isWarning) {
      if (outcome.level === null) Note.oddAddress(outcome);
      if (outcome.level === 'notice') Note.notice(outcome);
      return;
    }
    const isFirst = !Warning.asking.has(outcome.address);
    // What an editor holds is text of the page as well.
    Told.said.add(text);
    Note.drop(outcome.address);
    const choice = await Warning.ask(finding, { shown: !Fields.isOpen(field) });
    if (choice === 'keep') {
      if (concern) void send({ kind: 'confirmed', address: outcome.address });
    } else {
      const removed = async () => (await Fields.remove(field, text)) || (await Fields.remove(field, outcome.address));
      const gone = await Hold.until(removed().catch(() => false));
      // Whatever comes next into the field is looked at anew.
      Sensor.asked.delete(field);
      if (!gone && isFirst) Note.notRemoved(outcome);
    }
    if (isAlive(field)) real(field, 'focus')();
  },
};

/** How buttons that copy say so, in what they are called or look like. */
const COPYING = /copy|copi[eé]|copiar|kopier|clipboard|复制|複製|コピー|복사|копир/i;

/** @param {EventTarget | undefined} target */
function isCopyButton(target) {
  const element = isElement(target) ? real(target, 'closest')('button, [role="button"], a') ?? target : null;
  if (!element || Fields.isField(element)) return false;
  const names = [...real(element, 'attributes')].map((attribute) => attribute.value).join(' ').slice(0, 500);
  return COPYING.test(names) || COPYING.test((real(element, 'textContent') ?? '').slice(0, 40));
}

/**
 * What a person has selected, in a field or on the page.
 * @param {Field | null} field
 */
function selectedText(field) {
  if (field && isInput(field)) return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  return String(getSelection() ?? '');
}
