/** What is being made to be handed over just now, and how far it is. */

import { make } from "../common/dom.js";
import { isUnderWay } from "../common/handover_state.js";
import { cover, events, get } from "../common/http.js";
import { say } from "../common/words.js";

/** @typedef {{ id: string, who: string, name: string, title: string, state: string,
 *   progress?: { share: number } }} Handover */

/** Which of them is followed: a later list of it follows its own. */
let followed = 0;

/**
 * Return a list of what is being made, which renews itself; nothing where nothing is.
 *
 * @param {Handover[]} waiting - the one that is worked on first
 * @param {() => unknown} ended - when one of them is done
 */
export function underWay(waiting, ended) {
  followed += 1;
  const [first] = waiting;
  if (!first) return null;
  const told = new Map(
    waiting.map((each) => [each.id, make("span", { class: "when muted" }, standing(each))]),
  );
  const list = make(
    "ul",
    { class: "under-way", "aria-label": say("under_way") },
    waiting.map((each) =>
      make(
        "li",
        {},
        make(
          "a",
          {
            class: "client",
            href: `/handover#${encodeURIComponent(each.name)}`,
            "data-focus": `under-way-${each.id}`,
          },
          cover(each.name, "cover small"),
          make(
            "span",
            { class: "whom" },
            make("span", { class: "serif" }, each.who || say("someone")),
            make("span", { class: "muted" }, each.title),
          ),
          told.get(each.id),
        ),
      ),
    ),
  );
  const mine = followed;
  /** @param {Handover} now */
  const tell = (now) => {
    const element = mine === followed ? told.get(now.id) : null;
    if (element) element.textContent = standing(now);
    return Boolean(element);
  };
  void follow(first, tell).then((last) => {
    if (mine === followed && !isUnderWay(last)) ended();
  });
  return list;
}

/** Return what is being made, the one that is worked on first. */
export async function nowUnderWay() {
  /** @type {{ handovers: Handover[] }} */
  const { handovers } = await get("/api/handovers?under_way=1");
  return handovers.sort((one, other) => rank(one) - rank(other));
}

/** @param {Handover} handover */
function rank(handover) {
  return handover.state === "working" ? 0 : 1;
}

/**
 * Tell how far one is, until it has ended or nobody listens; return how it was last.
 *
 * @param {Handover} first
 * @param {(now: Handover) => boolean} tell
 */
async function follow(first, tell) {
  let last = first;
  try {
    const path = `/api/handovers/${first.id}/events`;
    for await (const event of events(path, undefined, { quiet: true })) {
      last = event;
      if (!tell(event)) break;
    }
  } catch {
    // The studio was closed meanwhile: what is asked of it next says so.
  }
  return last;
}

/** @param {Handover} handover */
function standing({ progress }) {
  return progress ? say("under_way_share", { n: Math.round(progress.share * 100) }) : say("waits");
}
