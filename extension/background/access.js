// @ts-check
// Whether the person lets the extension watch the sites that it is made for: both browsers let that be withheld.

/** The patterns of the sites, as the manifest has them. */
export function sites() {
  return chrome.runtime.getManifest().host_permissions ?? [];
}

/** @returns {Promise<boolean>} whether all of them may be watched */
export function access() {
  return chrome.permissions.contains({ origins: sites() });
}
