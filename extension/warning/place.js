// @ts-check
// Where the person is on the page, to be given back after a warning: what has the focus, and the caret in what is edited.

/** @returns {() => void} gives it back */
function placeOfPerson() {
  const focused = focusedIn(document.activeElement);
  for (let root = focused && real(focused, 'getRootNode')(); isShadowRoot(root); root = real(root.host, 'getRootNode')()) listenIn(root);
  // A frame that nobody is in takes the focus from nobody.
  if (!focused || !document.hasFocus()) return () => {};
  const range = isInput(focused) ? [focused.selectionStart, focused.selectionEnd, focused.selectionDirection] : null;
  const selection = selectionIn(focused);
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
  return () => {
    if (!isAlive(focused) || !isHtmlElement(focused)) return;
    real(focused, 'focus')();
    // A dialog that closes gives back the focus alone: where text in it was pressed, what is typed then goes nowhere in Chromium.
    if (range && range[0] !== null) /** @type {any} */ (focused).setSelectionRange(...range);
    if (!isEditable(focused) || !selection || !anchorNode || !focusNode) return;
    try {
      selection.setBaseAndExtent(anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
    } catch {
      // The page has written the text anew meanwhile.
    }
  };
}
