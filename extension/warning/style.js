// @ts-check
// How the warning and the notes look, in light and dark. In a script, as a page may not be
// able to tell that the extension is there, which any file of it that pages can load would.
// No custom property, and no font but the browser's own: what a page registers or loads under a name is also seen in here.
// So is how a page has marked text look.

/** Each in light and in dark. */
const COLORS = {
  paper: 'light-dark(#ffffff, #211f24)',
  ink: 'light-dark(#1c1b1f, #ece6ee)',
  quiet: 'light-dark(#55525a, #b9b2bd)',
  line: 'light-dark(#d8d4dc, #4a464f)',
  field: 'light-dark(#f4f1f6, #2d2a31)',
  danger: 'light-dark(#b3261e, #ff8a80)',
  caution: 'light-dark(#8a5300, #ffb95c)',
  accent: 'light-dark(#0b57d0, #a8c7fa)',
  onAccent: 'light-dark(#ffffff, #062e6f)',
};

const STYLE = `
:host { all: initial !important; }
* { box-sizing: border-box; }
*::selection { color: HighlightText; background: Highlight; -webkit-text-fill-color: currentColor; -webkit-text-stroke: 0; text-shadow: none; }
:host, .scene, .note {
  color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif;
  color: ${COLORS.ink}; text-align: start; letter-spacing: normal;
}
.scene {
  position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none;
  margin: 0; padding: 16px; border: 0; background: rgb(0 0 0 / 0.6); overflow: auto;
}
.scene[open] { display: flex; align-items: center; justify-content: center; }
.scene::backdrop { background: transparent; }
.card {
  width: 100%; max-width: 620px; margin: auto; background: ${COLORS.paper}; color: ${COLORS.ink};
  border-radius: 14px; border-top: 8px solid ${COLORS.danger}; box-shadow: 0 12px 48px rgb(0 0 0 / 0.5);
  padding: 22px 26px; outline: none;
  display: flex; flex-direction: column; max-height: 100%; overflow: auto;
}
.card > * { flex: none; }
.card > .details { flex: 0 1 auto; min-height: 4em; overflow: auto; }
.second > .details { min-height: 2em; }
.sentence.sure { margin: 12px 0 0; }
.details > :last-child { margin-bottom: 0; }
.caution .card { border-top-color: ${COLORS.caution}; }
h1 { display: flex; gap: 12px; align-items: center; margin: 0 0 10px; font-size: 22px; line-height: 1.25; color: ${COLORS.danger}; }
.caution h1 { color: ${COLORS.caution}; }
h1 svg { flex: none; width: 34px; height: 34px; fill: currentColor; }
p { margin: 0 0 12px; }
.sentence, .asked, .dispute { overflow-wrap: anywhere; }
.sentence { font-size: 17px; font-weight: 600; }
.pasted { margin: 0 0 14px; padding: 10px 12px; background: ${COLORS.field}; border-radius: 8px; }
.pasted small { display: block; color: ${COLORS.quiet}; }
code { font: 14px/1.5 monospace; overflow-wrap: anywhere; }
.evidence { display: grid; grid-template-columns: max-content 1fr; gap: 7px 16px; margin: 0 0 12px; padding: 12px 0 0; border-top: 1px solid ${COLORS.line}; font-size: 15px; }
dt { color: ${COLORS.quiet}; }
dd { margin: 0; overflow-wrap: anywhere; }
dd small { display: block; color: ${COLORS.quiet}; }
.line { display: block; }
a { color: ${COLORS.accent}; }
.asked, .dispute { color: ${COLORS.quiet}; font-size: 13px; }
.asked { padding-top: 10px; border-top: 1px solid ${COLORS.line}; }
.buttons { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 16px; }
.buttons.sure { justify-content: space-between; }
.card:not(.second) .sure, .second .first { display: none; }
button {
  font: inherit; font-weight: 600; padding: 11px 18px; border-radius: 9px; cursor: pointer;
  border: 1px solid ${COLORS.line}; background: transparent; color: ${COLORS.ink};
}
button.default { background: ${COLORS.accent}; border-color: ${COLORS.accent}; color: ${COLORS.onAccent}; }
button:disabled { opacity: 0.5; cursor: default; }
mark { background: #ffe08a; color: #1c1b1f; font-weight: 700; border-radius: 3px; }
.pair { display: grid; gap: 10px; margin: 0 0 14px; padding: 10px 12px; background: ${COLORS.field}; border-radius: 8px; }
.pair small { display: block; color: ${COLORS.quiet}; }
button:focus-visible, a:focus-visible { outline: 3px solid ${COLORS.accent}; outline-offset: 2px; }
.note {
  position: fixed; inset: auto 16px 16px auto; margin: 0; max-width: min(420px, calc(100vw - 32px)); max-height: calc(100vh - 32px); overflow: auto;
  padding: 14px 16px; border: 1px solid ${COLORS.line}; border-inline-start: 6px solid ${COLORS.caution};
  border-radius: 10px; background: ${COLORS.paper}; box-shadow: 0 6px 24px rgb(0 0 0 / 0.35); font-size: 15px;
}
.note.danger { border-inline-start-color: ${COLORS.danger}; }
.note span { overflow-wrap: anywhere; }
.note .pair { margin: 10px 0 0; }
.note strong { display: block; margin-bottom: 4px; }
.note button { position: sticky; bottom: 0; margin-top: 10px; padding: 6px 12px; background: ${COLORS.paper}; }
@media (min-height: 400px) { .card > .buttons { position: sticky; bottom: -6px; padding: 8px 0; margin: 8px 0 -8px; background: ${COLORS.paper}; } }
@media (max-width: 480px) { .card { padding: 16px 18px; } h1 { font-size: 20px; } .evidence { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 8px; } }
@media (forced-colors: active) { .card, .note { border: 2px solid; } }
`;
