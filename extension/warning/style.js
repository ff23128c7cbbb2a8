// @ts-check
// How the warning and the notes look, in light and dark. In a script, as a page may not be
// able to tell that the extension is there, which any file of it that pages can load would.

const STYLE = `
:host { all: initial !important; }
* { box-sizing: border-box; }
:host, .scene, .note {
  --paper: #ffffff; --ink: #1c1b1f; --quiet: #55525a; --line: #d8d4dc; --field: #f4f1f6;
  --danger: #b3261e; --caution: #8a5300; --accent: #0b57d0; --on-accent: #ffffff;
  font: 16px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  color: var(--ink); text-align: start; letter-spacing: normal;
}
@media (prefers-color-scheme: dark) {
  :host, .scene, .note {
    --paper: #211f24; --ink: #ece6ee; --quiet: #b9b2bd; --line: #4a464f; --field: #2d2a31;
    --danger: #ff8a80; --caution: #ffb95c; --accent: #a8c7fa; --on-accent: #062e6f;
  }
}
.scene {
  position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none;
  margin: 0; padding: 16px; border: 0; background: rgb(0 0 0 / 0.6);
  display: flex; align-items: center; justify-content: center; overflow: auto;
}
.scene::backdrop { background: transparent; }
.card {
  width: 100%; max-width: 620px; margin: auto; background: var(--paper); color: var(--ink);
  border-radius: 14px; border-top: 8px solid var(--danger); box-shadow: 0 12px 48px rgb(0 0 0 / 0.5);
  padding: 22px 26px; outline: none;
  display: flex; flex-direction: column; max-height: 100%; overflow: auto;
}
.card > * { flex: none; }
.card > .details { flex: 0 1 auto; min-height: 4em; overflow: auto; }
.second > .details { min-height: 2em; }
.sentence.sure { margin: 12px 0 0; }
.details > :last-child { margin-bottom: 0; }
.caution .card { border-top-color: var(--caution); }
h1 { display: flex; gap: 12px; align-items: center; margin: 0 0 10px; font-size: 22px; line-height: 1.25; color: var(--danger); }
.caution h1 { color: var(--caution); }
h1 svg { flex: none; width: 34px; height: 34px; fill: currentColor; }
p { margin: 0 0 12px; }
.sentence, .asked, .dispute { overflow-wrap: anywhere; }
.sentence { font-size: 17px; font-weight: 600; }
.pasted { margin: 0 0 14px; padding: 10px 12px; background: var(--field); border-radius: 8px; }
.pasted small { display: block; color: var(--quiet); }
code { font: 14px/1.5 ui-monospace, 'Cascadia Mono', Consolas, Menlo, monospace; overflow-wrap: anywhere; }
.evidence { display: grid; grid-template-columns: max-content 1fr; gap: 7px 16px; margin: 0 0 12px; padding: 12px 0 0; border-top: 1px solid var(--line); font-size: 15px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
dd small { display: block; color: var(--quiet); }
.line { display: block; }
a { color: var(--accent); }
.asked, .dispute { color: var(--quiet); font-size: 13px; }
.asked { padding-top: 10px; border-top: 1px solid var(--line); }
.buttons { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 16px; }
.buttons.sure { justify-content: space-between; }
.card:not(.second) .sure, .second .first { display: none; }
button {
  font: inherit; font-weight: 600; padding: 11px 18px; border-radius: 9px; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--ink);
}
button.default { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:disabled { opacity: 0.5; cursor: default; }
mark { background: #ffe08a; color: #1c1b1f; font-weight: 700; border-radius: 3px; }
.pair { display: grid; gap: 10px; margin: 0 0 14px; padding: 10px 12px; background: var(--field); border-radius: 8px; }
.pair small { display: block; color: var(--quiet); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.note {
  position: fixed; inset: auto 16px 16px auto; margin: 0; max-width: min(420px, calc(100vw - 32px)); max-height: calc(100vh - 32px); overflow: auto;
  padding: 14px 16px; border: 1px solid var(--line); border-inline-start: 6px solid var(--caution);
  border-radius: 10px; background: var(--paper); box-shadow: 0 6px 24px rgb(0 0 0 / 0.35); font-size: 15px;
}
.note.danger { border-inline-start-color: var(--danger); }
.note span { overflow-wrap: anywhere; }
.note .pair { margin: 10px 0 0; }
.note strong { display: block; margin-bottom: 4px; }
.note button { position: sticky; bottom: 0; margin-top: 10px; padding: 6px 12px; background: var(--paper); }
@media (min-height: 400px) { .card > .buttons { position: sticky; bottom: -6px; padding: 8px 0; margin: 8px 0 -8px; background: var(--paper); } }
@media (max-width: 480px) { .card { padding: 16px 18px; } h1 { font-size: 20px; } .evidence { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 8px; } }
@media (forced-colors: active) { .card, .note { border: 2px solid; } }
`;
