// The last minute of a stream, both sides, as the console sends it.

const SECONDS = 62;
export const ENHANCED = 1;
export const DRY = 2;
export const CONCEALED = 4;

/** Both sides by sample number, counted from the first that came. Both sides have the same numbers. */
export class AudioStore {
  constructor() {
    this.epoch = -1;
    this.newestSequence = -1;
    /** How many of the stream's frames had become complete by the last answer. */
    this.completed = 0;
    /** Is told from which sample to which one a late answer has been put in. */
    this.onMended = () => {};
    this.rate = 0;
    /** Counts how often everything began again. */
    this.generation = 0;
    this.#clear();
  }

  #clear() {
    this.generation++;
    this.newestSequence = -1;
    this.completed = 0;
    this.capacity = Math.max(1, SECONDS * this.rate);
    this.before = new Float32Array(this.capacity);
    this.after = new Float32Array(this.capacity);
    this.frames = [];
    this.end = 0;
  }

  /** Asks for everything, of what comes next. */
  forget() {
    this.epoch = -1;
    this.#clear();
  }

  get start() {
    return Math.max(0, this.end - 60 * this.rate);
  }

  /** Takes in an answer of /api/stream/audio; true when there was something new. */
  take(buffer) {
    const view = new DataView(buffer);
    const epoch = view.getInt32(0, true);
    const rate = view.getInt32(4, true);
    const frames = view.getInt32(8, true);
    if (epoch !== this.epoch || rate !== this.rate) {
      this.epoch = epoch;
      this.rate = rate;
      this.#clear();
    }
    let at = 16;
    for (let i = 0; i < frames; i++) {
      const samples = view.getInt32(at + 16, true);
      this.#take(view, buffer, at, samples);
      at += 24 + Math.ceil((4 * samples) / 8) * 8;
    }
    this.completed = view.getInt32(12, true);
    return frames > 0;
  }

  #take(view, buffer, at, samples) {
    const frame = {
      sequence: view.getFloat64(at, true),
      captureMicros: view.getFloat64(at + 8, true),
      flags: view.getInt32(at + 20, true),
      samples,
    };
    const sides = {
      before: new Int16Array(buffer, at + 24, samples),
      after: new Int16Array(buffer, at + 24 + 2 * samples, samples),
    };
    if (frame.sequence > this.newestSequence) this.#add(frame, sides);
    else this.#mend(frame, sides);
  }

  #add(frame, sides) {
    this.newestSequence = frame.sequence;
    this.frames.push({ ...frame, start: this.end });
    this.#write(this.end, sides);
    this.end += frame.samples;
    while (this.frames.length && this.frames[0].start + this.frames[0].samples <= this.start) this.frames.shift();
  }

  /** Puts in a frame that was here without its other side. */
  #mend(frame, sides) {
    const here = this.frames.findLast((each) => each.sequence <= frame.sequence);
    if (here?.sequence !== frame.sequence || here.samples !== frame.samples) return;
    here.flags = frame.flags;
    this.#write(here.start, sides);
    this.onMended(here.start, here.start + here.samples);
  }

  #write(start, { before, after }) {
    for (let i = 0; i < before.length; i++) {
      const place = (start + i) % this.capacity;
      this.before[place] = before[i] / 32768;
      this.after[place] = after[i] / 32768;
    }
  }

  /** Copies samples [from, to) of both sides. */
  copy(from, to) {
    const before = new Float32Array(to - from);
    const after = new Float32Array(to - from);
    for (let i = from; i < to; i++) {
      before[i - from] = this.before[i % this.capacity];
      after[i - from] = this.after[i % this.capacity];
    }
    return { before, after };
  }

  /** The sample that was captured at a moment; null where the minute does not hold it. */
  sampleAt(micros) {
    const frames = this.frames;
    if (frames.length === 0 || micros < frames[0].captureMicros) return null;
    let low = 0;
    let high = frames.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (frames[middle].captureMicros <= micros) low = middle;
      else high = middle - 1;
    }
    const into = ((micros - frames[low].captureMicros) * this.rate) / 1e6;
    return into > frames[low].samples + 3 * this.rate ? null : frames[low].start + into;
  }

  /** The factor that makes the after side as loud as the before side where it is loud: where somebody speaks. */
  levelMatch() {
    const block = Math.max(1, Math.round(this.rate / 50));
    const levels = [];
    for (let from = Math.max(this.start, this.end - 20 * this.rate); from + block <= this.end; from += block) {
      let before = 0;
      let after = 0;
      for (let i = from; i < from + block; i++) {
        before += this.before[i % this.capacity] ** 2;
        after += this.after[i % this.capacity] ** 2;
      }
      levels.push([before, after]);
    }
    levels.sort((a, b) => b[1] - a[1]);
    const loud = levels.slice(0, Math.max(1, Math.ceil(0.2 * levels.length)));
    const sum = (side) => loud.reduce((total, each) => total + each[side], 0);
    return loud.length && sum(1) > 0 ? Math.min(2, Math.max(0.5, Math.sqrt(sum(0) / sum(1)))) : 1;
  }
}
