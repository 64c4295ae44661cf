/** The session from which a part's words were opened, for as long as this tab lives. */

const KEY = "serguide-words-from";

/**
 * Return a session's name, or nothing: by the page before this one, or as it was before a reload.
 *
 * @returns {string}
 */
export function cameFrom() {
  try {
    const before = previous();
    if (before) sessionStorage.setItem(KEY, before);
    return before ?? sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** The session of the page before; empty for another page, null where a browser does not say. */
function previous() {
  const { navigation } = /** @type {any} */ (globalThis);
  const index = navigation?.currentEntry?.index;
  if (!index) return null;
  const address = new URL(navigation.entries()[index - 1].url);
  if (address.pathname === "/words") return null;
  return address.pathname === "/session" ? decodeURIComponent(address.hash.slice(1)) : "";
}
