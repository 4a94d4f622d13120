// What stands beside a stream's pictures: its SDR now, its facts, its last minute as files, its events.
import { eventList } from "./events.js";
import { fill, h } from "./dom.js";
import { DASH, codec, count, db, duration, percent } from "./format.js";

export class StreamPanels {
  #sdr = h("p", { class: "value sdr-now" }, DASH);
  #sdrNote = h("p", { class: "quiet small" });
  #facts = h("dl", { class: "facts small" });
  #transformNote = h("p", { class: "quiet small" });
  #events = h("div", { class: "events", tabindex: "0", role: "region", "aria-label": "Events of this stream" });
  #newestEvent = null;

  /** @param save saves a side, "before" or "after", as a file */
  constructor(save) {
    const button = (side) =>
      h("button", { type: "button", class: "button compact", onclick: () => save(side) }, `WAV ${side}`);
    const panel = (title, ...content) => h("section", { class: "panel" }, h("h2", {}, title), ...content);
    const body = (...content) => h("div", { class: "body" }, content);
    this.element = h(
      "div",
      { class: "beside" },
      panel("Estimated SDR", body(this.#sdr, this.#sdrNote)),
      panel("Stream", body(this.#facts)),
      panel(
        "The last minute",
        body(h("div", { class: "chips" }, button("before"), button("after")), this.#transformNote),
      ),
      panel("Events", this.#events),
    );
  }

  tell({ row, session, events }, transform) {
    fill(
      this.#facts,
      facts(row, session).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    );
    this.#tellSdr(row.sdr);
    this.#transformNote.textContent = transformWords(transform);
    const newest = events[0]?.number ?? 0;
    if (this.#newestEvent !== newest) fill(this.#events, eventList(events, false));
    this.#newestEvent = newest;
  }

  #tellSdr(sdr) {
    if (sdr) {
      fill(
        this.#sdr,
        h("span", { class: "before" }, db(sdr.in)),
        h("span", { class: "quiet" }, " \u2192 "),
        h("span", { class: "after" }, db(sdr.out)),
        h("span", { class: "unit" }, "dB"),
      );
    }
    this.#sdrNote.textContent = sdr
      ? `80 % band ${db(sdr.low)} to ${db(sdr.high)} dB`
      : "No estimate yet: one comes each second.";
  }
}

function facts(row, session) {
  return [
    ["Codec", codec(row)],
    ["Model", row.model || DASH],
    ["Session", session || DASH],
    ["Age", duration(row.ageMillis)],
    ["Frames in, out", `${count(row.framesIn)}, ${count(row.framesOut)}`],
    ["Dry", percent(row.dryShare)],
    ["Concealed", percent(row.concealedShare)],
    ["Level in, out", `${db(Math.round(row.levelInDb), 0)}, ${db(Math.round(row.levelOutDb), 0)} dB`],
  ];
}

function transformWords(transform) {
  return transform
    ? `Pictures use the transform of ${transform.model}: window ${transform.windowSamples}, hop ` +
        `${transform.hopSamples} samples at ${transform.sampleRateHz / 1000} kHz.`
    : "The model's card is not at hand: pictures use a window of 40 ms and a hop of 20 ms.";
}
