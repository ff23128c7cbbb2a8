// @ts-check
// Everything in a page begins here: what the person presses is noted first, then held, before anybody else is told.

function listen() {
  Acts.start();
  Hold.start();
  Untold.start();
  Popovers.start();
  Confirm.start();
  Sensor.start();
  Shown.start();
}

/** What a warning brings about that the browser tells of only inside a shadow root. @param {ShadowRoot} root */
function listenIn(root) {
  Hold.startIn(root);
  Untold.start(root);
  Popovers.start(root);
}

/** How often is looked whether the document was thrown away while it is read, in milliseconds. */
const WHILE_READ = 100;

/**
 * `document.open` takes every listener away, and brings another root element. An observer tells of that at once, but makes
 * Chromium read a document an eighth slower, so there is none before that is done.
 */
function listenAnew() {
  const observer = new MutationObserver(listen);
  let root = document.documentElement;
  const observe = () => {
    clearInterval(reading);
    observer.observe(document, { childList: true });
  };
  const reading = setInterval(() => {
    if (document.documentElement !== root) listen();
    root = document.documentElement;
    if (document.readyState !== 'loading') observe();
  }, WHILE_READ);
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', observe, { once: true });
  else observe();
}

/**
 * At an update Firefox ends the scripts of the version before, and leaves what they showed: a warning that nothing closes. What
 * it was about is looked at anew when the person goes on.
 */
function clearRemains() {
  for (const element of document.documentElement?.children ?? []) {
    const root = shadowOf(element);
    if (root?.mode === 'closed' && root.querySelector('dialog.scene[role="alertdialog"], .note[role="alert"]')) element.remove();
  }
}

clearRemains();
listen();
Note.start();
Relay.start();
listenAnew();
