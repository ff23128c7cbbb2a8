// @ts-check
// The fields of a page that a person can type into: which one an event is about, what it holds, taking a text out.

/** The types of `input` whose value is text that may be a destination. Passwords are never looked at. */
const TEXT_TYPES = new Set(['text', 'search', 'url', 'tel', 'email', '']);

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLElement} Field */

const Fields = {
  /**
   * The field that an event happened in, also inside an open shadow root.
   * @param {Event} event
   * @returns {Field | null}
   */
  of(event) {
    const target = event.composedPath()[0];
    const element = target instanceof Element ? target : target instanceof Node ? target.parentElement : null;
    if (element instanceof HTMLTextAreaElement) return element;
    if (element instanceof HTMLInputElement) return TEXT_TYPES.has(element.type) ? element : null;
    if (!(element instanceof HTMLElement) || !element.isContentEditable) return null;
    let host = element;
    while (host.parentElement?.isContentEditable) host = host.parentElement;
    return host;
  },

  /**
   * What stands beside the field to say what belongs in it: its label, its placeholder, its name.
   * @param {Field} field
   * @returns {string}
   */
  label(field) {
    const words = ['aria-label', 'placeholder', 'title', 'name', 'id'].map((name) => field.getAttribute(name));
    const labels = isInput(field) ? [...(field.labels ?? [])] : [];
    const named = (field.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const root = /** @type {Document | ShadowRoot} */ (field.getRootNode());
    const others = named.map((id) => root.getElementById?.(id));
    const texts = [...labels, ...others].map((element) => element?.textContent);
    return [...words, ...texts].filter(Boolean).join(' ').slice(0, 300);
  },

  /**
   * What the field shows.
   * @param {Field} field
   * @returns {string}
   */
  text(field) {
    return isInput(field) ? field.value : field.innerText;
  },

  /**
   * Takes `text` out of the field or, where the page has replaced that by another, out of whatever field holds it.
   * @param {Field} field
   * @param {string} text
   * @returns {boolean} whether it was found and is gone
   */
  remove(field, text) {
    const candidates = field.isConnected ? [field, ...allFields(document)] : allFields(document);
    const holders = candidates.filter((candidate) => Fields.text(candidate).includes(text));
    for (const holder of new Set(holders)) {
      if (isInput(holder)) {
        setValue(holder, holder.value.replaceAll(text, ''));
      } else {
        removeFromEditable(holder, text);
      }
    }
    return holders.length > 0 && holders.every((holder) => !Fields.text(holder).includes(text));
  },
};

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement | HTMLTextAreaElement}
 */
function isInput(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}

/**
 * Every text field below a node, also inside open shadow roots.
 * @param {Document | ShadowRoot} root
 * @returns {Field[]}
 */
function allFields(root) {
  /** @type {Field[]} */
  const fields = [];
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLTextAreaElement) fields.push(element);
    else if (element instanceof HTMLInputElement && TEXT_TYPES.has(element.type)) fields.push(element);
    else if (element instanceof HTMLElement && element.isContentEditable && !element.parentElement?.isContentEditable) {
      fields.push(element);
    }
    if (element.shadowRoot) fields.push(...allFields(element.shadowRoot));
  }
  return fields;
}

/**
 * Sets a value as typing does, so that the page's framework takes notice.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} value
 */
function setValue(field, value) {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  // The page may have put a property of its own in front of the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'deleteContent' }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * @param {HTMLElement} host
 * @param {string} text
 */
function removeFromEditable(host, text) {
  for (let range = rangeOf(host, text); range; range = rangeOf(host, text)) {
    const selection = getSelection();
    host.focus();
    selection?.removeAllRanges();
    selection?.addRange(range);
    // Editors follow this command as they follow the Delete key; the plain deletion is for those that do not.
    document.execCommand('delete');
    const left = rangeOf(host, text);
    if (left && !deleteRange(left)) return;
  }
}

/**
 * @param {Range} range
 * @returns {boolean}
 */
function deleteRange(range) {
  range.deleteContents();
  return range.collapsed;
}

/**
 * Where `text` stands below `host`, even over several text nodes.
 * @param {HTMLElement} host
 * @param {string} text
 * @returns {Range | null}
 */
function rangeOf(host, text) {
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  const start = nodes.map((node) => node.data).join('').indexOf(text);
  if (start < 0) return null;
  const range = document.createRange();
  let before = 0;
  for (const node of nodes) {
    const after = before + node.data.length;
    if (start >= before && start < after) range.setStart(node, start - before);
    if (start + text.length > before && start + text.length <= after) range.setEnd(node, start + text.length - before);
    before = after;
  }
  return range;
}
