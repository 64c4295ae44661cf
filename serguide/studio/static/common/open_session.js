/** Which session is open in this tab: words and readings of its parts lead back to it. */

const KEY = "serguide-session";

/**
 * @typedef {object} OpenSession
 * @property {string} name
 * @property {string} title
 */

/** @returns {OpenSession | null} */
export function openSession() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return typeof kept?.name === "string" && kept.name ? kept : null;
  } catch {
    return null;
  }
}

/** @param {OpenSession | null} session */
export function rememberSession(session) {
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
  else sessionStorage.removeItem(KEY);
}
