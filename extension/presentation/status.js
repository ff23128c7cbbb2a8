// @ts-check
// What the extension says of itself on its own pages: whether it works, and whether it may look.

/**
 * @typedef {object} Status
 * @property {string} version
 * @property {number} startedAt when the background was started, in milliseconds since 1970
 * @property {boolean} access whether the sites of the manifest may be watched
 * @property {import('../taintwatch/worker.js').SetInfo[]} [sets]
 * @property {{ id: string, reason: string }[]} [broken] the added sets that cannot be asked
 * @property {number} [memory] the bytes that the core has taken for itself and the sets
 * @property {string} [failed] why nothing can be checked: a key of the messages
 * @property {string} [reason] the same for those who mend it
 */

/**
 * Asks the background, shows what is wrong in `banner`, and offers what mends it.
 * @param {HTMLElement} banner
 * @param {HTMLButtonElement} allow asks for the sites, shown only when they are withheld
 * @returns {Promise<Status>}
 */
export async function showStatus(banner, allow) {
  /** @type {Status} */
  const status = await chrome.runtime.sendMessage({ kind: 'status' }).catch(() => ({ failed: 'failedNoAnswer' }));
  const broken = status.broken ?? [];
  const failed = Boolean(status.failed) || broken.length > 0;
  allow.hidden = failed || status.access;
  banner.hidden = !failed && status.access;
  banner.className = failed ? 'banner danger' : 'banner';
  let text = Words.get('noAccess');
  if (broken.length) text = broken.map(({ id, reason }) => Words.get('brokenSet', id, reason)).join(' ');
  if (status.failed) text = `${Words.get('unprotected')} ${Words.get(status.failed)}`;
  banner.querySelector('p')?.replaceChildren(text);
  allow.onclick = async () => {
    const origins = chrome.runtime.getManifest().host_permissions ?? [];
    if (await chrome.permissions.request({ origins })) await showStatus(banner, allow);
  };
  return status;
}
