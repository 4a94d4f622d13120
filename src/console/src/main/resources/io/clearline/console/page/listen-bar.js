// The controls above a stream's pictures: listening, the side that is heard, the channel, the time shown.
import { fill, h, icon } from "./dom.js";

const PLAY = "M4 2.5v11l9.5-5.5z";
const PAUSE = "M4 2.5h3v11H4zM9.5 2.5h3v11h-3z";
const SPANS_SECONDS = [10, 20, 30, 60];
/** Live is this far behind the newest sample, so that the next ones come in time. */
const LIVE_LAG_SECONDS = 0.4;

export class ListenBar {
  #ended = false;
  #where = h("span", { class: "quiet small push", role: "status" });
  #playButton = h("button", { type: "button", class: "button main", onclick: () => this.toggle() });
  #channels = h("select", { class: "field", "aria-label": "Channel", hidden: true });
  #sides;

  /**
   * @param onChannel is told which channel to show, from 0
   * @param onSeconds is told how many seconds to show
   */
  constructor(store, player, seconds, { onChannel, onSeconds }) {
    this.store = store;
    this.player = player;
    this.#channels.addEventListener("change", () => onChannel(Number(this.#channels.value)));
    this.#sides = ["before", "after"].map((side) => this.#sideButton(side));
    const all = { title: "Play from the oldest sample of the minute (0)", onclick: () => this.playAll() };
    const again = h("button", { type: "button", class: "button", ...all }, "From 60 s ago");
    const match = h("input", { type: "checkbox", checked: true, onchange: () => player.match(match.checked) });
    const spans = h(
      "select",
      { class: "field", "aria-label": "Time shown", onchange: () => onSeconds(Number(spans.value)) },
      SPANS_SECONDS.map((each) => h("option", { value: each, selected: each === seconds }, `${each} s`)),
    );
    this.element = h(
      "div",
      { class: "top player" },
      this.#playButton,
      again,
      h("div", { class: "ab", role: "group", "aria-label": "Side that is heard" }, this.#sides),
      h("label", { class: "check" }, match, "Same level"),
      this.#channels,
      spans,
      this.#where,
    );
    this.tellPlaying();
    this.tellPosition();
  }

  #sideButton(side) {
    const pressed = String(side === this.player.side);
    const look = { type: "button", "data-side": side, title: `Hear ${side} (${side === "before" ? "a" : "b"})` };
    return h(
      "button",
      { ...look, "aria-pressed": pressed, onclick: () => this.hear(side) },
      side === "before" ? "Before" : "After",
    );
  }

  hear(side) {
    this.player.hear(side);
    for (const button of this.#sides) button.setAttribute("aria-pressed", String(button.dataset.side === side));
  }

  hearOther() {
    this.hear(this.player.side === "after" ? "before" : "after");
  }

  /** Plays from the oldest sample. */
  playAll() {
    return this.#playFrom(this.store.start);
  }

  toggle() {
    if (this.player.playing) {
      this.player.pause();
      this.tellPlaying();
    } else this.#playFrom(this.#ended ? this.store.start : this.store.end - LIVE_LAG_SECONDS * this.store.rate);
  }

  async #playFrom(sample) {
    if (this.store.end === 0) return;
    try {
      await this.player.play(sample);
    } catch (error) {
      this.player.pause();
      this.tellProblem("The browser does not play: " + error.message);
    }
    this.tellPlaying();
  }

  /** Says what a stream's row says of it. */
  tell(row, channel) {
    this.#ended = row.status === "CLOSED" || row.status === "IDLE";
    this.tellPlaying();
    this.#channels.hidden = row.channels < 2;
    if (this.#channels.options.length === row.channels) return;
    const options = Array.from({ length: row.channels }, (_, i) => i);
    fill(
      this.#channels,
      options.map((i) => h("option", { value: i, selected: i === channel }, `Channel ${i + 1}`)),
    );
  }

  tellPlaying() {
    const words = this.player.playing ? "Pause" : this.#ended ? "Listen" : "Listen live";
    if (this.#playButton.textContent === words) return;
    fill(this.#playButton, icon(this.player.playing ? PAUSE : PLAY), h("span", {}, words));
  }

  /** Says in place of the position that something failed; until the position moves. */
  tellProblem(message) {
    this.#where.textContent = message;
  }

  /** Says which moment is heard; what has ended, and was heard to its end, is not played any more. */
  tellPosition() {
    if (this.#ended && this.player.playing && this.player.position >= this.store.end) {
      this.player.pause();
      this.tellPlaying();
    }
    const words = this.#position();
    if (this.#told !== words) this.#where.textContent = this.#told = words;
  }

  #told;

  #position() {
    const { store, player } = this;
    if (store.end === 0) return this.#ended ? "It has ended; none of its audio is at hand" : "Waiting for audio ...";
    if (!player.playing) return `${((store.end - store.start) / store.rate).toFixed(0)} s at hand`;
    const behind = Math.max(0, (store.end - player.position) / store.rate);
    if (this.#ended) return `${player.side}, ${behind.toFixed(1)} s to the end`;
    return `${player.side}, ${behind < 1 ? "live" : behind.toFixed(1) + " s ago"}`;
  }
}
