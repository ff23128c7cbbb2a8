// @ts-check
// Everything in a page begins here: what the person presses is noted first, then held, before anybody else is told.

function listen() {
  Acts.start();
  Hold.start();
  Untold.start();
  Popovers.start();
  Confirm.start();
  Sensor.start();
}

/** What a warning brings about that the browser tells of only inside a shadow root. @param {ShadowRoot} root */
function listenIn(root) {
  Hold.startIn(root);
  Untold.start(root);
  Popovers.start(root);
}

listen();
Shown.start();
Relay.start();
// `document.open` takes every listener away, and brings another root element.
new MutationObserver(listen).observe(document, { childList: true });
