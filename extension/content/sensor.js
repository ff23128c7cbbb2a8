// @ts-check
// The sensor: sees what a person pastes, drops, types, has filled in or copies, and what a script put into a field by
// the time that the person goes on. It knows no chain and no rule; only true user input counts (`isTrusted`).

/** @typedef {import('../taintwatch/worker.js').Outcome} Outcome */

/** Who types is asked about once the keys rest so long, in milliseconds; until then nothing is sent either. */
const REST = 60;

/** So long a page has to take away what it showed of an address that was removed, in milliseconds: some fade it out. */
const RENDERED = 1000;

/** How often the field that has the focus is looked at without an event, in milliseconds. */
const POLL = 500;

const Sensor = {
  /** Links that were asked about, but for those that the person was warned of and did not keep. @type {Set<string>} */
  links: new Set(),

  /**
   * For each field the runs that were asked about, so that every edit asks only about what is new.
   * @type {WeakMap<Field, Set<string>>}
   */
  asked: new WeakMap(),

  /** What could not be checked, and the person was told so: it holds up no second press. @type {Set<string>} */
  unchecked: new Set(),

  /** Fields that did not let go of what was to be removed: the person was told. @type {WeakSet<Field>} */
  stuck: new WeakSet(),

  /** @type {ReturnType<typeof setInterval> | undefined} */
  timer: undefined,

  /** For fields that take long to read, when they will be. @type {WeakMap<Field, ReturnType<typeof setTimeout>>} */
  resting: new WeakMap(),

  /** Looks at the fields after what the person did. @type {ReturnType<typeof setTimeout>[]} */
  timers: [],

  start() {
    const options = { capture: true, passive: true };
    addEventListener('paste', Sensor.onPaste, options);
    addEventListener('drop', Sensor.onDrop, options);
    addEventListener('copy', Sensor.onCopy, options);
    addEventListener('cut', Sensor.onCopy, options);
    for (const kind of ['input', 'change', 'focusin', 'focusout', 'keyup']) addEventListener(kind, Sensor.onEdit, options);
    // A press comes before its click: the answer is mostly there when the click is.
    addEventListener('pointerdown', Sensor.onGoOn, options);
    for (const kind of ['click', 'keydown', 'submit']) addEventListener(kind, Sensor.onGoOn, { capture: true, passive: false });
    addEventListener('pageshow', Sensor.onReturn);
    Sensor.timer ??= setInterval(Sensor.poll, POLL);
  },

  /** A form tells only the shadow root that it is in. @param {ShadowRoot} root */
  startIn(root) {
    root.addEventListener('submit', Sensor.onGoOn, { capture: true, passive: false });
  },

  /**
   * A page may take every event before it comes here: a frame's window can be had before its document, and the sensor in
   * it, are there. What a person enters into a field stands in it all the same.
   */
  poll() {
    if (document.visibilityState !== 'visible' || !Warning.mayAsk()) return;
    const field = Fields.focused();
    // What an editor holds is text of the page, which is looked at as it changes.
    if (field && isInput(field) && !Sensor.stuck.has(field)) void Sensor.look(field, Fields.text(field), 'typed', true, REST);
  },

  /**
   * What is pasted is looked at before the page can change or swallow it.
   * @param {ClipboardEvent} event
   */
  onPaste(event) {
    Sensor.onEntered(event, event.clipboardData);
  },

  /** @param {DragEvent} event */
  onDrop(event) {
    Sensor.onEntered(event, event.dataTransfer);
  },

  /**
   * @param {Event} event
   * @param {DataTransfer | null} data
   */
  onEntered(event, data) {
    const text = event.isTrusted && data?.getData('text/plain');
    if (!text) return;
    const element = Fields.at(event);
    if (element && Fields.isField(element)) void Sensor.look(element, text, 'pasted', false);
    // The page takes it without a field that the browser knows. Passwords are never looked at.
    else if (!element || !isInput(element)) void Sensor.lookAside(text, 'pasted');
  },

  /** @param {Event} event */
  onEdit(event) {
    const field = event.isTrusted && Fields.of(event);
    // What writes itself what is typed lets no input happen, only the keys.
    const isKey = event.type === 'keyup';
    // Whoever goes through a page by keys is on a link before following it.
    if (!field && event.isTrusted && event.type === 'focusin') void Sensor.onLink(Fields.at(event));
    if (!field || (isKey && !isInput(field) && !contextOf(field))) return;
    const isTyping = isKey || event.type === 'input';
    if (isTyping && Fields.isLong(field)) Sensor.lookAtRest(field);
    else void Sensor.look(field, Fields.text(field), 'typed', true, isTyping ? REST : 0);
  },

  /** What takes long to read is read once the keys rest; a press before that reads it at once. @param {Field} field */
  lookAtRest(field) {
    clearTimeout(Sensor.resting.get(field));
    const look = () => isAlive(field) && Sensor.look(field, Fields.text(field), 'typed', true);
    Sensor.resting.set(field, setTimeout(look, REST));
  },

  /** What a script put into a field is looked at when the person goes on. @param {Event} event */
  onGoOn(event) {
    if (!event.isTrusted || (event instanceof KeyboardEvent && !isPress(event))) return;
    const target = Fields.at(event);
    const form = target && real(target, 'closest')('form');
    Sensor.lookAtFields(form ? Fields.hidden(form) : []);
    // What a script fills in as an answer, as when an entry of an address book is chosen, is looked at before the next press:
    // some pages send at the beginning of that.
    Sensor.timers.forEach(clearTimeout);
    Sensor.timers = OPENS.map((pause) => setTimeout(Sensor.lookAtFields, pause));
    void Sensor.onLink(target);
    // What a page's own button copies is not seen: then nothing is known of what will arrive.
    if (event.type === 'click' && isCopyButton(event.composedPath()[0])) void send({ kind: 'copied' });
    if (!Hold.takeSend(event) && event.type === 'submit' && isForm(event.target)) Sensor.onSend(event.target);
  },

  /** @param {Field[]} [more] beside those that hold something */
  lookAtFields(more = []) {
    for (const field of [...Fields.filled(), ...more]) void Sensor.look(field, Fields.text(field), 'typed', true);
  },

  /** A link for a wallet, which opens with the destination filled in. @param {Element | null} target */
  async onLink(target) {
    const link = target && real(target, 'closest')('a[href]');
    const address = link?.getAttribute('href') ?? '';
    if (WEB.test(address) || Sensor.links.has(address) || !Warning.mayAsk()) return;
    Sensor.links.add(address);
    if (!(await Sensor.lookAside(address, 'shown'))) Sensor.links.delete(address);
  },

  /** What a person sees and sends to is known from then on. @param {HTMLFormElement} form */
  onSend(form) {
    if (!Acts.sends(form)) return;
    const fields = Fields.filled().filter((field) => real(form, 'contains')(field) && real(field, 'checkVisibility')());
    const runs = fields.flatMap((field) => findRunsOfField(Fields.text(field)));
    if (runs.length) void ask(runs, '', 'used');
  },

  /** @param {ClipboardEvent} event */
  async onCopy(event) {
    // What a script copies, at whatever press, is nothing that the person uses, and may be there to be pasted instead.
    if (!event.isTrusted || !Acts.copies()) return;
    const runs = findRunsOfField(selectedText(Fields.of(event)));
    if (!runs.length) return;
    // In one message: what is copied is kept as the one that will be pasted.
    const { findings, failed } = await ask(runs.slice(0, MOST_RUNS), '', 'copied');
    if (failed) Note.notChecked(Words.get(failed));
    for (const { outcome, concern } of (findings ?? []).flat()) {
      if (outcome.level === 'danger' || outcome.level === 'caution') Note.shown(outcome);
      else if (concern?.kind === 'lookalike') Note.lookalike(outcome.address, concern.other, 'pairCopied');
    }
  },

  /** A page that is shown again is as it was left. @param {PageTransitionEvent} event */
  onReturn(event) {
    if (!event.persisted) return;
    for (const field of Fields.filled()) Sensor.asked.delete(field);
    Shown.queue(document.body ?? document.documentElement ?? document);
  },

  /**
   * Asks about a text that is in no field, and warns of what comes back.
   * @param {string} text
   * @param {Way} way
   * @returns {Promise<boolean>} whether nothing is wrong with it, or the person was warned and keeps it
   */
  async lookAside(text, way) {
    const runs = findRunsOfField(text);
    if (!runs.length) return true;
    const isToldOf = Sensor.isUnchecked(runs);
    const answer = await Hold.until(ask(runs, '', way), isToldOf);
    const { findings, failed } = answer;
    if (isTold(findings, isToldOf ? undefined : failed)) Replay.spoil();
    Sensor.keepUnchecked(runs, answer);
    let isRight = Boolean(findings);
    for (const finding of (findings ?? []).flat()) {
      if (isWarned(finding) && (await Sensor.warn(finding, true, way)) !== 'keep') isRight = false;
    }
    if (failed) Note.notChecked(Words.get(failed));
    return isRight;
  },

  /**
   * @param {Finding} finding
   * @param {boolean} shown whether the person cannot take it out
   * @param {Way} way
   */
  async warn(finding, shown, way) {
    const { outcome, concern } = finding;
    Note.drop(outcome.address);
    Sensor.timers.forEach(clearTimeout);
    const choice = await Warning.ask(finding, { shown, isByPage: way !== 'pasted' });
    if (choice === 'keep' && concern) void send({ kind: 'confirmed', address: outcome.address });
    return choice;
  },

  /** Whether the person was told of all of that that it could not be checked. @param {string[]} runs */
  isUnchecked(runs) {
    return runs.every((run) => Sensor.unchecked.has(run));
  },

  /**
   * @param {string[]} runs what was asked about
   * @param {Answer} answer
   */
  keepUnchecked(runs, { findings = [], failed }) {
    for (const run of runs.slice(0, findings.length)) Sensor.unchecked.delete(run);
    if (!failed) return;
    if (Sensor.unchecked.size > MOST_ASKED) Sensor.unchecked.clear();
    for (const run of runs.slice(findings.length)) Sensor.unchecked.add(run);
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
    // What fields hold now is the page's doing. It is looked at when the person goes on.
    if (way !== 'pasted' && !Warning.mayAsk()) return;
    const runs = findRunsOfField(text);
    let known = Sensor.asked.get(field);
    if (!runs.length && !known) return;
    known ??= new Set();
    Sensor.asked.set(field, known);
    // What has left the field is asked about again when it comes back; what is pasted is not in it yet.
    const held = new Set(isWhole ? runs : findRunsOfField(Fields.text(field)));
    for (const run of known) if (!held.has(run)) known.delete(run);
    // What could not be checked is not asked about by the press that is made without an answer.
    const fresh = runs.filter((run) => !known.has(run) && !(Replay.isMaking && Sensor.unchecked.has(run)));
    if (fresh.length === 0) return;
    for (const run of fresh) known.add(run);
    const shown = new Set(fresh.filter((run) => Shown.asked.has(run)));
    const question = Sensor.ask(field, fresh, known, way, rest);
    const isToldOf = Sensor.isUnchecked(fresh);
    const isGiven = Fields.isGiven(field);
    // What forms carry along is seldom an address: nothing waits for it.
    const answer = await (isGiven ? question : Hold.until(question, isToldOf));
    const { findings, failed } = answer;
    if (isTold(findings, isToldOf ? undefined : failed, isGiven)) Replay.spoil();
    if (!isGiven) Sensor.keepUnchecked(fresh, answer);
    // What was not answered is asked again with the next edit or press.
    if (failed && failed !== 'failedTooMany') for (const run of fresh.slice(findings?.length ?? 0)) known.delete(run);
    for (const [at, found] of (findings ?? []).entries()) {
      for (const finding of found) {
        const isLater = await Sensor.show(field, fresh[at].slice(finding.start, finding.end), finding, way, shown.has(fresh[at]));
        if (isLater) known.delete(fresh[at]);
      }
    }
    if (failed && !isGiven) Note.notChecked(Words.get(failed));
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
   * @param {Way} way
   * @param {boolean} wasShown whether the page showed it as well before
   * @returns {Promise<boolean>} whether it is to be asked about again, when the person goes on
   */
  async show(field, text, finding, way, wasShown) {
    const { outcome } = finding;
    if (!isWarned(finding)) {
      if (Fields.isGiven(field)) return false;
      if (outcome.level === null) Note.oddAddress(outcome);
      if (outcome.level === 'notice') Note.notice(outcome, finding.isAllowed);
      return false;
    }
    const isFirst = !Warning.asking.has(outcome.address);
    // What an editor holds is text of the page as well.
    Told.said.add(text);
    const choice = await Sensor.warn(finding, !Fields.isOpen(field), way);
    if (choice === 'remove') {
      const removal = await Hold.until(Sensor.remove(field, [text, outcome.address]));
      Replay.drop();
      // Whatever comes next into the field is looked at anew.
      Sensor.asked.delete(field);
      if (removal !== 'removed') Sensor.stuck.add(field);
      if (isFirst) void Sensor.tellOf(removal, outcome, text, wasShown);
    }
    // What has the focus already would lose the caret.
    if (choice !== 'later' && isAlive(field) && !real(field, 'contains')(focusedIn(document.activeElement))) real(field, 'focus')();
    return choice === 'later';
  },

  /**
   * @param {Field} field
   * @param {string[]} texts the ways in which the address may stand there
   * @returns {Promise<Removal>}
   */
  async remove(field, texts) {
    /** @type {Removal} */
    let removal = 'missing';
    for (const text of new Set(texts)) {
      const last = await Fields.remove(field, text).catch(() => /** @type {Removal} */ ('kept'));
      if (last === 'removed') return last;
      if (last === 'kept') removal = last;
    }
    return removal;
  },

  /**
   * Says so where an address may not be gone. What makes chips of what is entered shows it there and holds it itself.
   * @param {Removal} removal
   * @param {Outcome} outcome
   * @param {string} text
   * @param {boolean} wasShown
   */
  async tellOf(removal, outcome, text, wasShown) {
    if (removal !== 'kept' && !wasShown) {
      await silence(RENDERED);
      // What was entered again meanwhile is asked about anew.
      if (Fields.filled().some((field) => Fields.text(field).includes(text))) return;
      if (Shown.shows(text)) removal = 'kept';
    }
    if (removal === 'kept') Note.notRemoved(outcome);
    if (removal === 'missing') Note.notFound(outcome);
  },
};

/** Whether a finding is warned of. @param {Finding} finding */
function isWarned({ outcome, concern }) {
  return outcome.level === 'danger' || outcome.level === 'caution' || concern !== undefined;
}

/**
 * Whether the person is told of an answer.
 * @param {Finding[][] | undefined} findings
 * @param {string | undefined} failed
 * @param {boolean} [isGiven] whether it is about what a form carries along, of which they are only warned
 */
function isTold(findings, failed, isGiven = false) {
  const all = (findings ?? []).flat();
  return all.some(isWarned) || (!isGiven && (failed !== undefined || all.some(({ outcome }) => outcome.level !== 'none')));
}

/** What a link says that opens a page or writes a letter, not a wallet. */
const WEB = /^(?!\s*[\w+.-]+:)|^\s*(?:https?|javascript|mailto|tel|sms|blob|data|about|file):/i;

/**
 * What a person has selected, in a field or on the page.
 * @param {Field | null} field
 */
function selectedText(field) {
  if (field && isInput(field)) return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  return String(getSelection() ?? '');
}
