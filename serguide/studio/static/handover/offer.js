/** The ways to hand a session over: cards to tick, the six words, an address. */

import { fill, make } from "../common/dom.js";
import { send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice } from "../common/notice.js";
import { say } from "../common/words.js";
import { size } from "./wording.js";

/**
 * What is chosen; changed in place.
 *
 * @typedef {object} Ways
 * @property {boolean} page
 * @property {string} passphrase
 * @property {boolean} sound
 * @property {"m4b" | "mp3"} kind
 * @property {boolean} handout
 * @property {boolean} website
 * @property {string} address
 */

/** @typedef {"ready" | "making" | "made"} Stage */

/**
 * Return the cards, and what brings them up to date; `changed` is called whenever something was ticked or written.
 *
 * @param {any} forms - of `/api/handovers/forms`
 * @param {Ways} ways
 * @param {{ who: string }} chosen
 * @param {{ changed: () => void, seeCard: () => void }} on
 */
export function offer(forms, ways, chosen, on) {
  /** @type {(() => void)[]} */
  const shown = [];
  /** @type {Stage} */
  let stage = "ready";
  let wanted = ways.address !== "";
  const changed = () => {
    for (const show of shown) show();
    on.changed();
  };

  /**
   * @param {"page" | "sound" | "handout" | "website"} way
   * @param {HTMLElement[]} beside
   * @param {HTMLElement[]} below
   */
  function card(way, beside, below) {
    const box = make("input", {
      type: "checkbox",
      id: `way-${way}`,
      "aria-describedby": `about-${way}`,
      onchange: () => {
        ways[way] = box.checked;
        changed();
      },
    });
    const about = make("p", { id: `about-${way}`, class: "muted" });
    const label = make(
      "label",
      { for: `way-${way}`, class: "tick" },
      make("span", { class: "box" }, icon("check")),
      make("strong", {}, say(way)),
    );
    const element = make(
      "li",
      { class: "card way", "data-way": way },
      make("div", { class: "head" }, box, label, about, make("div", { class: "beside" }, beside)),
      below,
    );
    shown.push(() => {
      box.checked = ways[way];
      box.disabled = stage === "making";
      element.classList.toggle("raised", ways[way]);
      for (const each of [...beside, ...below]) each.hidden = !ways[way];
      fill(about, text(way, ways));
    });
    return element;
  }

  const words = make("p", { class: "six", "aria-label": say("passphrase") });
  shown.push(() =>
    fill(
      words,
      ways.passphrase.split(" ").map((word) => make("span", {}, word, " ")),
    ),
  );
  const whose = make("span", {});
  const other = make(
    "button",
    {
      type: "button",
      class: "link",
      onclick: async () => {
        ways.passphrase = (await send("POST", "/api/handovers/passphrases")).passphrase;
        changed();
        notice(say("new_words", { words: ways.passphrase }));
      },
    },
    icon("again"),
    say("other_words"),
  );
  shown.push(() => {
    other.disabled = stage === "making";
    whose.textContent = stage === "ready" ? `${say("words_of_next")} ` : "";
  });
  const passphrase = make(
    "div",
    { class: "room words" },
    words,
    make(
      "div",
      { class: "under" },
      make("p", {}, whose, make("strong", {}, say("say_them"))),
      other,
    ),
  );
  const soundToo = make(
    "button",
    {
      type: "button",
      class: "link",
      onclick: () => {
        ways.sound = true;
        changed();
        document.getElementById("way-sound")?.focus();
      },
    },
    say("page_iphone_sound"),
  );
  const onPhones = make("span", {});
  shown.push(() => {
    onPhones.textContent = say(ways.sound ? "page_iphone_given" : "page_iphone");
    soundToo.hidden = ways.sound;
    soundToo.disabled = stage === "making";
  });
  const iphone = make(
    "p",
    { class: "iphone" },
    onPhones,
    " ",
    soundToo,
    make(
      "button",
      {
        type: "button",
        class: "link",
        onclick: () => {
          wanted = true;
          changed();
          address.focus();
        },
      },
      say("page_iphone_address"),
    ),
  );

  const kinds = make("div", {
    class: "segmented",
    role: "radiogroup",
    "aria-label": say("sound_kind"),
  });
  for (const kind of /** @type {const} */ (["m4b", "mp3"])) {
    const radio = make("input", {
      type: "radio",
      name: "kind",
      class: "sr",
      value: kind,
      onchange: () => {
        ways.kind = kind;
        changed();
      },
    });
    shown.push(() => {
      radio.checked = ways.kind === kind;
      radio.disabled = stage === "making";
    });
    kinds.append(make("label", { class: "button" }, radio, kind.toUpperCase()));
  }

  const address = make("input", {
    type: "text",
    id: "address",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "https://",
    "aria-describedby": "address-hint",
    onchange: () => {
      ways.address = address.value.trim();
      changed();
    },
  });
  address.value = ways.address;
  const addressLabel = make("label", { for: "address" });
  const where = make(
    "div",
    { class: "where" },
    addressLabel,
    address,
    make("p", { id: "address-hint", class: "small muted" }, say("address_hint")),
  );
  shown.push(() => {
    where.hidden = !(ways.website || wanted);
    address.disabled = stage === "making";
    if (stage === "making") address.value = ways.address;
    addressLabel.textContent = say(ways.website ? "address_site" : "address_page");
  });

  const website = make("span", { class: "muted" });
  shown.push(() => {
    // The audiobook lies in the folder, too, where it is made.
    const audiobook = ways.sound && ways.kind === "m4b" ? forms.sizes.m4b : 0;
    website.textContent = size(forms.sizes.website + audiobook);
  });

  const open = make("p", { class: "open" }, say("sound_open"));

  const see = make(
    "button",
    { type: "button", class: "link", onclick: on.seeCard },
    say("see_card"),
  );
  const list = make(
    "ul",
    { class: "ways" },
    card("page", [make("span", { class: "muted" }, size(forms.sizes.page))], [passphrase, iphone]),
    card("sound", [kinds], [open]),
    card("handout", [see], []),
    card("website", [website], []),
  );
  const show = () => shown.forEach((each) => each());
  show();
  const element = make(
    "section",
    { "aria-label": say("ways") },
    list,
    where,
    forms.who ? null : forWhom(chosen, changed),
  );

  /**
   * Say how far it is: while it is made, nothing can be chosen.
   *
   * @param {Stage} now
   */
  function reached(now) {
    stage = now;
    show();
  }

  return { element, reached };
}

/**
 * @param {string} way
 * @param {Ways} ways
 */
function text(way, ways) {
  if (way !== "handout" || !ways.address) return say(`${way}_text`);
  if (ways.website) return say("handout_code_own");
  return say("handout_code", { address: ways.address.replace(/^https?:\/\//, "") });
}

/**
 * @param {{ who: string }} chosen
 * @param {() => void} changed
 */
function forWhom(chosen, changed) {
  const field = make("input", {
    type: "text",
    id: "who",
    autocomplete: "off",
    maxlength: "120",
    "aria-describedby": "who-hint",
    onchange: () => {
      chosen.who = field.value.trim();
      changed();
    },
  });
  return make(
    "div",
    { class: "where" },
    make("label", { for: "who" }, say("for_whom")),
    field,
    make("p", { id: "who-hint", class: "small muted" }, icon("house"), say("for_whom_hint")),
  );
}
