// A row of the list of streams, which shows now this stream, now that one.
import { stripPaths } from "./charts.js";
import { h, svg } from "./dom.js";
import { DASH, STATUS, age, codec, db, percent } from "./format.js";

/** A strip moves on by a cell a second; seen from a list, five seconds are soon enough. */
const STRIP_MILLIS = 5000;
const STRIP_MARKS = ["e", "d", "c", "."];
const SILENCE_DB = -60;

const cell = (place, ...children) => h("span", { class: place, role: "cell" }, ...children);

/** A text that is written only where it changes: each write makes the browser lay out its row. */
function text(parent) {
  const node = document.createTextNode("");
  let shown = "";
  parent.append(node);
  return (value) => {
    if (shown !== value) node.data = shown = value;
  };
}

/** A property of an element that is written only where it changes. */
function property(write) {
  let shown;
  return (value) => {
    if (shown !== value) write((shown = value));
  };
}

function meter(bar) {
  const across = property((value) => {
    bar.style.transform = `scaleX(${value})`;
  });
  return (levelDb) => across(Math.max(0, Math.min(1, 1 - levelDb / SILENCE_DB)).toFixed(2));
}

function bandDb({ low, out, high }) {
  return Math.max(high - out, out - low);
}

/** The elements of a row, and writers that set them: each writes only what changes. */
function parts() {
  // The link covers the row: all of it can be clicked, and the row stays a row for screen readers.
  const link = h("a", { href: "#" });
  const id = cell("id", link);
  const status = h("span", { class: "state" });
  const codecCell = cell("c-codec quiet");
  const ageCell = cell("c-age quiet");
  const level = levelCell();
  const sdr = cell("c-sdr");
  const share = cell("c-share quiet");
  const strip = stripCell();
  const cells = [id, cell("c-state", status), codecCell, ageCell, level.element, sdr, share, strip.element];
  const element = h("div", { class: "row item", role: "row", hidden: true }, cells);
  const set = {
    place: property((top) => {
      element.style.transform = `translateY(${top}px)`;
    }),
    hidden: property((hidden) => {
      element.hidden = hidden;
    }),
    index: property((index) => element.setAttribute("aria-rowindex", index + 2)),
    href: property((name) => {
      link.href = "#/stream/" + encodeURIComponent(name);
      id.title = name;
    }),
    state: property((name) => {
      status.dataset.s = name;
    }),
    levels: level.set,
    id: text(link),
    status: text(status),
    codec: text(codecCell),
    age: text(ageCell),
    sdr: text(sdr),
    share: text(share),
  };
  return { element, link, set, strips: strip.paths };
}

/** Two meters, and their levels in words. */
function levelCell() {
  const bars = [h("i"), h("i")];
  const element = cell(
    "c-level",
    bars.map((bar, i) => h("span", { class: i ? "meter out" : "meter" }, bar)),
  );
  const [into, out] = bars.map(meter);
  const words = property((value) => element.setAttribute("aria-label", value));
  const set = (inDb, outDb) => {
    into(inDb);
    out(outDb);
    words(`${Math.round(inDb)} dB in, ${Math.round(outDb)} dB out`);
  };
  return { element, set };
}

/** A strip of the last minute, a path for each treatment. */
function stripCell() {
  const paths = STRIP_MARKS.map((mark) => svg("path", { class: "strip-" + (mark === "." ? "none" : mark) }));
  const box = { viewBox: "0 0 60 15", preserveAspectRatio: "none", "aria-hidden": "true" };
  return { element: cell("c-strip", svg("svg", box, ...paths)), paths };
}

export class StreamRow {
  #set;
  #strips;
  #stripMillis = 0;
  #data = null;

  /** Makes a row, hidden until it shows something. */
  constructor(parent) {
    const { element, link, set, strips } = parts();
    this.element = element;
    this.link = link;
    this.#set = set;
    this.#strips = strips;
    this.index = -1;
    parent.append(element);
  }

  get isShown() {
    return !this.element.hidden;
  }

  hide() {
    this.#set.hidden(true);
    this.index = -1;
    this.#data = null;
  }

  /** Shows a stream at its place in the list. The same data again cost nothing. */
  show(data, index, top) {
    this.index = index;
    this.#set.hidden(false);
    this.#set.place(top);
    this.#set.index(index);
    if (data === this.#data) return;
    const another = data.id !== this.#data?.id;
    this.#data = data;
    this.#write(data);
    const now = performance.now();
    if (another || now - this.#stripMillis > STRIP_MILLIS) {
      this.#stripMillis = now;
      this.#drawStrip(data);
    }
  }

  #write(data) {
    const set = this.#set;
    set.href(data.id);
    set.id(data.id);
    set.state(data.status);
    set.status(STATUS[data.status]);
    set.codec(codec(data));
    set.age(age(data.ageMillis));
    set.levels(data.levelInDb, data.levelOutDb);
    set.sdr(data.sdr ? `${db(data.sdr.in)} \u2192 ${db(data.sdr.out)} \u00b1 ${bandDb(data.sdr).toFixed(1)} dB` : DASH);
    set.share(data.framesOut ? `${percent(data.dryShare)}, ${percent(data.concealedShare)}` : DASH);
  }

  #drawStrip({ levels, marks }) {
    const paths = stripPaths(levels, marks);
    this.#strips.forEach((path, i) => {
      const line = paths[STRIP_MARKS[i]] ?? "";
      if (path.getAttribute("d") !== line) path.setAttribute("d", line);
    });
  }
}
