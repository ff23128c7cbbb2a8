// @ts-check
// A form whose fields are named like all that a script can ask it, for pages to make: by that they come first.

/** A script's function that puts content into such a form. */
export const CLOBBERED = `function clobbered(...content) {
  const names = new Set(['openOrClosedShadowRoot']);
  for (const { prototype } of [HTMLFormElement, HTMLElement, Element, Node, EventTarget]) {
    for (const name of Object.getOwnPropertyNames(prototype)) names.add(name);
  }
  const inputs = [...names].map((name) => Object.assign(document.createElement('input'), { name, hidden: true }));
  const form = document.createElement('form');
  form.append(...inputs, ...content);
  return form;
}`;
