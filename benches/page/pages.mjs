// @ts-check
// The pages that the costs are measured on.

const PLAIN = ['the', 'price', 'of', 'one', 'is', 'quoted', 'in', 'dollars', 'and', 'follows', 'market', 'with', 'some', 'delay', '0.0512', '1,204.33', 'BTC'];

/**
 * Numbers that look random and are the same in every run.
 * @param {number} state
 */
function numbers(state) {
  return () => (state = (state * 48271) % 2147483647);
}

/** @param {number} count */
function words(count) {
  const next = numbers(7);
  return Array.from({ length: count }, () => PLAIN[next() % PLAIN.length]).join(' ');
}

/** @param {number} length @param {number} seed */
function hex(length, seed) {
  const next = numbers(seed);
  // The first numbers of near seeds are near one another.
  for (let at = 0; at < 4; at += 1) next();
  return Array.from({ length }, () => (next() >> 16 & 15).toString(16)).join('');
}

/** A megabyte of words without any address. */
export const WORDS = words(220_000).slice(0, 1_000_000);

/** 100,000 nodes: 10,000 rows of a table, each of six elements and four texts: words, figures, and in all a hundred addresses. */
export const LARGE = (() => {
  const rows = Array.from({ length: 10_000 }, (_, at) => {
    const last = at % 100 === 0 ? `0x${hex(40, at + 7)}` : `${at}.25`;
    return `<tr><td>${at}</td><td><b>${words(3)}</b></td><td>${words(2)}</td><td>${last}</td></tr>`;
  });
  return `<!doctype html><title>Large</title><table><tbody>${rows.join('')}</tbody></table>`;
})();

/** An order book: 200 rows, of which any ten figures change every ten milliseconds. */
export const BOOK = `<!doctype html><title>Book</title><table id="book"></table><input id="input"><script>
  const book = document.getElementById('book');
  for (let at = 0; at < 200; at += 1) book.insertRow().innerHTML = '<td>1</td><td>2</td><td>3</td>';
  const cells = [...book.querySelectorAll('td')];
  let count = 0;
  const tick = () => { for (let i = 0; i < 10; i += 1) { count += 1; cells[(count * 7) % cells.length].textContent = (count * 1.37).toFixed(4); } };
  window.change = (time) => new Promise((done) => { const timer = setInterval(tick, 10); setTimeout(() => { clearInterval(timer); done(count); }, time); });
  // How often a loop comes round beside the changes.
  window.run = async (time) => {
    let turns = 0, goes = true;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { turns += 1; for (let i = 0; i < 2000; i += 1) count += Math.sin(i) > 2 ? 1 : 0; if (goes) port2.postMessage(0); };
    port2.postMessage(0);
    await window.change(time);
    goes = false;
    return turns;
  };
</script>`;

/** A form that writes down when keys and pastes come, when the next picture does, and when something is put beside the body. */
export const FORM = formWith('<input id="input">');

/** The same with a text of 5,000 paragraphs that is edited, of which every tenth holds an address. */
export const EDITED = formWith(`<div id="input" contenteditable style="height: 20em; overflow: auto">${Array.from(
  { length: 5000 },
  (_, at) => `<p>${at} ${words(8)} <b>${words(3)}</b> ${at % 10 === 0 ? `0x${hex(40, at + 7)}` : ''}</p>`,
).join('')}</div>`);

/** @param {string} input */
function formWith(input) {
  return `<!doctype html><title>Form</title>${input}<script>
  window.typed = [];
  const input = document.getElementById('input');
  let pressed = 0, pasted = 0;
  input.addEventListener('keydown', (event) => (pressed = event.timeStamp));
  input.addEventListener('input', () => requestAnimationFrame(() => { const at = pressed; setTimeout(() => window.typed.push(performance.now() - at)); }));
  input.addEventListener('paste', (event) => (pasted = event.timeStamp));
  new MutationObserver((records) => {
    if (records.some((record) => record.addedNodes.length)) requestAnimationFrame(() => setTimeout(() => (window.warned = performance.now() - pasted)));
  }).observe(document.documentElement, { childList: true });
</script>`;
}
