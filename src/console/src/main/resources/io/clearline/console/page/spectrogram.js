// A spectrogram that grows at its right end: each column is a hop of the model's transform.
import { Analyser } from "./fft.js";

const FLOOR_DB = -96;
const CEILING_DB = -18;

/** Colours from silence to full scale, even in lightness; the same in both themes, so that pictures compare. */
const SHADES = shades([
  [8, 10, 20],
  [28, 24, 62],
  [72, 32, 104],
  [128, 42, 112],
  [184, 60, 100],
  [230, 96, 78],
  [248, 150, 78],
  [252, 206, 122],
  [252, 250, 214],
]);

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
    // Columns first to next are there.
    this.first = 0;
    this.next = 0;
    // Columns from here on are of samples that have changed since.
    this.stale = Infinity;
  }

  /** Says that samples from one on have changed. */
  mend(sample) {
    this.stale = Math.max(this.first, Math.min(this.stale, Math.floor((sample - this.window) / this.hop)));
  }

  /**
   * Adds columns whose windows are complete, at most so many, the rest the next time: from sample from on to the
   * newest, then back to the oldest. What is in sight comes first.
   */
  extend(samples, { capacity, start, end }, from, most) {
    const oldest = Math.ceil(start / this.hop);
    const newest = Math.floor((end - this.window) / this.hop) + 1;
    if (this.next <= oldest) this.first = this.next = Math.max(oldest, Math.min(newest, Math.floor(from / this.hop)));
    for (let n = 0; n < most; n++) {
      if (this.stale < this.next) this.#compute(this.stale++, samples, capacity);
      else if (this.next < newest) this.#compute(this.next++, samples, capacity);
      else if (this.first > oldest && this.next - this.first < this.columns)
        this.#compute(--this.first, samples, capacity);
    }
    this.first = Math.max(this.first, this.next - this.columns);
    this.stale = this.stale < this.next ? Math.max(this.first, this.stale) : Infinity;
  }

  #compute(column, samples, capacity) {
    const from = column * this.hop;
    this.analyser.levels((i) => samples[(from + i) % capacity], this.levels);
    this.#paint(column % this.columns);
  }

  #paint(x) {
    const { bins } = this.analyser;
    for (let k = 0; k < bins; k++) {
      const share = (this.levels[k] - FLOOR_DB) / (CEILING_DB - FLOOR_DB);
      const shade = Math.round(255 * Math.max(0, Math.min(1, share)));
      const at = 4 * (bins - 1 - k);
      for (let c = 0; c < 3; c++) this.image.data[at + c] = SHADES[3 * shade + c];
      this.image.data[at + 3] = 255;
    }
    this.pixels.putImageData(this.image, x, 0);
  }

  /** Draws samples [from, to) across a prepared canvas; a column stands at the middle of its window. */
  draw({ context, width, height }, { from, to }) {
    context.fillStyle = `rgb(${SHADES[0]}, ${SHADES[1]}, ${SHADES[2]})`;
    context.fillRect(0, 0, width, height);
    context.imageSmoothingEnabled = true;
    const first = Math.max(this.first, Math.floor((from - this.window / 2) / this.hop));
    const last = Math.min(this.next, Math.ceil((to - this.window / 2) / this.hop));
    const x = (column) => ((column * this.hop + (this.window - this.hop) / 2 - from) / (to - from)) * width;
    for (let column = first; column < last;) {
      // Up to where the ring begins again.
      const until = Math.min(last, column + this.columns - (column % this.columns));
      const across = x(until) - x(column);
      const { height: bins } = this.ring;
      context.drawImage(this.ring, column % this.columns, 0, until - column, bins, x(column), 0, across, height);
      column = until;
    }
  }
}
