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

export function open(main, shared, id) {
  const store = new AudioStore();
  const player = new Player(store);
  const plots = new StreamPlots(store, player);
  const panels = new StreamPanels(save);
  const bar = new ListenBar(store, player, plots.seconds, {
    onChannel: listenTo,
    onSeconds: (seconds) => {
      plots.seconds = seconds;
    },
  });
  const status = h("span", { class: "state" });
  let channel = 0;
  let closed = false;
  let loading = false;

  fill(
    main,
    h(
      "div",
      { class: "head" },
      h("a", { href: "#/streams", class: "quiet" }, "Streams"),
      h("span", { class: "quiet", "aria-hidden": "true" }, "/"),
      h("h1", {}, id),
      status,
    ),
    h("div", { class: "stream-grid" }, h("section", { class: "panel" }, bar.element, plots.element), panels.element),
  );

  /** Another channel is other audio: everything begins again. */
  function listenTo(chosen) {
    channel = chosen;
    player.forget();
    store.forget();
    bar.tellPlaying();
    second();
  }

  function save(side) {
    const name = `${id.replaceAll(/[^\w.-]+/g, "_").slice(0, 60)}-${side}.wav`;
    download("/api/stream/wav", { id, channel, side }, name).catch((error) => bar.tellProblem(error.message));
  }

  async function poll() {
    while (!closed) {
      const started = Date.now();
      const asked = channel;
      try {
        const { epoch, newestSequence: after, completed } = store;
        const buffer = await bytes("/api/stream/audio", { id, channel, epoch, after, completed });
        if (closed) return;
        if (asked === channel && store.take(buffer)) player.feed();
        bar.tellPosition();
      } catch {
        // The line above says what is wrong.
      }
      const pause = Math.max(MIN_PAUSE_MILLIS, POLL_MILLIS - (Date.now() - started));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async function second() {
    if (loading) return;
    loading = true;
    const asked = channel;
    try {
      const { stream, transform } = await get("/api/stream", { id, channel });
      if (!closed && asked === channel) tell(stream, transform);
    } catch (error) {
      if (error.status === 404) bar.tellProblem(error.message);
    } finally {
      loading = false;
    }
  }

  function tell(detail, transform) {
    status.textContent = STATUS[detail.row.status];
    status.dataset.s = detail.row.status;
    bar.tell(detail.row, channel);
    panels.tell(detail, transform);
    plots.tell(detail, transform);
  }

  const keys = {
    " ": () => bar.toggle(),
    a: () => bar.hear("before"),
    b: () => bar.hear("after"),
    x: () => bar.hearOther(),
    0: () => bar.playAll(),
  };

  function key(event) {
    const pressesAnother = event.key === " " && event.target.closest("button, summary, a");
    if (!keys[event.key] || pressesAnother) return false;
    keys[event.key]();
    return true;
  }

  function close() {
    closed = true;
    player.close();
    plots.close();
    delete main.clearline;
  }

  store.onMended = (from, to) => {
    plots.mend(from);
    player.mend(from, to);
  };
  poll();
  second();
  // For tests and the curious: nothing else reads it.
  main.clearline = { store, player, pictures: () => plots.pictures };
  return { second, key, redraw: () => plots.redraw(), close };
}
