// Plays one of two sides and changes over without losing or repeating a sample.

const FADE_SECONDS = 0.005;

/** Both sides run along together; what is heard moves from one to the other within five milliseconds. */
export class AbMixer {
  constructor(rate, capacity) {
    this.capacity = capacity;
    this.before = new Float32Array(capacity);
    this.after = new Float32Array(capacity);
    this.start = 0;
    this.end = 0;
    this.position = 0;
    this.gain = 1;
    this.share = 1;
    this.target = 1;
    this.step = 1 / Math.max(1, Math.round(FADE_SECONDS * rate));
  }

  /** Appends samples of both sides; they go on from the ones before. */
  add(from, before, after) {
    if (from !== this.end) {
      this.start = from;
      this.end = from;
    }
    this.#write(from, before, after);
    this.end = from + before.length;
    this.start = Math.max(this.start, this.end - this.capacity);
  }

  /** Puts other samples in the place of some that are here. */
  mend(from, before, after) {
    if (from >= this.start && from + before.length <= this.end) this.#write(from, before, after);
  }

  #write(from, before, after) {
    for (let i = 0; i < before.length; i++) {
      this.before[(from + i) % this.capacity] = before[i];
      this.after[(from + i) % this.capacity] = after[i];
    }
  }

  /** Goes to a sample. */
  seek(position) {
    this.position = Math.max(this.start, Math.min(position, this.end));
  }

  /** "before" or "after". */
  hear(side) {
    this.target = side === "after" ? 1 : 0;
  }

  /** Fills a block; silence, without moving on, where no sample is there yet. */
  render(out) {
    if (this.position < this.start) this.position = this.start;
    for (let i = 0; i < out.length; i++) {
      if (this.position >= this.end) {
        out[i] = 0;
        continue;
      }
      const place = this.position++ % this.capacity;
      if (this.share < this.target) this.share = Math.min(this.target, this.share + this.step);
      else if (this.share > this.target) this.share = Math.max(this.target, this.share - this.step);
      out[i] = this.share * this.gain * this.after[place] + (1 - this.share) * this.before[place];
    }
  }
}
