// @ts-check
// Everything in a page begins here: what the person presses is noted first, then held, before anybody else is told.

function listen() {
  Acts.start();
  Hold.start();
  Popovers.start();
  Sensor.start();
  Confirm.start();
}

listen();
Shown.start();
Relay.start();
// `document.open` takes every listener away, and brings another root element.
new MutationObserver(listen).observe(document, { childList: true });
