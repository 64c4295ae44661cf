/** The token that every request for data carries: out of the address bar, into this tab alone. */

const KEY = "serguide-token";

/** Take a token out of the address at once, so that neither history nor a screenshot has it. */
async function taken() {
  // Behind the other screens' addresses stands a script's name.
  const [, entering, found] = /^#(enter=)?([\w-]{30,})$/.exec(location.hash) ?? [];
  if (found && location.pathname === "/") {
    history.replaceState(null, "", location.pathname);
    const got = entering ? await entered(found) : found;
    try {
      if (got) sessionStorage.setItem(KEY, got);
    } catch {
      // A browser that keeps nothing: the token lives as long as this page.
    }
    if (got) return got;
  }
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/**
 * Return the token for a code that lets a browser in once; empty for one that was used.
 *
 * @param {string} code
 * @returns {Promise<string>}
 */
async function entered(code) {
  const answer = await fetch("/api/enter", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  }).catch(() => null);
  return answer?.ok ? (await answer.json()).token : "";
}

const held = await taken();

/** Return this tab's token; empty where the tab was opened without one. */
export function token() {
  return held;
}
