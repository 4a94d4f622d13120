// Samples that come in pieces over a network, played without a gap as long as they come in time.

const AHEAD_SECONDS = 0.06;
const MOST_SECONDS = 0.4;

/** Waits until a few pieces are there, then plays; skips ahead where too many have gathered. */
export class PlayBuffer {
  constructor(rate) {
    this.ahead = Math.round(AHEAD_SECONDS * rate);
    this.ring = new Float32Array(Math.round(MOST_SECONDS * rate));
    this.read = 0;
    this.write = 0;
    this.playing = false;
    this.audible = true;
  }

  /** Appends 16-bit samples. */
  add(samples) {
    for (const sample of samples) this.ring[this.write++ % this.ring.length] = sample / 32768;
    if (this.write - this.read > this.ring.length) this.read = this.write - this.ahead;
  }

  /** Fills a block; silence where nothing is there. */
  render(out) {
    if (!this.playing && this.write - this.read >= this.ahead) this.playing = true;
    for (let i = 0; i < out.length; i++) {
      const there = this.playing && this.read < this.write;
      const sample = there ? this.ring[this.read++ % this.ring.length] : 0;
      out[i] = this.audible ? sample : 0;
      if (!there) this.playing = false;
    }
  }
}
