/** The token that every request for data carries: out of the address bar, into this tab alone. */

const KEY = "serguide-token";

/** Take a token out of the address at once, so that neither history nor a screenshot has it. */
function taken() {
  // Behind the other screens' addresses stands a script's name.
  const found = /^#([\w-]{30,})$/.exec(location.hash)?.[1];
  if (found && location.pathname === "/") {
    history.replaceState(null, "", location.pathname);
    try {
      sessionStorage.setItem(KEY, found);
    } catch {
      // A browser that keeps nothing: the token lives as long as this page.
    }
    return found;
  }
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

const held = taken();

/** Return this tab's token; empty where the tab was opened without one. */
export function token() {
  return held;
}
