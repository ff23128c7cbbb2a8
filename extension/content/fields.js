// @ts-check
// The fields of a page that a person types into or chooses from: which one an event is about, what it holds, taking a text
// out.

/** The types of `input` whose value is text that may be a destination. Passwords are never looked at. */
const TEXT_TYPES = new Set(['text', 'search', 'url', 'tel', 'email', '']);

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLElement} Field */

/** What came of taking a text out: a page may not let go of it, or had it out of the field before. @typedef {'removed' | 'kept' | 'missing'} Removal */

const Fields = {
  /**
   * The field that an event happened in, also inside a shadow root.
   * @param {Event} event
   * @returns {Field | null}
   */
  of(event) {
    const element = Fields.at(event);
    return element && Fields.isField(element) ? element : null;
  },

  /**
   * The innermost element that an event happened in; of what is editable, the outermost.
   * @param {Event} event
   * @returns {Element | null}
   */
  at(event) {
    const [target] = event.composedPath();
    // Of a closed shadow root an event tells only the host; what has the focus in it is the field.
    // What it happened in may be a window, which has no name as nodes do.
    const around = classOf(target) === 'Text' ? /** @type {Text} */ (target).parentElement : null;
    let element = focusedIn(isElement(target) ? target : around);
    if (element && isEditable(element)) {
      for (let outer = real(element, 'parentElement'); outer && isEditable(outer); outer = real(outer, 'parentElement')) element = outer;
    }
    return element;
  },

  /** The field that has the focus. @returns {Field | null} */
  focused() {
    const element = focusedIn(document.activeElement);
    return element && Fields.isField(element) ? element : null;
  },

  /**
   * What stands beside the field to say what belongs in it: its label, its placeholder, its name.
   * @param {Field} field
   * @returns {string}
   */
  label(field) {
    const words = ['aria-label', 'placeholder', 'title', 'name', 'id'].map((name) => real(field, 'getAttribute')(name));
    const labels = isInput(field) || isSelect(field) ? [...(field.labels ?? [])] : [];
    const named = (real(field, 'getAttribute')('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const root = /** @type {Document | ShadowRoot} */ (real(field, 'getRootNode')());
    const others = named.map((id) => root.getElementById?.(id));
    const texts = [...labels, ...others].map((element) => element && real(element, 'textContent'));
    return [...words, ...texts].filter(Boolean).join(' ').slice(0, 300);
  },

  /**
   * What the field holds; of what is chosen from, the choice; of a long text that is edited, the lines that may hold an address.
   * @param {Field} field
   * @returns {string}
   */
  text(field) {
    if (isSelect(field)) return Array.from(field.selectedOptions, ({ value, text }) => `${value} ${text}`).join(' ');
    if (isRadio(field)) return field.checked ? field.value : '';
    return isInput(field) ? field.value : (contextOf(field)?.text ?? textOfEditable(field));
  },

  /**
   * Every field of the page that holds enough for an address, or of which something was asked, also inside shadow roots,
   * up to a bound.
   * @returns {Field[]}
   */
  filled() {
    /** @type {Field[]} */
    const fields = [];
    for (const root of Shown.likelyRoots()) {
      for (const element of root.querySelectorAll('input, textarea, select, [contenteditable]')) {
        if (fields.length >= MOST_FIELDS) return fields;
        if (!Fields.isField(element)) continue;
        const text = Fields.text(element);
        // In groups it is no run yet; with its middle left out it is short.
        if (text.length >= SHORTEST_RUN || mayHold(text) || Sensor.asked.has(element)) fields.push(element);
      }
    }
    return fields;
  },

  /** Whether reading what it holds takes long. @param {Field} field */
  isLong(field) {
    return long.has(field);
  },

  /** Whether the person can change what it holds. @param {Field} field */
  isOpen(field) {
    if (!isAlive(field)) return true;
    if (isSelect(field) || isRadio(field)) return !field.disabled;
    return isInput(field) ? !isHidden(field) && !field.readOnly && !field.disabled : isEditable(field);
  },

  /** Whether a field holds what its page wrote, not the person: then only what is listed is worth a word. @param {Field} field */
  isGiven(field) {
    return isSelect(field) || isRadio(field) || isHidden(field);
  },

  /**
   * What a form sends along without showing it.
   * @param {HTMLFormElement} form
   * @returns {Field[]}
   */
  hidden(form) {
    return [...real(form, 'querySelectorAll')(/** @type {'input'} */ ('input[type="hidden"]'))].slice(0, MOST_FIELDS);
  },

  /** @param {Element} element @returns {element is Field} */
  isField(element) {
    if (isInput(element)) return isArea(element) || isRadio(element) || TEXT_TYPES.has(element.type);
    if (isSelect(element)) return true;
    return contextOf(element) !== null || (isEditable(element) && !isEditable(real(element, 'parentElement')));
  },

  /**
   * Takes `text` out of the field or, where the page has replaced that by another, out of whatever field holds it; also
   * where it stands in groups, as masked fields write it.
   * @param {Field} field
   * @param {string} text
   * @returns {Promise<Removal>}
   */
  async remove(field, text) {
    const spaced = new RegExp([...text].map((c) => c.replace(/[^0-9A-Za-z]/, '\\$&')).join('[\\s-]*'), 'g');
    const candidates = isAlive(field) && real(field, 'isConnected') ? [field, ...Fields.filled()] : Fields.filled();
    const holds = (/** @type {Field} */ candidate) => Fields.text(candidate).search(spaced) >= 0;
    const holders = [...new Set(candidates.filter(holds))];
    for (const holder of holders) {
      // The page may have taken it out of this one along with another.
      if (!isAlive(holder) || !holds(holder)) continue;
      if (isSelect(holder)) edit(holder, () => (holder.selectedIndex = -1));
      else if (isRadio(holder)) edit(holder, () => (holder.checked = false));
      else if (isInput(holder)) {
        selectIn(holder, spaced);
        askToDelete(holder);
        if (holds(holder)) setValue(holder, holder.value.replaceAll(spaced, ''));
      } else await Editable.remove(holder, text);
    }
    if (!holders.length) return 'missing';
    return [...holders, ...Fields.filled()].some((field) => isAlive(field) && holds(field)) ? 'kept' : 'removed';
  },
};

/**
 * @param {Element} element
 * @returns {element is HTMLInputElement | HTMLTextAreaElement}
 */
function isInput(element) {
  return classOf(element) === 'HTMLInputElement' || isArea(element);
}

/** @param {Element} element @returns {element is HTMLTextAreaElement} */
function isArea(element) {
  return classOf(element) === 'HTMLTextAreaElement';
}

/** @param {Element} element @returns {element is HTMLSelectElement} */
function isSelect(element) {
  return classOf(element) === 'HTMLSelectElement';
}

/** @param {Element} element @returns {element is HTMLInputElement & { type: 'radio' }} */
function isRadio(element) {
  return isInput(element) && element.type === 'radio';
}

/** @param {Element} element */
function isHidden(element) {
  return isInput(element) && element.type === 'hidden';
}

/** @param {Element | null} element @returns {element is HTMLElement} */
function isEditable(element) {
  return isHtmlElement(element) && real(element, 'isContentEditable');
}

/** From so many characters on only those lines of what is edited are read that may hold an address. */
const LONG = 4096;

/** What held so much when it was read last. @type {WeakSet<Field>} */
const long = new WeakSet();

/** @param {HTMLElement} field */
function textOfEditable(field) {
  const isLong = (real(field, 'textContent') ?? '').length >= LONG;
  if (!isLong) {
    long.delete(field);
    return textOf(field);
  }
  long.add(field);
  return [...linesIn([field])].map(({ text }) => text).join('\n');
}

/**
 * What the page has the browser enter text into, where it shows that text itself, maybe only as a picture (EditContext, in
 * Chromium).
 * @param {Element} element
 * @returns {{ text: string } | null}
 */
function contextOf(element) {
  return real(/** @type {any} */ (element), 'editContext') ?? null;
}

/**
 * What has the focus in the shadow roots of an element, or the element itself.
 * @param {Element | null} element
 * @returns {Element | null}
 */
function focusedIn(element) {
  for (let inner = element; inner; inner = shadowOf(inner)?.activeElement ?? null) element = inner;
  return element;
}

/** More fields than any page has filled in with what may be an address: a list of payments has one a row. */
const MOST_FIELDS = 10_000;

/**
 * Selects what matches first, without giving the field the focus.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {RegExp} pattern
 */
function selectIn(field, pattern) {
  const [found] = field.value.matchAll(pattern);
  // An e-mail address can be selected whole only.
  if (field.selectionStart === null) field.select();
  else field.setSelectionRange(found.index, found.index + found[0].length);
}

/**
 * Sets a value as typing does, so that the page's framework takes notice.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} value
 */
function setValue(field, value) {
  const { prototype } = isArea(field) ? HTMLTextAreaElement : HTMLInputElement;
  // The page may have put a property of its own in front of the browser's.
  edit(field, () => Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value));
}

/**
 * Changes what a field holds as a person does.
 * @param {HTMLElement} field
 * @param {() => void} change
 */
function edit(field, change) {
  change();
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: DELETES }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
