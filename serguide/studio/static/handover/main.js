/** Handing over: ways, words, progress, preview. */

import { keys } from "../common/keys.js";
import { byId, fill, make } from "../common/dom.js";
import { isUnderWay } from "../common/handover_state.js";
import { Refused, get, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice } from "../common/notice.js";
import { say } from "../common/words.js";
import { given } from "./given.js";
import { making } from "./making.js";
import { offer } from "./offer.js";
import { preview } from "./phone.js";
import { named } from "./wording.js";

const [name = "", again = ""] = decodeURIComponent(location.hash.slice(1)).split("&again=");

globalThis.addEventListener("hashchange", () => location.reload());

/** @param {any} forms */
async function show(forms) {
  const chosen = { who: forms.who };
  /** @type {import("./offer.js").Ways} */
  const ways = {
    page: true,
    // Not locked by the six words: given where it is ticked for this person.
    sound: false,
    kind: "m4b",
    handout: true,
    website: false,
    address: "",
    ...forms.ways,
    passphrase: forms.passphrase,
  };
  const seen = preview(forms, ways, chosen);
  const heading = make("h1", {}, named("heading", chosen.who));
  const before = make("div", {});
  const queue = make("div", {});

  async function begin() {
    if (!(ways.page || ways.sound || ways.handout || ways.website)) {
      notice(say("none_ticked"));
      throw new TypeError("nothing is ticked");
    }
    used = ways.passphrase;
    return send("POST", "/api/handovers", { name, who: chosen.who, ways });
  }

  let used = "";
  const foot = making(chosen, begin, {
    // What is shown is what is being made, its words above all: others would not open it.
    followed: (handover) => {
      Object.assign(ways, handover.ways, handover.ways.page ? {} : { passphrase: ways.passphrase });
      used = ways.passphrase;
      offered.reached("making");
    },
    ended: () => offered.reached("ready"),
    finished: (done) => {
      offered.reached("made");
      seen.use(done.id);
      others();
    },
  });

  /** Choose once more after one was made: another page has other words. */
  async function anew() {
    if (ways.passphrase !== used) return;
    ways.passphrase = (await send("POST", "/api/handovers/passphrases")).passphrase;
    offered.reached("ready");
  }

  async function others() {
    const { handovers } = await get("/api/handovers");
    const theirs = handovers.filter(
      (/** @type {any} */ each) =>
        each.state === "done" &&
        (chosen.who ? each.who === chosen.who : each.name === name && !each.who),
    );
    fill(before, given(theirs, others));
    const waiting = handovers.filter(
      (/** @type {any} */ each) => isUnderWay(each) && each.name !== name,
    );
    fill(queue, waiting.length ? under(waiting) : null);
    return handovers;
  }

  const offered = offer(forms, ways, chosen, {
    changed: () => {
      fill(heading, named("heading", chosen.who));
      if (foot.element.querySelector("button.ember")) {
        foot.ready();
        offered.reached("ready");
        anew();
      }
      seen.use("");
    },
    seeCard: () => seen.seeCard(),
  });
  foot.onChoose(anew);

  fill(
    byId("screen"),
    make(
      "div",
      { class: "choose" },
      heading,
      make(
        "p",
        { class: "muted" },
        say(`facts_${forms.voice}`, { title: forms.title, n: forms.minutes }),
      ),
      offered.element,
      foot.element,
      queue,
      before,
    ),
    seen.element,
  );
  foot.ready();
  seen.show();
  const handovers = await others();
  const mine = handovers.find((/** @type {any} */ each) => each.name === name && isUnderWay(each));
  if (mine) foot.follow(mine, false);
}

/** @param {any[]} waiting */
function under(waiting) {
  return make(
    "section",
    { class: "given" },
    make("h2", {}, say("queue")),
    make(
      "ul",
      {},
      waiting.map((each) =>
        make(
          "li",
          {},
          make(
            "span",
            {},
            each.who ? say("queue_row", { title: each.title, who: each.who }) : each.title,
          ),
          make(
            "button",
            {
              type: "button",
              class: "link",
              "aria-label": `${say("cancel")}: ${each.title}`,
              onclick: (/** @type {Event} */ event) => {
                send("DELETE", `/api/handovers/${each.id}`);
                if (event.currentTarget instanceof HTMLElement)
                  event.currentTarget.closest("li")?.remove();
                byId("screen").focus();
              },
            },
            say("cancel"),
          ),
        ),
      ),
    ),
  );
}

/**
 * Say what stands in the way, and lead there.
 *
 * @param {Refused} refused
 */
function cannot(refused) {
  const { message = "", hint = "", problems = [] } = refused.problem ?? {};
  fill(
    byId("screen"),
    make(
      "div",
      { class: "choose" },
      make("h1", {}, say("cannot")),
      problems.length ? null : make("p", {}, message, " ", hint),
      make(
        "ul",
        { class: "problems" },
        problems.map((/** @type {any} */ each) =>
          make(
            "li",
            { class: "card" },
            make("p", { class: "muted" }, say("cannot_row", { file: each.file, line: each.line })),
            make("p", {}, make("strong", {}, each.message), ` ${each.hint}`),
            make(
              "a",
              {
                class: "button",
                href: `/words#${encodeURIComponent(each.file.replace(/\.ya?ml$/, ""))}`,
              },
              say("show_it"),
            ),
          ),
        ),
      ),
    ),
  );
}

/** @param {string} title */
function top(title) {
  const back = name ? `/session#${encodeURIComponent(name)}` : "/";
  fill(
    byId("top"),
    make("a", { class: "button quiet back", href: back }, icon("back"), title || say("shelf")),
  );
  keys({ key: "Escape", words: say("back"), run: () => location.assign(back) });
}

top("");
if (name) {
  fill(byId("screen"), make("p", { class: "choose muted", role: "status" }, say("loading")));
  try {
    const path = `/api/handovers/forms?name=${encodeURIComponent(name)}`;
    const forms = await get(again ? `${path}&again=${encodeURIComponent(again)}` : path, {
      quiet: true,
    });
    top(forms.title);
    await show(forms);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status !== 401) cannot(error);
  }
} else {
  fill(byId("screen"), make("p", { class: "choose" }, say("no_session")));
}
