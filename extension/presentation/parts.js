// @ts-check
// The sensor and the warning on a page of the extension's own: the very scripts that other pages get, as the manifest
// lists them.

/** What sets all the others going. */
const START = 'content/start.js';

/** @param {boolean} isStarted whether the page is watched as others are */
export async function loadParts(isStarted) {
  const all = (chrome.runtime.getManifest().content_scripts ?? []).flatMap(({ js = [] }) => js);
  const loaded = all.filter((path) => isStarted || path !== START).map((path) => {
    const script = Object.assign(document.createElement('script'), { src: chrome.runtime.getURL(path), async: false });
    document.head.append(script);
    return new Promise((done, fail) => Object.assign(script, { onload: done, onerror: fail }));
  });
  await Promise.all(loaded);
}
