/** The shelf: what is yours, what is ready made, and whom something was handed to. */

import "../common/keys.js";
import { byId, fill, make } from "../common/dom.js";
import { cover, get } from "../common/http.js";

const data = await get("/api/shelf");
fill(
  byId("screen"),
  data.ready.map((/** @type {any} */ card) =>
    make("p", {}, cover(card.name, "cover small"), card.title),
  ),
);
