// Events as a list.
import { h } from "./dom.js";
import { clock, kind, moment } from "./format.js";

/** Events, the newest first; without links where they are all of one stream. */
export function eventList(events, linked = true) {
  if (events.length === 0) return h("div", { class: "empty" }, "Nothing has happened yet.");
  return h(
    "ul",
    {},
    events.map((event) => {
      const { words, grade } = kind(event.kind);
      const subject = event.ofModel
        ? event.subject
        : h("a", { href: "#/stream/" + encodeURIComponent(event.subject) }, event.subject);
      const frames =
        event.frames > 0 ? `${event.frames} ${event.frames === 1 ? "frame" : "frames"} at ${event.sequence}. ` : "";
      return h(
        "li",
        {},
        h("time", { class: "quiet small", title: moment(event.timeMillis) }, clock(event.timeMillis)),
        h("span", { class: "kind " + grade }, words),
        h(
          "span",
          { class: "what" },
          linked ? subject : null,
          linked ? " " : null,
          h("span", { class: "quiet small" }, frames + event.detail),
        ),
      );
    }),
  );
}
