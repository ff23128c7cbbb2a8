// @ts-check
// What the person is told of what the page shows: marks where it stands, once a note, and for what a confirmation
// shows as the destination the warning itself.

/** So many addresses of a page are compared with one another. */
const MOST_COMPARED = 200;

/** Notes about what a page shows come at most so often, in milliseconds. */
const NOTE_PAUSE = 3000;

/** What could not be checked is asked about again after so long, in milliseconds. */
const ASKED_AGAIN = 5000;

/** Something found in the page's text, and what the popup says of it; without a finding it looks like another. @typedef {{ text: string, level: MarkLevel, sentence: string, finding?: Finding }} Found */

const Told = {
  /** What was found in each run that has something. @type {Map<string, Found[]>} */
  found: new Map(),
  /** The addresses that no list names, with the run and the lines where each stands. @type {Map<string, { run: string, lines: Line[] }>} */
  clean: new Map(),
  /** What a note, or a warning about a field, was about already. @type {Set<string>} */
  said: new Set(),
  lastNote: -Infinity,

  /** @param {string[]} texts */
  async ask(texts) {
    const { findings, failed } = await ask(texts, '', 'shown');
    if (!findings) return Told.askAgain(texts, failed);
    const clean = Told.clean.size;
    for (const [at, text] of texts.entries()) {
      const lines = Shown.asked.get(text) ?? [];
      Shown.asked.set(text, NOWHERE);
      for (const finding of findings[at] ?? []) {
        const { level } = finding.outcome;
        const shown = text.slice(finding.start, finding.end);
        if (level === 'danger' || level === 'caution') Told.keep(text, { text: shown, level, sentence: Evidence.sentenceOf(finding), finding });
        else if (finding.outcome.readings.length && Told.clean.size < MOST_COMPARED) {
          Told.clean.set(shown, { run: text, lines });
          Shown.asked.set(text, lines);
        }
      }
      for (const line of lines) if (Told.knows(text)) Told.tell(text, line);
    }
    if (Told.clean.size > clean) await Told.compare();
  },

  /**
   * What could not be checked is told of where the person enters, copies or confirms something; here it is tried again.
   * @param {string[]} texts
   * @param {string} [failed]
   */
  askAgain(texts, failed) {
    const nodes = texts.flatMap((text) => Shown.asked.get(text) ?? []).map((line) => line.nodes[0]);
    for (const text of texts) Shown.asked.delete(text);
    // Before the page is loaded anew, an extension that was updated since then answers nothing.
    if (failed !== 'failedUpdated') setTimeout(() => nodes.forEach((node) => Shown.queue(node)), ASKED_AGAIN);
  },

  /** Marks the addresses of the page that look too alike one another or one that the person uses. */
  async compare() {
    const addresses = [...Told.clean.keys()];
    const { pairs } = await send({ kind: 'compare', addresses });
    for (const { address, other, known } of pairs ?? []) {
      const texts = known ? [address] : [address, other];
      for (const text of texts) {
        const place = Told.clean.get(text);
        if (!place || Told.found.get(place.run)?.some((found) => found.text === text)) continue;
        Told.keep(place.run, { text, level: 'caution', sentence: Words.get(known ? 'titleLookalike' : 'titleTwins') });
        for (const line of place.lines) Told.tell(place.run, line);
      }
      if (!Told.isNew(`${address} ${other}`)) continue;
      if (known) Note.lookalike(address, other, 'pairOnPage');
      else Note.twins(address, other);
    }
  },

  /** @param {string} run @param {Found} told */
  keep(run, told) {
    Told.found.set(run, [...(Told.found.get(run) ?? []), told]);
  },

  /** What the popup says that this page shows. */
  told() {
    return [...Told.found.values()].flat().map(({ text, level, sentence }) => ({ address: text, level, sentence }));
  },

  /** @param {string} run */
  knows(run) {
    return Told.found.has(run);
  },

  /**
   * Tells of what was found in a run where it stands in a line.
   * @param {string} run
   * @param {Line} line
   */
  tell(run, line) {
    for (const { text, level, finding } of Told.found.get(run) ?? []) {
      const [range] = Told.mark(line, text, level);
      if (!finding) continue;
      const element = range?.startContainer.parentElement;
      // Only after the person did something here: a page alone cannot put up the warning.
      const confirmation = Acts.count && element ? confirmationAround(element) : null;
      if (confirmation) void Confirm.tell(finding, confirmation);
      else if (Told.isNew(text)) Note.shown(finding.outcome);
    }
  },

  /**
   * @param {Line} line
   * @param {string} text
   * @param {MarkLevel} level
   */
  mark(line, text, level) {
    const ranges = line.nodes.every((node) => isAlive(node) && node.isConnected) ? rangesInLine(line, text) : [];
    for (const range of ranges) Marks.paint(range, level);
    return ranges;
  },

  /**
   * Whether something was not said yet and may be said now.
   * @param {string} what
   */
  isNew(what) {
    const now = performance.now();
    if (Told.said.has(what)) return false;
    // Notes come seldom and end some time.
    if (Told.said.size >= MOST_COMPARED || now < Told.lastNote + NOTE_PAUSE) return false;
    Told.lastNote = now;
    Told.said.add(what);
    return true;
  },
};
