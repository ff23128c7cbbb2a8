// @ts-check
// A window of the extension's own, where no page reaches: shows one warning and brings the choice back.

import { loadParts } from '../presentation/parts.js';

await loadParts(false);
Words.fill();
const id = location.hash.slice(1);
const said = /** @type {HTMLElement} */ (document.getElementById('said'));
Hold.start();

const { finding, shown, origin, gone, failed } = await send({ kind: 'waiting', id });
if (gone || failed) {
  said.textContent = Words.get(failed ?? 'windowGone');
} else {
  const choice = await Warning.ask(finding, { shown, origin });
  await send({ kind: 'chosen', id, choice });
  const { id: own } = await chrome.windows.getCurrent();
  if (own !== undefined) await chrome.windows.remove(own);
}
