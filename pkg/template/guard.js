// Watches what a person enters into a field or a form of the developer's own page, and tells what is known about it.

/** Fields whose value may be a destination. Passwords are never looked at. */
const FIELDS = 'input:not([type]), input[type="text"], input[type="search"], input[type="url"], textarea, [contenteditable=""], [contenteditable="true"]';

export function guard(taintwatch, element, onVerdict, { chain } = {}) {
  /** What was told of each field last, so that the same is told once. */
  const told = new WeakMap();
  const look = (field) => {
    const text = 'value' in field ? field.value : field.textContent;
    if (told.get(field) === text) return;
    told.set(field, text);
    const outcomes = text.trim() === '' ? [] : outcomesOf(taintwatch, text, chain);
    onVerdict({ field, text, outcomes, level: worst(outcomes) });
  };
  const onInput = (event) => {
    const field = event.composedPath().find((target) => target instanceof Element && target.matches(FIELDS));
    if (field) look(field);
  };
  for (const kind of ['input', 'change']) element.addEventListener(kind, onInput);
  for (const field of element.matches(FIELDS) ? [element] : element.querySelectorAll(FIELDS)) {
    if ((field.value ?? field.textContent) !== '') look(field);
  }
  const free = () => {
    for (const kind of ['input', 'change']) element.removeEventListener(kind, onInput);
  };
  return { free, [Symbol.dispose ?? Symbol.for('Symbol.dispose')]: free };
}

/** What is known about every address in a text; where there is none, about the whole text. */
function outcomesOf(taintwatch, text, chain) {
  const found = taintwatch.screenText(text);
  if (found.length === 1 || chain) return [taintwatch.screen(text, chain)];
  return found.map((finding) => finding.outcome);
}

const LEVELS = ['none', 'notice', 'caution', 'danger'];

/** The worst level; `null`, "not checked", where nothing worse is known and something could not be told. */
function worst(outcomes) {
  const levels = outcomes.map((outcome) => outcome.level);
  const known = levels.filter((level) => level !== null).map((level) => LEVELS.indexOf(level));
  const most = Math.max(-1, ...known);
  if (most > 0) return LEVELS[most];
  return levels.length && !levels.includes(null) ? 'none' : null;
}
