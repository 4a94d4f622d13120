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

export class StreamRow {
  #set;
  #strips;
  #stripMillis = 0;
  #data = null;

  /** Makes a row, hidden until it shows something. */
  constructor(parent) {
    // The link covers the row: all of it can be clicked, and the row stays a row for screen readers.
    this.link = h("a", { href: "#" });
    const id = cell("id", this.link);
    const status = h("span", { class: "state" });
    const cells = {
      codec: cell("c-codec quiet"),
      age: cell("c-age quiet"),
      sdr: cell("c-sdr"),
      share: cell("c-share quiet"),
    };
    const bars = [h("i"), h("i")];
    const level = cell(
      "c-level",
      bars.map((bar, i) => h("span", { class: i ? "meter out" : "meter" }, bar)),
    );
    this.#strips = STRIP_MARKS.map((mark) => svg("path", { class: "strip-" + (mark === "." ? "none" : mark) }));
    const strip = svg(
      "svg",
      { viewBox: "0 0 60 15", preserveAspectRatio: "none", "aria-hidden": "true" },
      ...this.#strips,
    );
    this.element = h(
      "div",
      { class: "row item", role: "row", hidden: true },
      id,
      cell("c-state", status),
      cells.codec,
      cells.age,
      level,
      cells.sdr,
      cells.share,
      cell("c-strip", strip),
    );
    this.#set = {
      place: property((top) => {
        this.element.style.transform = `translateY(${top}px)`;
      }),
      hidden: property((hidden) => {
        this.element.hidden = hidden;
      }),
      index: property((index) => this.element.setAttribute("aria-rowindex", index + 2)),
      href: property((name) => {
        this.link.href = "#/stream/" + encodeURIComponent(name);
        id.title = name;
      }),
      state: property((name) => {
        status.dataset.s = name;
      }),
      levels: property((words) => level.setAttribute("aria-label", words)),
      in: meter(bars[0]),
      out: meter(bars[1]),
      id: text(this.link),
      status: text(status),
      codec: text(cells.codec),
      age: text(cells.age),
      sdr: text(cells.sdr),
      share: text(cells.share),
    };
    this.index = -1;
    parent.append(this.element);
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
    set.in(data.levelInDb);
    set.out(data.levelOutDb);
    set.levels(`${Math.round(data.levelInDb)} dB in, ${Math.round(data.levelOutDb)} dB out`);
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
