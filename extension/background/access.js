// @ts-check
// Which sites the person lets the extension watch: those that it is made for, which both browsers let be withheld, and
// those that were chosen beside them.

/** The patterns of the sites, as the manifest has them. */
export function sites() {
  return chrome.runtime.getManifest().host_permissions ?? [];
}

/** @returns {Promise<boolean>} whether all of them may be watched */
export function access() {
  return chrome.permissions.contains({ origins: sites() });
}

/** The patterns of the sites that the person chose beside them. */
export async function chosen() {
  const { origins = [] } = await chrome.permissions.getAll();
  const own = new Set(sites());
  return origins.filter((origin) => origin.startsWith('https:') && !own.has(origin));
}

/** The pattern of one site. @param {string} host */
export function patternOf(host) {
  return `https://${host}/*`;
}
