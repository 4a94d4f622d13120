// A spectrogram that grows at its right end: each column is a hop of the model's transform.
import { prepare } from "./dom.js";
import { Analyser } from "./fft.js";

const FLOOR_DB = -96;
const CEILING_DB = -18;

/** Colours from silence to full, dark to bright, even in lightness; the same in both themes, so that pictures compare. */
const SHADES = shades([[8, 10, 20], [28, 24, 62], [72, 32, 104], [128, 42, 112], [184, 60, 100], [230, 96, 78], [248, 150, 78], [252, 206, 122], [252, 250, 214]]);

function shades(stops) {
  const table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) table[3 * i + c] = stops[low][c] + (at - low) * (stops[low + 1][c] - stops[low][c]);
  }
  return table;
}

/** One side's columns of the last minute, in a ring of pixels. */
export class Spectrogram {
  constructor(windowSamples, hopSamples, columns) {
    this.analyser = new Analyser(windowSamples);
    this.window = windowSamples;
    this.hop = hopSamples;
    this.columns = columns;
    this.levels = new Float32Array(this.analyser.bins);
    this.ring = document.createElement("canvas");
    this.ring.width = columns;
    this.ring.height = this.analyser.bins;
    this.pixels = this.ring.getContext("2d", { willReadFrequently: true });
    this.image = this.pixels.createImageData(1, this.analyser.bins);
    this.next = 0;
  }

  /** Adds the columns whose windows are complete; at most so many, the rest the next time. */
  extend(samples, capacity, start, end, most) {
    this.next = Math.max(this.next, Math.ceil(start / this.hop));
    for (let n = 0; n < most && this.next * this.hop + this.window <= end; n++, this.next++) {
      const from = this.next * this.hop;
      this.analyser.levels((i) => samples[(from + i) % capacity], this.levels);
      this.#column(this.next % this.columns);
    }
    return this.next * this.hop + this.window > end;
  }

  #column(x) {
    const { bins } = this.analyser;
    for (let k = 0; k < bins; k++) {
      const shade = Math.max(0, Math.min(255, Math.round((255 * (this.levels[k] - FLOOR_DB)) / (CEILING_DB - FLOOR_DB))));
      const at = 4 * (bins - 1 - k);
      for (let c = 0; c < 3; c++) this.image.data[at + c] = SHADES[3 * shade + c];
      this.image.data[at + 3] = 255;
    }
    this.pixels.putImageData(this.image, x, 0);
  }

  /** Draws samples [from, to) across a canvas; a column stands at the middle of its window. */
  draw(canvas, from, to) {
    const { context, width, height } = prepare(canvas);
    context.fillStyle = `rgb(${SHADES[0]}, ${SHADES[1]}, ${SHADES[2]})`;
    context.fillRect(0, 0, width, height);
    context.imageSmoothingEnabled = true;
    const oldest = Math.max(0, this.next - this.columns);
    const first = Math.max(oldest, Math.floor((from - this.window / 2) / this.hop));
    const last = Math.min(this.next, Math.ceil((to - this.window / 2) / this.hop));
    const x = (column) => (((column + 0.5) * this.hop + (this.window - this.hop) / 2 - this.hop / 2 - from) / (to - from)) * width;
    for (let column = first; column < last;) {
      const until = Math.min(last, column + this.columns - (column % this.columns));
      context.drawImage(this.ring, column % this.columns, 0, until - column, this.ring.height, x(column), 0, x(until) - x(column), height);
      column = until;
    }
  }
}
