// One stream: what it looks like and sounds like, before and after.
import { bytes, download, get } from "./api.js";
import { AudioStore } from "./audio-store.js";
import { fill, h } from "./dom.js";
import { STATUS } from "./format.js";
import { ListenBar } from "./listen-bar.js";
import { Player } from "./player.js";
import { StreamPanels } from "./stream-panels.js";
import { StreamPlots } from "./stream-plots.js";

const POLL_MILLIS = 250;
const MIN_PAUSE_MILLIS = 50;
/** A stream that was begun just now, by a file or a microphone, is not known before this time. */
const FIRST_FRAME_MILLIS = 5000;

export function open(main, shared, id) {
  const view = new StreamView(id);
  fill(
    main,
    h(
      "div",
      { class: "head" },
      h("a", { href: "#/streams", class: "quiet" }, "Streams"),
      h("span", { class: "quiet", "aria-hidden": "true" }, "/"),
      h("h1", {}, id),
      view.status,
    ),
    view.element,
  );
  view.start();
  // For tests and the curious: nothing else reads it.
  main.clearline = { store: view.store, player: view.player, plots: view.plots, pictures: () => view.plots.pictures };
  return {
    second: () => view.load(),
    key: (event) => view.key(event),
    redraw: () => view.plots.redraw(),
    close() {
      view.close();
      delete main.clearline;
    },
  };
}

/** Pictures, sound and figures of one channel of a stream, from when it is opened until it is closed. */
class StreamView {
  store = new AudioStore();
  player = new Player(this.store);
  plots = new StreamPlots(this.store, this.player);
  status = h("span", { class: "state" });
  #panels = new StreamPanels((side) => this.#save(side));
  #bar = new ListenBar(this.store, this.player, this.plots.seconds, {
    onChannel: (channel) => this.#listenTo(channel),
    onSeconds: (seconds) => {
      this.plots.seconds = seconds;
    },
  });
  #keys = {
    " ": () => this.#bar.toggle(),
    a: () => this.#bar.hear("before"),
    b: () => this.#bar.hear("after"),
    x: () => this.#bar.hearOther(),
    0: () => this.#bar.playAll(),
  };
  #id;
  #openedMillis = Date.now();
  #channel = 0;
  #closed = false;
  #loading = false;

  constructor(id) {
    this.#id = id;
    this.element = h(
      "div",
      { class: "stream-grid" },
      h("section", { class: "panel" }, this.#bar.element, this.plots.element),
      this.#panels.element,
    );
    this.store.onMended = (from, to) => {
      this.plots.mend(from);
      this.player.mend(from, to);
    };
  }

  start() {
    this.#follow();
    this.load();
  }

  /** Another channel is other audio: everything begins again. */
  #listenTo(chosen) {
    this.#channel = chosen;
    this.player.forget();
    this.store.forget();
    this.#bar.tellPlaying();
    this.load();
  }

  #save(side) {
    const name = `${this.#id.replaceAll(/[^\w.-]+/g, "_").slice(0, 60)}-${side}.wav`;
    download("/api/stream/wav", { id: this.#id, channel: this.#channel, side }, name).catch((error) =>
      this.#bar.tellProblem(error.message),
    );
  }

  /** Asks for audio, a few times a second. */
  async #follow() {
    while (!this.#closed) {
      const started = Date.now();
      try {
        await this.#take();
      } catch {
        // The line above says what is wrong.
      }
      const pause = Math.max(MIN_PAUSE_MILLIS, POLL_MILLIS - (Date.now() - started));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #take() {
    const channel = this.#channel;
    const { epoch, newestSequence: after, completed } = this.store;
    const buffer = await bytes("/api/stream/audio", { id: this.#id, channel, epoch, after, completed });
    if (this.#closed) return;
    if (channel === this.#channel && this.store.take(buffer)) this.player.feed();
    this.#bar.tellPosition();
  }

  /** Asks for the stream's figures. */
  async load() {
    if (this.#loading) return;
    this.#loading = true;
    const channel = this.#channel;
    try {
      const { stream, transform } = await get("/api/stream", { id: this.#id, channel });
      if (!this.#closed && channel === this.#channel) this.#tell(stream, transform);
    } catch (error) {
      const mayBegin = Date.now() - this.#openedMillis < FIRST_FRAME_MILLIS;
      if (error.status === 404 && !mayBegin) this.#bar.tellProblem(error.message);
    } finally {
      this.#loading = false;
    }
  }

  #tell(detail, transform) {
    this.status.textContent = STATUS[detail.row.status];
    this.status.dataset.s = detail.row.status;
    this.#bar.tell(detail.row, this.#channel);
    this.#panels.tell(detail, transform);
    this.plots.tell(detail, transform);
  }

  /** Whether the key was one of its own. */
  key(event) {
    const pressesAnother = event.key === " " && event.target.closest("button, summary, a");
    if (!this.#keys[event.key] || pressesAnother) return false;
    this.#keys[event.key]();
    return true;
  }

  close() {
    this.#closed = true;
    this.player.close();
    this.plots.close();
  }
}
