// @ts-check
// Where the person is on the page, to be given back after a warning: what has the focus, and the caret in what is edited.

/** @returns {(leave?: () => void) => void} gives it back as what took it leaves */
function placeOfPerson() {
  const focused = focusedIn(document.activeElement);
  for (let root = focused && real(focused, 'getRootNode')(); isShadowRoot(root); root = real(root.host, 'getRootNode')()) listenIn(root);
  // A frame that nobody is in takes the focus from nobody.
  if (!focused || !document.hasFocus()) return (leave) => leave?.();
  const selection = selectionIn(focused);
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
  return (leave) => {
    const field = isAlive(focused) && isInput(focused) ? focused : null;
    // As it is now: the page may have written the field anew, in which Chromium forgets the caret as a dialog gives back the focus.
    const { selectionStart = null, selectionEnd = null, selectionDirection } = field ?? {};
    leave?.();
    if (!isAlive(focused) || !isHtmlElement(focused)) return;
    real(focused, 'focus')();
    if (selectionStart !== null) field?.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
    if (!isEditable(focused) || !selection || !anchorNode || !focusNode) return;
    try {
      selection.setBaseAndExtent(anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
    } catch {
      // The page has written the text anew meanwhile.
    }
  };
}
