// One stream: what it looks like and sounds like, before and after.
import { bytes, download, get } from "./api.js";
import { AudioStore, CONCEALED, DRY, ENHANCED } from "./audio-store.js";
import { colour, fill, h, icon, prepare } from "./dom.js";
import { DASH, STATUS, codec, count, db, duration, kind, percent } from "./format.js";
import { eventList } from "./events.js";
import { Player } from "./player.js";
import { Spectrogram } from "./spectrogram.js";

const POLL_MILLIS = 250;
const COLUMNS_A_FRAME = 60;
const PLAY = "M4 2.5v11l9.5-5.5z";
const PAUSE = "M4 2.5h3v11H4zM9.5 2.5h3v11h-3z";
/** Where the model's transform is not known: what most models have. */
const USUAL_WINDOW_SECONDS = 0.04;

export function open(main, shared, id) {
  const store = new AudioStore();
  const player = new Player(store);
  let detail = null;
  let transform = null;
  let pictures = null;
  let seconds = 20;
  let channel = 0;
  let closed = false;

  const status = h("span", { class: "state" });
  const playButton = h("button", { type: "button", class: "button main", onclick: toggle }, icon(PLAY), h("span", {}, "Listen live"));
  const againButton = h("button", { type: "button", class: "button", onclick: () => playFrom(store.start), title: "Play from the oldest sample of the minute (0)" }, "From 60 s ago");
  const sides = ["before", "after"].map((side) => h("button", { type: "button", "data-side": side, "aria-pressed": String(side === player.side), onclick: () => hear(side) }, side === "before" ? "Before" : "After"));
  const match = h("input", { type: "checkbox", checked: true, onchange: () => player.match(match.checked) });
  const spans = h("select", { class: "field", "aria-label": "Time shown", onchange: () => { seconds = Number(spans.value); } }, [10, 20, 30, 60].map((each) => h("option", { value: each, selected: each === seconds }, `${each} s`)));
  const channels = h("select", { class: "field", "aria-label": "Channel", hidden: true, onchange: () => listenTo(Number(channels.value)) });
  const where = h("span", { class: "quiet small push", role: "status" }, "Waiting for audio ...");
  const canvas = (kind_, label) => h("canvas", { class: kind_, role: "img", "aria-label": label });
  const plots = {
    before: canvas("", "Spectrogram before"), after: canvas("", "Spectrogram after"), sdr: canvas("sdr", "Estimated SDR over time, with its band"),
    marks: canvas("marks", "How frames were treated, and events"),
  };
  const cursor = h("div", { class: "cursor", hidden: true });
  const top = h("span", { class: "scale" });
  const top2 = h("span", { class: "scale" });
  const plotArea = h("div", { class: "plots" },
    h("div", { class: "plot" }, h("div", { class: "axis" }, h("b", { class: "before" }, "Before"), top, h("span", { class: "scale" }, "0")), plots.before),
    h("div", { class: "plot" }, h("div", { class: "axis" }, h("b", { class: "after" }, "After"), top2, h("span", { class: "scale" }, "0")), plots.after),
    h("div", { class: "plot" }, h("div", { class: "axis" }, h("b", {}, "SDR"), h("span", { class: "scale" }, "dB")), plots.sdr),
    h("div", { class: "plot" }, h("div", { class: "axis" }, h("b", {}, "Events")), plots.marks), cursor);
  const facts = h("dl", { class: "facts small" });
  const sdrNow = h("p", { class: "value", style: { fontSize: "22px", fontWeight: "600" } }, DASH);
  const sdrNote = h("p", { class: "quiet small" });
  const events = h("div", { class: "events", tabindex: "0", role: "region", "aria-label": "Events of this stream" });
  const save = (side) => h("button", { type: "button", class: "button compact", onclick: () => download("/api/stream/wav", { id, channel, side }, `${id.replaceAll(/[^\w.-]+/g, "_").slice(0, 60)}-${side}.wav`).catch((e) => { where.textContent = e.message; }) }, `WAV ${side}`);
  const transformNote = h("p", { class: "quiet small" });

  fill(main,
    h("div", { class: "head" }, h("a", { href: "#/streams", class: "quiet" }, "Streams"), h("span", { class: "quiet", "aria-hidden": "true" }, "/"), h("h1", {}, id), status),
    h("div", { class: "stream-grid" },
      h("section", { class: "panel" },
        h("div", { class: "top player" }, playButton, againButton, h("div", { class: "ab", role: "group", "aria-label": "Side that is heard" }, sides), h("label", { class: "check" }, match, "Same level"), channels, spans, where),
        plotArea),
      h("div", { class: "columns", style: { gridTemplateColumns: "minmax(0, 1fr)" } },
        h("section", { class: "panel" }, h("h2", {}, "Estimated SDR"), h("div", { class: "body" }, sdrNow, sdrNote)),
        h("section", { class: "panel" }, h("h2", {}, "Stream"), h("div", { class: "body" }, facts)),
        h("section", { class: "panel" }, h("h2", {}, "The last minute"), h("div", { class: "body", style: { display: "grid", gap: "10px" } }, h("div", { class: "chips" }, save("before"), save("after")), transformNote)),
        h("section", { class: "panel" }, h("h2", {}, "Events"), events))));

  /** Another channel is other audio: everything begins again. */
  function listenTo(chosen) {
    channel = chosen;
    player.forget();
    store.forget();
    detail = null;
    second();
    tellPlaying();
  }

  function tellChannels(count_) {
    channels.hidden = count_ < 2;
    if (channels.options.length !== count_) fill(channels, Array.from({ length: count_ }, (_, i) => h("option", { value: i, selected: i === channel }, `Channel ${i + 1}`)));
  }

  function hear(side) {
    player.hear(side);
    sides.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.side === side)));
  }

  async function playFrom(sample) {
    if (store.end === 0) return;
    await player.play(sample);
    tellPlaying();
  }

  function toggle() {
    if (player.playing) {
      player.pause();
      tellPlaying();
    } else {
      const ended = detail?.row.status === "CLOSED" || detail?.row.status === "IDLE";
      playFrom(ended ? store.start : store.end - 0.4 * store.rate);
    }
  }

  function tellPlaying() {
    const ended = detail?.row.status === "CLOSED" || detail?.row.status === "IDLE";
    fill(playButton, icon(player.playing ? PAUSE : PLAY), h("span", {}, player.playing ? "Pause" : ended ? "Listen" : "Listen live"));
  }

  async function poll() {
    while (!closed) {
      const started = Date.now();
      const asked = channel;
      try {
        const buffer = await bytes("/api/stream/audio", { id, channel, epoch: store.epoch, after: store.after_ });
        if (closed) return;
        if (asked === channel && store.take(buffer)) player.feed();
      } catch {
        // The line above says what is wrong.
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(50, POLL_MILLIS - (Date.now() - started))));
    }
  }

  /** The model's window and hop, at the stream's rate. */
  function shape() {
    const ratio = transform ? store.rate / transform.sampleRateHz : 1;
    const window_ = 2 * Math.round(((transform?.windowSamples ?? USUAL_WINDOW_SECONDS * store.rate) * ratio) / 2);
    const hop = Math.max(1, Math.round((transform?.hopSamples ?? (USUAL_WINDOW_SECONDS / 2) * store.rate) * ratio));
    return { window: window_, hop };
  }

  function grow() {
    if (store.rate === 0) return;
    const { window: window_, hop } = shape();
    const key = [channel, store.epoch, store.rate, window_, hop].join();
    if (pictures?.key !== key) {
      const columns = Math.ceil((60 * store.rate) / hop) + 2;
      pictures = { key, before: new Spectrogram(window_, hop, columns), after: new Spectrogram(window_, hop, columns) };
      top.textContent = top2.textContent = `${store.rate / 2000}k`;
    }
    pictures.before.extend(store.before, store.capacity, store.start, store.end, COLUMNS_A_FRAME);
    pictures.after.extend(store.after, store.capacity, store.start, store.end, COLUMNS_A_FRAME);
  }

  // The right edge glides between arrivals instead of jumping with them.
  let edge = 0;
  let edgeMillis = 0;

  function view(now) {
    const lag = 0.35 * store.rate;
    const target = store.end;
    if (edge === 0 || Math.abs(target - edge) > 2 * store.rate) edge = target;
    else edge = Math.min(target, edge + ((now - edgeMillis) / 1000) * store.rate * (target - edge > lag ? 1.15 : 1));
    edgeMillis = now;
    return { from: edge - seconds * store.rate, to: edge };
  }

  let drawn = "";

  function frame(now) {
    if (closed) return;
    requestAnimationFrame(frame);
    grow();
    if (!pictures) return;
    const { from, to } = view(now);
    const sdrKey = detail?.sdr.length ? detail.sdr.at(-1).windowStartMicros : 0;
    const key = [Math.round(to), from, pictures.before.next, pictures.after.next, plots.before.clientWidth, sdrKey, document.documentElement.dataset.theme].join();
    if (key !== drawn) {
      drawn = key;
      pictures.before.draw(plots.before, from, to);
      pictures.after.draw(plots.after, from, to);
      drawSdr(from, to);
      drawMarks(from, to);
    }
    drawCursor(from, to);
  }

  function drawCursor(from, to) {
    const inside = player.playing && player.position >= from && player.position <= to;
    cursor.hidden = !inside;
    if (inside) cursor.style.transform = `translateX(${((player.position - from) / (to - from)) * plots.before.clientWidth}px)`;
    const behind = store.rate ? Math.max(0, (store.end - player.position) / store.rate) : 0;
    const text = store.end === 0 ? "Waiting for audio ..." : player.playing ? `${player.side}, ${behind < 1 ? "live" : behind.toFixed(1) + " s ago"}` : `${((store.end - store.start) / store.rate).toFixed(0)} s at hand`;
    if (where.textContent !== text) where.textContent = text;
  }

  function drawSdr(from, to) {
    const { context, width, height } = prepare(plots.sdr);
    const points = (detail?.sdr ?? []).map((point) => ({ ...point, at: store.sampleAt(point.windowStartMicros) })).filter((point) => point.at !== null);
    const values = points.flatMap((point) => [point.in, point.low, point.high]);
    const low = Math.floor(Math.min(-5, ...values) / 5) * 5;
    const high = Math.ceil(Math.max(15, ...values) / 5) * 5;
    const x = (sample) => ((sample - from) / (to - from)) * width;
    const y = (value) => height - 6 - ((value - low) / (high - low)) * (height - 12);
    context.font = "10.5px " + getComputedStyle(document.body).fontFamily;
    for (let value = low; value <= high; value += high - low > 30 ? 10 : 5) {
      context.fillStyle = colour(value === 0 ? "strong-line" : "line");
      context.fillRect(0, Math.round(y(value)), width, 1);
      context.fillStyle = colour("faint");
      if (value > low && value < high) context.fillText(db(value).replace(".0", ""), 4, y(value) - 3);
    }
    const window_ = store.rate;
    const steps = points.flatMap((point) => [{ ...point, at: x(point.at) }, { ...point, at: x(point.at + window_) }]);
    if (steps.length === 0) return;
    context.beginPath();
    steps.forEach((point) => context.lineTo(point.at, y(point.high)));
    [...steps].reverse().forEach((point) => context.lineTo(point.at, y(point.low)));
    context.fillStyle = colour("band");
    context.fill();
    for (const [name, tint] of [["in", "before"], ["out", "after"]]) {
      context.beginPath();
      steps.forEach((point) => context.lineTo(point.at, y(point[name])));
      context.strokeStyle = colour(tint);
      context.lineWidth = 2;
      context.lineJoin = "round";
      context.stroke();
    }
  }

  function drawMarks(from, to) {
    const { context, width, height } = prepare(plots.marks);
    const x = (sample) => ((sample - from) / (to - from)) * width;
    const tints = { [ENHANCED]: colour("after"), [DRY]: colour("before"), [CONCEALED]: colour("info"), lost: colour("bad") };
    for (const each of store.frames) {
      if (each.start + each.samples < from) continue;
      const mark = each.flags & CONCEALED ? CONCEALED : each.flags & DRY ? DRY : each.flags & ENHANCED ? ENHANCED : "lost";
      context.fillStyle = tints[mark];
      context.globalAlpha = mark === ENHANCED ? 0.55 : 1;
      context.fillRect(x(each.start), height - 6, x(each.start + each.samples) - x(each.start) + 0.5, 4);
    }
    context.globalAlpha = 1;
    context.font = "600 10.5px " + getComputedStyle(document.body).fontFamily;
    for (const event of detail?.events ?? []) {
      const at = store.sampleAt(event.captureTimeMicros);
      if (at === null || at < from) continue;
      const { words, grade } = kind(event.kind);
      context.fillStyle = colour(grade || "soft");
      context.fillRect(x(at), 2, 2, height - 8);
      context.fillText(words, Math.min(x(at) + 5, width - 8 * words.length), 12);
    }
  }

  let loading = false;
  async function second() {
    if (loading) return;
    loading = true;
    const asked = channel;
    try {
      const answer = await get("/api/stream", { id, channel });
      if (closed || asked !== channel) return;
      detail = answer.stream;
      transform = answer.transform;
      tell();
    } catch (error) {
      if (error.status === 404) where.textContent = error.message;
    } finally {
      loading = false;
    }
  }

  let eventKey = "";
  function tell() {
    const { row, session } = detail;
    status.textContent = STATUS[row.status];
    status.dataset.s = row.status;
    tellPlaying();
    tellChannels(row.channels);
    transformNote.textContent = transform
      ? `Pictures use the transform of ${transform.model}: window ${transform.windowSamples}, hop ${transform.hopSamples} samples at ${transform.sampleRateHz / 1000} kHz.`
      : "The model's card is not at hand: pictures use a window of 40 ms and a hop of 20 ms.";
    const pairs = [["Codec", codec(row)], ["Model", row.model || DASH], ["Session", session || DASH], ["Age", duration(row.ageMillis)], ["Frames in, out", `${count(row.framesIn)}, ${count(row.framesOut)}`], ["Dry", percent(row.dryShare)], ["Concealed", percent(row.concealedShare)], ["Level in, out", `${Math.round(row.levelInDb)}, ${Math.round(row.levelOutDb)} dB`]];
    fill(facts, pairs.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
    if (row.sdr) {
      fill(sdrNow, h("span", { class: "before" }, db(row.sdr.in)), h("span", { class: "quiet" }, " \u2192 "), h("span", { class: "after" }, db(row.sdr.out)), h("span", { class: "unit" }, "dB"));
      sdrNote.textContent = `80 % band ${db(row.sdr.low)} to ${db(row.sdr.high)} dB`;
    } else {
      sdrNote.textContent = "No estimate yet: one comes each second.";
    }
    const newest = detail.events.length ? detail.events[0].number : 0;
    if (eventKey !== newest) fill(events, eventList(detail.events, false));
    eventKey = newest;
  }

  function key(event) {
    const keys = { " ": toggle, a: () => hear("before"), b: () => hear("after"), x: () => hear(player.side === "after" ? "before" : "after"), 0: () => playFrom(store.start) };
    if (!keys[event.key] || (event.key === " " && event.target.closest("button, summary, a"))) return false;
    keys[event.key]();
    return true;
  }

  poll();
  second();
  requestAnimationFrame(frame);
  // For tests and the curious: nothing else reads it.
  main.clearline = { store, player, pictures: () => pictures };
  return { second, key, redraw: () => { drawn = ""; }, close: () => { closed = true; player.close(); delete main.clearline; } };
}
