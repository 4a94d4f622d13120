// Plays a stream's last minute and what follows, before or after.

/** Makes the node that plays; for an OfflineAudioContext too. */
export async function makeNode(context, capacity) {
  await context.audioWorklet.addModule("ab-worklet.js");
  return new AudioWorkletNode(context, "clearline-ab", {
    numberOfInputs: 0,
    outputChannelCount: [1],
    processorOptions: { capacity },
  });
}

export class Player {
  /** @param store holds both sides */
  constructor(store) {
    this.store = store;
    this.position = 0;
    this.playing = false;
    this.side = "after";
    this.matched = true;
  }

  /** Starts at a sample. */
  async play(from) {
    this.playing = true;
    if (!this.node || this.epoch !== this.store.epoch) await this.#build();
    const first = Math.max(this.store.start, Math.floor(from));
    this.sent = first;
    this.position = first;
    // Moves on what is sent.
    this.feed();
    this.node.port.postMessage({ seek: first, hear: this.side });
    await this.context.resume();
  }

  async #build() {
    await this.context?.close();
    this.epoch = this.store.epoch;
    // At the stream's own rate: no conversion of ours comes between.
    this.context = new AudioContext({ sampleRate: this.store.rate, latencyHint: "interactive" });
    this.node = await makeNode(this.context, this.store.capacity);
    this.node.port.onmessage = ({ data }) => {
      if (this.playing) this.position = data;
    };
    this.node.connect(this.context.destination);
  }

  /** Hands over what has come since the last time. */
  feed() {
    if (!this.playing || !this.node || this.sent === undefined) return;
    if (this.epoch !== this.store.epoch) {
      this.pause();
      return;
    }
    if (this.store.end > this.sent) {
      const { before, after } = this.store.copy(this.sent, this.store.end);
      this.node.port.postMessage({ add: { from: this.sent, before, after } });
      this.sent = this.store.end;
    }
    this.node.port.postMessage({ gain: this.matched ? this.store.levelMatch() : 1 });
  }

  /** Hands over again what has changed. */
  mend(from, to) {
    if (this.node && this.epoch === this.store.epoch)
      this.node.port.postMessage({ mend: { from, ...this.store.copy(from, to) } });
  }

  pause() {
    this.playing = false;
    this.context?.suspend();
  }

  /** What comes next is of something else. */
  forget() {
    this.pause();
    this.epoch = undefined;
  }

  hear(side) {
    this.side = side;
    this.node?.port.postMessage({ hear: side });
  }

  match(matched) {
    this.matched = matched;
    this.feed();
  }

  close() {
    this.playing = false;
    this.context?.close();
  }
}
