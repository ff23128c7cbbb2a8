// @ts-check
// The practice page: the very sensor and warning of the real pages, on a form that sends nothing.

import { loadParts } from '../presentation/parts.js';
import { showStatus } from '../presentation/status.js';

/** Real addresses, each with the key of what it shows. */
const EXAMPLES = [
  ['3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG', 'exampleCoinspaid'],
  ['0x098B716B8Aaf21512996dC57EB0615e2383E2f96', 'exampleRonin'],
  ['TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB', 'exampleTron'],
  ['TJXXmeUbie3JBfK7H3UQb43sWnbhhdTJQx', 'exampleReported'],
  ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'exampleClean'],
];

await loadParts(true);
Words.fill();
const banner = /** @type {HTMLElement} */ (document.getElementById('banner'));
const allow = /** @type {HTMLButtonElement} */ (document.getElementById('allow'));
void showStatus(banner, allow);

const list = /** @type {HTMLElement} */ (document.getElementById('examples'));
for (const [address, words] of EXAMPLES) {
  const item = document.createElement('li');
  const code = document.createElement('code');
  const about = document.createElement('small');
  const copy = document.createElement('button');
  code.textContent = address;
  about.textContent = Words.get(words);
  copy.type = 'button';
  copy.textContent = Words.get('copy');
  copy.setAttribute('aria-label', `${Words.get('copy')}: ${address}`);
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(address);
    copy.textContent = Words.get('copied');
    setTimeout(() => (copy.textContent = Words.get('copy')), 2000);
    document.getElementById('destination')?.focus();
  });
  item.append(code, about, copy);
  list.append(item);
}

document.getElementById('form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const sent = /** @type {HTMLElement} */ (document.getElementById('sent'));
  sent.textContent = Words.get('practiceSent');
});
