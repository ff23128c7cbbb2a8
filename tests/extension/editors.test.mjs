// @ts-check
// Fields that are more than the browser's own: editors that keep what they hold to themselves and only show it, masks
// that write what is typed anew, components with fields inside. A person is warned in each, and what is taken out is
// gone from what the page would send, not only from what it shows.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { copy, isFirefox, paste, start, until } from './browser.mjs';
import { bundled } from './bundle.mjs';
import { CLOBBERED } from './clobber.mjs';
import { appears, disappears, press, ripe, shown } from './inside.mjs';
import { startSites } from './sites.mjs';

const LISTED = '3LU8wRu4ZnXP4UM8Yo6kkTiGHM9BubgyiG';

/** For each a script that puts it into `place`: `held` tells what it would send, `enter` gives it the focus. */
const EDITORS = {
  CodeMirror: `
    import { EditorView, basicSetup } from 'codemirror';
    const view = new EditorView({ extensions: [basicSetup], parent: place });
    window.held = () => view.state.doc.toString();
    window.enter = () => view.focus();`,
  Lexical: `
    import { createEditor, $createParagraphNode, $getRoot } from 'lexical';
    import { registerPlainText } from '@lexical/plain-text';
    place.contentEditable = 'true';
    const editor = createEditor({ onError(error) { throw error; } });
    registerPlainText(editor);
    editor.setRootElement(place);
    editor.update(() => $getRoot().append($createParagraphNode()));
    window.held = () => editor.getEditorState().read(() => $getRoot().getTextContent());
    window.enter = () => editor.focus();`,
  ProseMirror: `
    import { EditorState } from 'prosemirror-state';
    import { EditorView } from 'prosemirror-view';
    import { schema } from 'prosemirror-schema-basic';
    const view = new EditorView(place, { state: EditorState.create({ schema }) });
    window.held = () => view.state.doc.textContent;
    window.enter = () => view.focus();`,
  Quill: `
    import Quill from 'quill';
    const quill = new Quill(place);
    window.held = () => quill.getText();
    window.enter = () => quill.focus();`,
  Slate: `
    import { createElement } from 'react';
    import { createRoot } from 'react-dom/client';
    import { createEditor, Node } from 'slate';
    import { Editable, ReactEditor, Slate, withReact } from 'slate-react';
    const editor = withReact(createEditor());
    const initialValue = [{ type: 'paragraph', children: [{ text: '' }] }];
    createRoot(place).render(createElement(Slate, { editor, initialValue }, createElement(Editable)));
    window.held = () => Node.string(editor);
    window.enter = () => ReactEditor.focus(editor);`,
  'an editable element in a closed shadow root': `
    const root = place.attachShadow({ mode: 'closed' });
    root.innerHTML = '<div contenteditable></div>';
    window.held = () => root.firstChild.textContent;
    window.enter = () => root.firstChild.focus();`,
  'an editable form whose fields are named like all that a script can ask it': `
    ${CLOBBERED}
    const form = clobbered(document.createElement('br'));
    Element.prototype.setAttribute.call(form, 'contenteditable', '');
    place.append(form);
    window.held = () => place.textContent;
    window.enter = () => HTMLElement.prototype.focus.call(form);`,
  'a long text of which most is no address': `
    const before = '<p>The price of one is quoted in <b>dollars</b>.</p>'.repeat(300);
    place.contentEditable = 'true';
    place.innerHTML = before + '<p><br></p>';
    window.held = () => place.textContent.replaceAll('The price of one is quoted in dollars.', '');
    window.enter = () => { place.focus(); getSelection().selectAllChildren(place.lastChild); };`,
  'a frame that is edited as a whole': `
    const frame = document.createElement('iframe');
    place.append(frame);
    frame.contentDocument.designMode = 'on';
    window.held = () => frame.contentDocument.body.textContent;
    window.enter = () => frame.contentWindow.focus();`,
  'a mask with spaces': mask(' '),
  'a mask with hyphens': mask('-'),
  'a field that takes out what was selected before it was deleted': `
    const input = document.createElement('input');
    place.append(input);
    let text = '';
    let selected = [0, 0];
    input.addEventListener('beforeinput', () => { selected = [input.selectionStart, input.selectionEnd]; });
    input.addEventListener('input', ({ inputType }) => {
      text = inputType.startsWith('delete') ? text.slice(0, selected[0]) + text.slice(selected[1]) : input.value;
      if (input.value !== text) input.value = text;
    });
    window.held = () => text;
    window.enter = () => input.focus();`,
  'a text field of Material': `
    import '@material/web/textfield/outlined-text-field.js';
    const field = document.createElement('md-outlined-text-field');
    place.append(field);
    window.held = () => field.value;
    window.enter = () => field.focus();`,
};

/** @param {string} between the groups of four */
function mask(between) {
  return `
    import Inputmask from 'inputmask';
    const input = document.createElement('input');
    place.append(input);
    Inputmask('*{4}${between}'.repeat(8) + '*{2}', { placeholder: '', casing: null }).mask(input);
    window.held = () => input.value;
    window.enter = () => input.focus();`;
}

describe('what a page makes its fields of', () => {
  /** @type {import('./sites.mjs').Sites} */
  let sites;
  /** @type {import('./browser.mjs').Started} */
  let started;

  before(async () => {
    sites = await startSites();
    started = await start({ proxyPort: sites.proxyPort });
  });
  after(async () => {
    await started?.close();
    await sites?.close();
  });

  for (const [name, script] of Object.entries(EDITORS)) {
    it(`${name} is warned in, pasted and typed, lets go, and goes on`, async () => {
      const html = `<!doctype html><title>Editor</title><div id="place"></div><script>${await bundled(`const place = document.querySelector('#place');${script}`)}</script>`;
      sites.serve('/editor', html);
      const page = await started.browser.newPage();
      await page.goto('https://www.binance.com/editor');
      await copy(started, LISTED);
      await page.bringToFront();
      // Without what a mask puts between.
      const held = () => page.evaluate(() => /** @type {any} */ (window).held().replace(/[\s-]/g, ''));
      for (const enter of [() => paste(page), () => page.keyboard.type(LISTED)]) {
        await page.evaluate(() => void (/** @type {any} */ (window).enter()));
        await until(() => page.evaluate(() => document.activeElement !== document.body), 'it has the focus');
        await enter();
        const warning = await appears(page, 'warning');
        assert.deepEqual([warning.level, warning.address], ['danger', LISTED]);
        assert.equal(await held(), LISTED);
        // Who presses Enter sooner meant to send.
        await wait(400);
        await page.keyboard.press('Enter');
        await disappears(page);
        await until(async () => (await held()) === '', 'it lets go');
        // Nothing is shown anew: no second warning, no note that it was not let go or is shown by the page.
        await wait(1300);
        assert.equal(await shown(page), null);
      }
      // Who keeps it goes on where they were.
      await page.evaluate(() => void (/** @type {any} */ (window).enter()));
      await paste(page);
      const { inside } = await appears(page, 'warning');
      for (const label of ['Keep it anyway', 'Yes, keep this address']) {
        await ripe(inside);
        await press(page, inside, label);
      }
      await disappears(page);
      // A frame is told a little later.
      await wait(300);
      await page.keyboard.type('z');
      // A mask is full.
      const kept = name.startsWith('a mask') ? LISTED : `${LISTED}z`;
      await until(async () => (await held()) === kept, kept);
      await page.close();
    });
  }

  it('a long text that is sent before the keys rest is not sent', async () => {
    sites.serve('/long', `<!doctype html><title>Long</title><div id="text" contenteditable>${'<p>The price of one is quoted in dollars.</p>'.repeat(300)}<p><br></p></div>
      <button id="send" style="position: fixed; left: 8px; top: 8px" onclick="document.title = 'sent'">Send</button>`);
    const page = await started.browser.newPage();
    await page.goto('https://www.binance.com/long');
    await page.bringToFront();
    await page.focus('#text');
    await page.evaluate(() => getSelection()?.selectAllChildren(/** @type {Element} */ (document.querySelector('#text')?.lastChild)));
    await page.keyboard.type(LISTED);
    await page.click('#send');
    assert.equal((await appears(page, 'warning')).address, LISTED);
    assert.equal(await page.title(), 'Long');
    await page.close();
  });

  it('a picture that text is typed into is warned in', { skip: isFirefox && 'it has no EditContext' }, async () => {
    sites.serve('/drawn', `<!doctype html><title>Drawn</title><canvas id="drawn" tabindex="0"></canvas><script>
      const drawn = document.querySelector('#drawn');
      drawn.editContext = new EditContext();
      drawn.editContext.addEventListener('textupdate', ({ target }) => { document.title = target.text; });</script>`);
    const page = await started.browser.newPage();
    await page.goto('https://www.binance.com/drawn');
    await page.bringToFront();
    await page.focus('#drawn');
    await page.keyboard.type(LISTED);
    assert.equal(await page.title(), LISTED);
    const { address, inside } = await appears(page, 'warning');
    assert.equal(address, LISTED);
    await ripe(inside);
    await page.keyboard.press('Enter');
    // The page holds it, and nobody else can change it.
    assert.match((await appears(page, 'note')).text, /Remove it yourself/);
    await page.close();
  });
});
