// Models: what serves now, what is announced, what there is; announcing and rolling back.
import { get, post } from "./api.js";
import { fill, h } from "./dom.js";
import { DASH, count, duration, moment } from "./format.js";
import { eventList } from "./events.js";

export function open(main, shared) {
  const announced = h("section", { class: "panel" });
  const cards = h("section", { class: "panel" });
  const events = h("div", { class: "events", tabindex: "0", role: "region", "aria-label": "What happened to models" });
  const hint = h("p", { class: "quiet small push" });
  fill(main, h("div", { class: "head" }, h("h1", {}, "Models"), hint), announced,
    cards, h("section", { class: "panel" }, h("h2", {}, "What happened to models"), events));
  let known = { cards: [], announced: [], inUse: {}, events: [] };
  let loaded = 0;

  async function load() {
    loaded = Date.now();
    known = await get("/api/models");
    draw();
  }

  function draw() {
    hint.textContent = shared.health.mayAnnounce ? "" : "Announcing needs a console with a token: CLEARLINE_CONSOLE_TOKEN or --token-file.";
    fill(announced, h("h2", {}, "Announced"), known.announced.length === 0
      ? h("div", { class: "empty" }, "Nothing is announced: jobs run the models that they were started with.")
      : table(["Channel", "Model", "In force", "Announced", ""], known.announced.map((each) => [each.channel, mono(each.model), when(each.fromCaptureTimeMicros), moment(each.timeMillis), rollBack(each)])));
    fill(cards, h("h2", {}, "In the repository"), known.cards.length === 0
      ? h("div", { class: "empty" }, "The console was started without a model repository.")
      : table(["Model", "Channels", "Open streams", "Rate", "Delay", "Cost", "SDR gain", "STOI in, out", "Window, hop", ""],
        [...known.cards].reverse().map((card) => {
          const score = card.scores?.test ?? card.scores?.development;
          return [mono(card.model), h("span", {}, card.channels.map((name) => [h("span", { class: "tag" }, name), " "]).flat()), count(known.inUse[card.model] ?? 0), `${card.sampleRateHz / 1000} kHz`,
            `${card.algorithmicDelayMillis} ms`, `${(card.multiplyAddsPerSecond / 1e6).toFixed(1)} M/s`,
            score ? `${score.meanSdrGainDb.toFixed(1)} dB` : DASH, score?.meanStoiIn ? `${score.meanStoiIn.toFixed(2)}, ${score.meanStoiOut.toFixed(2)}` : DASH,
            `${card.windowSamples}, ${card.hopSamples}`, announceButton(card)];
        }), [2, 3, 4, 5, 6, 7, 8]));
    fill(events, eventList(known.events, true));
  }

  function announceButton(card) {
    return h("button", { type: "button", class: "button compact", disabled: !shared.health.mayAnnounce, onclick: () => ask(card.channels[0] ?? "live", card.model, "Announce") }, "Announce ...");
  }

  /** The version before the one that is announced. */
  function rollBack(announcement) {
    const [name] = announcement.model.split("@");
    const versions = known.cards.map((card) => card.model).filter((model) => model.startsWith(name + "@"));
    const before = versions[versions.indexOf(announcement.model) - 1];
    return before ? h("button", { type: "button", class: "button compact", disabled: !shared.health.mayAnnounce, onclick: () => ask(announcement.channel, before, "Roll back") }, `Roll back to ${before} ...`) : "";
  }

  function ask(channelName, model, verb) {
    const dialog = document.getElementById("dialog");
    const channel = h("input", { class: "field", value: channelName, required: true });
    const seconds = h("input", { class: "field", type: "number", min: "0", max: "86400", value: "0" });
    const says = h("p", {});
    const error = h("p", { class: "kind bad", role: "alert" });
    const tell = () => {
      const rate = known.cards.find((card) => card.model === model)?.sampleRateHz / 1000;
      const streams = Object.entries(known.inUse).filter(([name]) => known.cards.find((card) => card.model === name)?.sampleRateHz / 1000 === rate).reduce((sum, [, value]) => sum + value, 0);
      const moment_ = Number(seconds.value) > 0 ? `for audio captured from ${duration(1000 * seconds.value)} from now on` : "each at its next frame";
      fill(says, `Every running job with channel \u201c${channel.value}\u201d loads `, h("strong", {}, model), `, checks it, and swaps to it ${moment_}: now ${count(streams)} open streams at ${rate} kHz. No stream stops. A job that can't use the model refuses it and goes on as before.`);
    };
    channel.addEventListener("input", tell);
    seconds.addEventListener("input", tell);
    const go = async () => {
      try {
        await post("/api/models/announce", { channel: channel.value, model, inSeconds: Number(seconds.value) });
        dialog.close();
        setTimeout(load, 1500);
      } catch (e) {
        error.textContent = e.message;
      }
    };
    fill(dialog, h("div", { class: "form" }, h("h1", {}, `${verb}: ${model}`), says, h("label", {}, "Channel", channel), h("label", {}, "In so many seconds (0: at once)", seconds), error,
      h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"), h("button", { type: "button", class: "button main", onclick: go }, verb))));
    tell();
    dialog.showModal();
  }

  load().catch(() => {});
  return { second: () => { if (Date.now() - loaded > 4000 && !document.getElementById("dialog").open) load().catch(() => {}); } };
}

const mono = (text) => h("span", { class: "mono" }, text);

function when(fromMicros) {
  if (fromMicros === 0) return "from the next frame";
  const millis = fromMicros / 1000;
  return millis > Date.now() ? `in ${duration(millis - Date.now())}` : `since ${moment(millis)}`;
}

function table(heads, rows, numbers = []) {
  const place = (i) => (numbers.includes(i) ? { class: "n" } : {});
  return h("div", { class: "scrollx", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {}, h("thead", {}, h("tr", {}, heads.map((head, i) => h(head ? "th" : "td", place(i), head)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((each, i) => h("td", place(i), each)))))));
}
