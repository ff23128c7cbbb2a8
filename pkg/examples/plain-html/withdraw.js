// A withdrawal form without any framework or bundler: the folder `taintwatch` is the package, served as it is.

import { load } from './taintwatch/index.js';

const form = document.getElementById('form');
const verdict = document.getElementById('verdict');
const send = document.getElementById('send');

const taintwatch = await load();
taintwatch.guard(form, ({ outcomes, level }) => {
  const [outcome] = outcomes;
  // Nothing is sent unless it could be told that no list names the address.
  send.disabled = level !== 'none';
  verdict.textContent = sentence(outcome);
  verdict.dataset.level = String(level);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  verdict.textContent = 'Sent.';
});
document.documentElement.dataset.ready = 'yes';

function sentence(outcome) {
  if (!outcome) return '';
  const [match] = outcome.matches;
  if (match) return `Do not send: ${match.source.publisher ?? match.source.title} says: ${match.label}.`;
  if (outcome.problem) return outcome.problem.message;
  return `No list names it (${outcome.asked.map((set) => `${set.title} of ${set.date}`).join(', ')}).`;
}
