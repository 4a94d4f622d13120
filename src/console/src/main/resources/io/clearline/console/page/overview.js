// The whole at a glance: figures of this second, their course over ten minutes, models, dead letters, events.
import { sparkline } from "./charts.js";
import { fill, h } from "./dom.js";
import { DASH, count, db, percent } from "./format.js";
import { eventList } from "./events.js";

function tile(title) {
  const value = h("p", { class: "value" }, DASH);
  const note = h("div", { class: "note" });
  const canvas = h("canvas", { "aria-hidden": "true" });
  return {
    value,
    note,
    canvas,
    element: h("section", { class: "panel tile", "aria-label": title }, h("h2", {}, title), value, note, canvas),
  };
}

const unit = (text) => h("span", { class: "unit" }, text);
const to = () => h("span", { class: "to", "aria-label": "to" }, "\u2192");

/** Mean of the newest values that are there. */
function recent(course, seconds = 10) {
  const values = (course ?? []).slice(-seconds).filter((value) => value !== null && value !== undefined);
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

function worst(course, seconds = 10) {
  const values = (course ?? []).slice(-seconds).filter((value) => value !== null && value !== undefined);
  return values.length ? Math.max(...values) : null;
}

const millis = (value) => (value === null ? DASH : value < 10 ? value.toFixed(1) : count(value));

export function open(main, shared) {
  const tiles = makeTiles();
  const models = h("div", { class: "body" });
  const reasons = h("div", { class: "body" });
  const events = h("div", { class: "events", tabindex: "0", role: "region", "aria-label": "Newest events" });
  fill(main, head(), tileGrid(tiles), panels(events, models, reasons));
  let newestEvent = -1;

  function second({ overview, feed }) {
    tellStreams(tiles, overview);
    tellFrames(tiles, shared.history, feed);
    tellSignal(tiles, shared.history);
    tellDeadLetters(tiles, overview);
    fill(models, bars(overview.models, "", "No model is in use."));
    fill(reasons, bars(overview.deadByReason, "bad", "No record was refused."));
    if (overview.newestEvent !== newestEvent) fill(events, eventsOf(overview.events));
    newestEvent = overview.newestEvent;
    drawCourses(tiles, shared.history);
  }

  return { second, redraw: () => drawCourses(tiles, shared.history) };
}

function head() {
  const says = h("p", { class: "quiet small push" }, "Figures of the last seconds; lines show ten minutes");
  return h("div", { class: "head" }, h("h1", {}, "Overview"), says);
}

/** The newest events; where nothing has happened yet, what can be done about it. */
function eventsOf(events) {
  if (events.length > 0) return eventList(events);
  const tryIt = h("a", { href: "#/try" }, "speak into the microphone");
  return h(
    "div",
    { class: "empty" },
    h("p", {}, "Nothing has happened yet."),
    h("p", {}, "Drop a recording anywhere on this page, or ", tryIt, "."),
  );
}

function tileGrid(tiles) {
  const elements = Object.values(tiles).map((each) => each.element);
  return h("div", { class: "tiles" }, elements);
}

function panels(events, models, reasons) {
  const panel = (title, content) => h("section", { class: "panel" }, h("h2", {}, title), content);
  const inUse = panel("Models in use, by open streams", models);
  const beside = h("div", {}, inUse, panel("Dead letters by reason", reasons));
  return h("div", { class: "overview" }, panel("Newest events", events), beside);
}

function makeTiles() {
  return {
    streams: tile("Streams open"),
    frames: tile("Frames a second"),
    share: tile("Enhanced"),
    latency: tile("Latency, p50 and p99"),
    sdr: tile("Estimated SDR"),
    concealed: tile("Concealed"),
    load: tile("Overloaded streams"),
    dead: tile("Dead letters"),
  };
}

/** The course of each tile's figures over ten minutes. */
function drawCourses(tiles, history) {
  const course = (name, colour, filled) => ({ values: history[name] ?? [], colour, filled });
  sparkline(tiles.streams.canvas, [course("streams", "after")], { min: 0 });
  sparkline(tiles.frames.canvas, [course("out", "after"), course("in", "before", false)], { min: 0 });
  sparkline(tiles.share.canvas, [course("enhanced", "after")], { min: 0, max: 1 });
  sparkline(tiles.latency.canvas, [course("p99", "info"), course("p50", "soft", false)], { min: 0 });
  sparkline(tiles.sdr.canvas, [course("sdrOut", "after"), course("sdrIn", "before", false)]);
  sparkline(tiles.concealed.canvas, [course("concealed", "info")], { min: 0 });
  sparkline(tiles.load.canvas, [course("overloaded", "bad")], { min: 0 });
  sparkline(tiles.dead.canvas, [course("dead", "bad")], { min: 0 });
}

/** How many streams there are, and how many of them are in trouble. */
function tellStreams(tiles, overview) {
  const of = (status) => overview.streams[status] ?? 0;
  fill(tiles.streams.value, count(overview.figures.streams));
  fill(tiles.streams.note, `${count(of("IDLE"))} idle, ${count(of("CLOSED"))} closed`);
  fill(tiles.load.value, count(of("OVERLOADED")));
  fill(
    tiles.load.note,
    of("UNANSWERED") ? `${count(of("UNANSWERED"))} without an answer` : "every stream is answered",
  );
}

/** How many frames pass, how they are treated, and how long the job has them. */
function tellFrames(tiles, history, feed) {
  fill(tiles.frames.value, count(recent(history.in, 3)), to(), count(recent(history.out, 3)));
  fill(
    tiles.frames.note,
    feed.lagRecords > 2000 ? `reading is ${count(feed.lagRecords)} records behind` : "in, and out",
  );
  fill(tiles.share.value, percent(recent(history.enhanced)));
  fill(tiles.share.note, `the rest went out dry: ${percent(recent(history.dry))}`);
  fill(tiles.concealed.value, percent(recent(history.concealed)));
  fill(tiles.concealed.note, "frames that replace lost audio");
  fill(
    tiles.latency.value,
    millis(recent(history.p50)),
    h("span", { class: "to" }, "/"),
    millis(worst(history.p99)),
    unit("ms"),
  );
  fill(tiles.latency.note, "Kafka to Kafka, last 10 s");
}

function tellSignal(tiles, history) {
  const before = recent(history.sdrIn);
  const after = recent(history.sdrOut);
  fill(
    tiles.sdr.value,
    h("span", { class: "before" }, db(before)),
    to(),
    h("span", { class: "after" }, db(after)),
    unit("dB"),
  );
  fill(tiles.sdr.note, before === null ? "no estimate yet" : `${db(after - before)} dB by the model's own estimate`);
}

function tellDeadLetters(tiles, overview) {
  fill(tiles.dead.value, count(overview.deadLetters));
  fill(
    tiles.dead.note,
    overview.deadLetters ? h("a", { href: "#/dead-letters" }, "see what and why") : "nothing was refused",
  );
}

function bars(counts, grade, none) {
  const entries = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  if (entries.length === 0) return h("p", { class: "quiet" }, none);
  const most = entries[0][1];
  return h(
    "ul",
    { class: "bars " + grade },
    entries.map(([name, value]) =>
      h(
        "li",
        {},
        h("span", { class: "name" }, name.includes("@") ? name : name.replaceAll("_", " ").toLowerCase()),
        h("span", {}, count(value)),
        h("span", { class: "line" }, h("i", { style: { width: (100 * value) / most + "%" } })),
      ),
    ),
  );
}
