// Models: what serves now, what is announced, what there is; announcing and rolling back.
import { askToAnnounce } from "./announce-dialog.js";
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { DASH, count, duration, moment } from "./format.js";
import { eventList } from "./events.js";

const RELOAD_MILLIS = 4000;
/** A job answers an announcement within this time, mostly. */
const ANSWER_MILLIS = 1500;
const NO_TOKEN = "Announcing needs a console with a token: CLEARLINE_CONSOLE_TOKEN or --token-file.";
const ANNOUNCED = ["Channel", "Model", "In force", "Announced", ""];
const CARDS = [
  "Model",
  "Channels",
  "Open streams",
  "Rate",
  "Delay",
  "Multiply-adds a second",
  "SDR gain",
  "STOI in, out",
  "Window, hop",
  "",
];
const SCORED = "SDR gain and STOI compare only between versions whose cards name the same data.";
const CARD_NUMBERS = [2, 3, 4, 5, 6, 7, 8];

export function open(main, shared) {
  const announced = h("div");
  const cards = h("div");
  const events = h("div", { class: "events", tabindex: "0", role: "region", "aria-label": "What happened to models" });
  const hint = h("p", { class: "quiet small push" });
  const panel = (title, content) => h("section", { class: "panel" }, h("h2", {}, title), content);
  fill(
    main,
    h("div", { class: "head" }, h("h1", {}, "Models"), hint),
    panel("Announced", announced),
    panel("In the repository", cards),
    panel("What happened to models", events),
  );
  let loadedMillis = 0;

  async function load() {
    loadedMillis = Date.now();
    try {
      draw(await get("/api/models"));
    } catch {
      // The line above says what is wrong.
    }
  }

  function draw(known) {
    const { mayAnnounce } = shared.health;
    hint.textContent = mayAnnounce ? "" : NO_TOKEN;
    const ask = (channel, model, verb) =>
      askToAnnounce({ channel, model, verb }, known, () => setTimeout(load, ANSWER_MILLIS));
    const button = (words, label, onclick) => {
      const look = { type: "button", class: "button compact", disabled: !mayAnnounce, "aria-label": label };
      return h("button", { ...look, onclick }, words);
    };
    fill(announced, announcedTable(known, button, ask));
    fill(cards, cardTable(known, button, ask));
    fill(events, eventList(known.events));
  }

  load();
  return {
    second() {
      if (Date.now() - loadedMillis > RELOAD_MILLIS && !document.getElementById("dialog").open) load();
    },
  };
}

/** What is announced, with a button that goes back to the version before, where there is one. */
function announcedTable(known, button, ask) {
  if (known.announced.length === 0) {
    return h("div", { class: "empty" }, "Nothing is announced: jobs run the models that they were started with.");
  }
  const rollBack = (channel, before) =>
    button(`Roll back to ${before} ...`, `Roll back to ${before} in ${channel}`, () =>
      ask(channel, before, "Roll back"),
    );
  const rows = known.announced.map(({ channel, model, fromCaptureTimeMicros, timeMillis }) => {
    const before = versionBefore(model, known.cards);
    return [
      channel,
      mono(model),
      when(fromCaptureTimeMicros),
      moment(timeMillis),
      before ? rollBack(channel, before) : "",
    ];
  });
  return table(ANNOUNCED, rows);
}

/** The version of the same model that stands before it in the repository. */
function versionBefore(model, cards) {
  const [name] = model.split("@");
  const versions = cards.map((card) => card.model).filter((each) => each.startsWith(name + "@"));
  return versions[versions.indexOf(model) - 1];
}

/** The models of the repository, the newest first, each with a button that announces it. */
function cardTable(known, button, ask) {
  if (known.cards.length === 0) {
    return h("div", { class: "empty" }, "The console was started without a model repository.");
  }
  const rows = [...known.cards]
    .reverse()
    .map((card) => [
      ...cells(card, known.inUse),
      button("Announce ...", `Announce ${card.model}`, () => ask(card.channels[0] ?? "live", card.model, "Announce")),
    ]);
  return [table(CARDS, rows, CARD_NUMBERS), h("p", { class: "body quiet small" }, SCORED)];
}

/** A card's cells, without the button. */
function cells(card, inUse) {
  const score = card.scores?.test ?? card.scores?.development;
  const tags = card.channels.flatMap((name) => [h("span", { class: "tag" }, name), " "]);
  const stoi = score?.meanStoiIn ? `${score.meanStoiIn.toFixed(2)}, ${score.meanStoiOut.toFixed(2)}` : DASH;
  return [
    mono(card.model),
    h("span", {}, tags),
    count(inUse[card.model] ?? 0),
    `${card.sampleRateHz / 1000} kHz`,
    `${card.algorithmicDelayMillis} ms`,
    `${(card.multiplyAddsPerSecond / 1e6).toFixed(1)} million`,
    score ? `${score.meanSdrGainDb.toFixed(1)} dB` : DASH,
    stoi,
    `${card.windowSamples}, ${card.hopSamples}`,
  ];
}

const mono = (text) => h("span", { class: "mono" }, text);

function when(fromMicros) {
  if (fromMicros === 0) return "from the next frame";
  const millis = fromMicros / 1000;
  return millis > Date.now() ? `in ${duration(millis - Date.now())}` : `since ${moment(millis)}`;
}

function table(heads, rows, numbers = []) {
  const place = (i) => (numbers.includes(i) ? { class: "n" } : {});
  const head = h(
    "tr",
    {},
    heads.map((each, i) => h(each ? "th" : "td", place(i), each)),
  );
  const body = rows.map((row) =>
    h(
      "tr",
      {},
      row.map((each, i) => h("td", place(i), each)),
    ),
  );
  const whole = h("table", {}, h("thead", {}, head), h("tbody", {}, body));
  return h("div", { class: "scrollx", tabindex: "0", role: "region", "aria-label": "Table" }, whole);
}
