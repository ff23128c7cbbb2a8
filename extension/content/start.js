// @ts-check
// Everything in a page begins here: holding first, so that its listeners come before all others.

function listen() {
  Hold.start();
  Sensor.start();
  Confirm.start();
}

listen();
Shown.start();
Relay.start();
// `document.open` takes every listener away, and brings another root element.
new MutationObserver(listen).observe(document, { childList: true });
