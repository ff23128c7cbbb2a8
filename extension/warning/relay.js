// @ts-check
// Warnings that are shown elsewhere than they are about: those of a frame in the page around it, and those that a
// page does not let be seen in a window of their own. The background carries them, and brings the choice back.

/** How often is looked whether the extension was updated while a warning is open elsewhere, in milliseconds. */
const ORPHANED = 1000;

const Relay = {
  /** Who waits for a choice, by the id of the warning. @type {Map<string, (choice: Choice) => void>} */
  waiting: new Map(),

  start() {
    chrome.runtime.onMessage.addListener((message, _sender, respond) => {
      switch (message?.kind) {
        case 'warn':
          void Relay.warn(message);
          respond({ shown: true });
          break;
        case 'chosen':
          Relay.waiting.get(message.id)?.(message.choice);
          respond({ known: Relay.waiting.delete(message.id) });
          break;
        case 'showing':
          respond({ warning: Warning.open, note: Note.open, told: Told.told() });
          break;
      }
    });
  },

  /**
   * Has a warning shown elsewhere.
   * @param {Finding} finding
   * @param {WarningOptions} options
   * @param {'frame' | 'hidden'} reason
   * @returns {Promise<Choice | null>} nothing where there is no other place
   */
  async elsewhere(finding, { shown }, reason) {
    const id = randomName();
    const giveBack = placeOfPerson();
    /** @type {Promise<Choice>} */
    const chosen = new Promise((resolve) => Relay.waiting.set(id, resolve));
    // Once the extension was updated under the page nobody brings a choice any more: the safe one lets the person go on.
    const orphaned = setInterval(() => chrome.runtime?.id ?? Relay.waiting.get(id)?.('remove'), ORPHANED);
    Hold.elsewhere += 1;
    Hold.endPress();
    try {
      const { place } = await send({ kind: 'elsewhere', id, finding, shown, reason });
      return place ? await chosen : null;
    } finally {
      clearInterval(orphaned);
      Hold.elsewhere -= 1;
      Relay.waiting.delete(id);
      giveBack();
    }
  },

  /**
   * Shows a warning about a frame of this page.
   * @param {{ id: string, finding: Finding, shown?: boolean, origin: string }} message
   */
  async warn({ id, finding, shown, origin }) {
    const choice = await Warning.ask(finding, { shown, origin });
    await send({ kind: 'chosen', id, choice });
  },
};
