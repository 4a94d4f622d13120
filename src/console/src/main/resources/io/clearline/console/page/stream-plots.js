// The pictures of one stream: spectrograms before and after, SDR, events, all over the same samples.
import { h, prepare } from "./dom.js";
import { Spectrogram } from "./spectrogram.js";
import { drawEvents, drawSdr, drawTreatment } from "./time-lines.js";

const COLUMNS_A_FRAME = 60;
/** Where the model's transform is not known: what most models have. */
const USUAL_WINDOW_SECONDS = 0.04;
/** The right edge runs after the newest sample by about this much, and a little faster where it is further behind. */
const EDGE_LAG_SECONDS = 0.35;
const EDGE_HURRY = 1.15;
/** For those who want little motion the pictures move on in steps. */
const LITTLE_MOTION = matchMedia("(prefers-reduced-motion: reduce)");
const STEP_MILLIS = 1000;

export class StreamPlots {
  /** How much time is shown. */
  seconds = 20;
  /** Both spectrograms; null before the first audio. */
  pictures = null;
  #detail = null;
  #transform = null;
  #canvases;
  #sizes = new Map();
  #tops = [h("span", { class: "scale" }), h("span", { class: "scale" })];
  #cursor = h("div", { class: "cursor", hidden: true });
  #edge = 0;
  #edgeMillis = 0;
  #drawn = "";
  #frame = 0;

  constructor(store, player) {
    this.store = store;
    this.player = player;
    const canvas = (place, label) => h("canvas", { class: place, role: "img", "aria-label": label });
    this.#canvases = {
      before: canvas("", "Spectrogram before"),
      after: canvas("", "Spectrogram after"),
      sdr: canvas("sdr", "Estimated SDR over time, with its band"),
      marks: canvas("marks", "How frames were treated, and events"),
    };
    const scale = (text) => h("span", { class: "scale" }, text);
    const plot = (name, ...axis) =>
      h("div", { class: "plot" }, h("div", { class: "axis" }, axis), this.#canvases[name]);
    this.element = h(
      "div",
      { class: "plots" },
      plot("before", h("b", { class: "before" }, "Before"), this.#tops[0], scale("0")),
      plot("after", h("b", { class: "after" }, "After"), this.#tops[1], scale("0")),
      plot("sdr", h("b", {}, "SDR"), scale("dB")),
      plot("marks", h("b", {}, "Events")),
      this.#cursor,
    );
    // Sizes are told, not asked for: to ask in each frame makes the browser lay out the page each time.
    this.#observer = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries) this.#sizes.set(target, contentRect);
      this.redraw();
    });
    for (const each of Object.values(this.#canvases)) this.#observer.observe(each);
    this.#step(performance.now());
  }

  #observer;

  /** Shows what the console says of the stream, and uses the transform of its model. */
  tell(detail, transform) {
    this.#detail = detail;
    this.#transform = transform;
  }

  /** Samples from one on have changed. */
  mend(sample) {
    this.pictures?.after.mend(sample);
    this.pictures?.before.mend(sample);
    this.redraw();
  }

  redraw() {
    this.#drawn = "";
  }

  /** The sample at the right edge. */
  get edge() {
    return this.#edge;
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
  }

  #step(now) {
    this.#frame = requestAnimationFrame((next) => this.#step(next));
    if (this.store.rate === 0 || this.#sizes.size === 0) return;
    const span = this.#span(now);
    this.#extend(span);
    const { pictures } = this;
    const newest = this.#detail?.sdr.at(-1)?.windowStartMicros;
    const ranges = [pictures.before, pictures.after].flatMap((each) => [each.first, each.next, each.stale]);
    const key = [Math.round(span.to), span.from, ...ranges, newest, this.#detail?.events[0]?.number].join();
    if (key !== this.#drawn) {
      this.#drawn = key;
      this.#draw(span);
    }
    this.#moveCursor(span);
  }

  /** Samples at both edges. The right one glides between arrivals instead of jumping with them. */
  #span(now) {
    const { rate, end } = this.store;
    if (LITTLE_MOTION.matches) {
      if (now - this.#edgeMillis >= STEP_MILLIS) this.#setEdge(end, now);
      return this.#upToEdge();
    }
    const hurry = end - this.#edge > EDGE_LAG_SECONDS * rate ? EDGE_HURRY : 1;
    const glided = this.#edge + ((now - this.#edgeMillis) / 1000) * rate * hurry;
    const jumps = this.#edge === 0 || Math.abs(end - this.#edge) > 2 * rate;
    this.#setEdge(jumps ? end : Math.min(end, glided), now);
    return this.#upToEdge();
  }

  #setEdge(sample, now) {
    this.#edge = sample;
    this.#edgeMillis = now;
  }

  #upToEdge() {
    return { from: this.#edge - this.seconds * this.store.rate, to: this.#edge };
  }

  /** The model's window and hop, at the stream's rate. */
  #shape() {
    const { rate } = this.store;
    const { sampleRateHz, windowSamples, hopSamples } = this.#transform ?? {
      sampleRateHz: rate,
      windowSamples: USUAL_WINDOW_SECONDS * rate,
      hopSamples: (USUAL_WINDOW_SECONDS / 2) * rate,
    };
    const ratio = rate / sampleRateHz;
    return {
      window: 2 * Math.round((windowSamples * ratio) / 2),
      hop: Math.max(1, Math.round(hopSamples * ratio)),
    };
  }

  #extend({ from }) {
    const { store } = this;
    const { window: window_, hop } = this.#shape();
    const key = [store.generation, window_, hop].join();
    if (this.pictures?.key !== key) {
      const columns = Math.ceil((60 * store.rate) / hop) + 2;
      this.pictures = {
        key,
        before: new Spectrogram(window_, hop, columns),
        after: new Spectrogram(window_, hop, columns),
      };
      for (const top of this.#tops) top.textContent = `${store.rate / 2000}k`;
    }
    for (const side of ["before", "after"]) this.pictures[side].extend(store[side], store, from, COLUMNS_A_FRAME);
  }

  #draw(span) {
    const { store } = this;
    const at = (micros) => store.sampleAt(micros);
    const points = (this.#detail?.sdr ?? []).map((point) => ({ ...point, at: at(point.windowStartMicros) }));
    const events = (this.#detail?.events ?? []).map((event) => ({ ...event, at: at(event.captureTimeMicros) }));
    this.pictures.before.draw(this.#prepare("before"), span);
    this.pictures.after.draw(this.#prepare("after"), span);
    drawSdr(
      this.#prepare("sdr"),
      span,
      points.filter((point) => point.at !== null),
      store.rate,
    );
    const marks = this.#prepare("marks");
    drawTreatment(marks, span, store.frames);
    drawEvents(
      marks,
      span,
      events.filter((event) => event.at !== null),
    );
  }

  #prepare(name) {
    const canvas = this.#canvases[name];
    const { width, height } = this.#sizes.get(canvas);
    return prepare(canvas, width, height);
  }

  #moveCursor({ from, to }) {
    const { playing, position } = this.player;
    const inside = playing && position >= from && position <= to;
    if (this.#cursor.hidden === inside) this.#cursor.hidden = !inside;
    const { width } = this.#sizes.get(this.#canvases.before);
    if (inside) this.#cursor.style.transform = `translateX(${((position - from) / (to - from)) * width}px)`;
  }
}
