// Which view is shown, the line to the console, the theme, the keys.
import { follow, get, hasToken, onTokenWanted, setToken } from "./api.js";
import { fill, h } from "./dom.js";
import { acceptFiles } from "./file-drops.js";
import { count } from "./format.js";
import * as overview from "./overview.js";
import * as streams from "./streams.js";
import * as stream from "./stream.js";
import * as deadLetters from "./dead-letters.js";
import * as models from "./models.js";
import * as tryFile from "./try-file.js";

const VIEWS = {
  overview: [overview, "Overview"],
  streams: [streams, "Streams"],
  stream: [stream, "Stream"],
  "dead-letters": [deadLetters, "Dead letters"],
  models: [models, "Models"],
  try: [tryFile, "Try it"],
};
const HISTORY_SECONDS = 600;

/** What the views share: the course of the figures, the newest second, what the console is, a file to be sent. */
const shared = {
  history: {},
  second: null,
  health: { mayAnnounce: false, hasGateway: false, kafka: "" },
  droppedFile: null,
};
let shown = null;

function show() {
  const [name, ...rest] = location.hash.replace(/^#\//, "").split("/");
  const [view, title] = VIEWS[name] ?? VIEWS.overview;
  const argument = decoded(rest.join("/"));
  shown?.close?.();
  const main = document.getElementById("view");
  fill(main);
  document.title = (argument || title) + " \u00b7 Clearline";
  const tab = name === "stream" ? "streams" : VIEWS[name] ? name : "overview";
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.getAttribute("href") === "#/" + tab) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  window.scrollTo(0, 0);
  shown = view.open(main, shared, argument) ?? {};
  if (shared.second) shown.second?.(shared.second);
}

/** An address that somebody typed may be no encoding of anything: then it is meant as it stands. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whatever view is open, a dropped file is sent as in the view for it. */
function takeFile(file) {
  shared.droppedFile = file;
  if (location.hash === "#/try") show();
  else location.hash = "#/try";
}

function remember(second) {
  for (const [name, value] of Object.entries(second.overview.figures)) {
    const course = (shared.history[name] ??= []);
    course.push(value);
    if (course.length > HISTORY_SECONDS) course.shift();
  }
}

let away = false;

function takeSecond(second) {
  if (away) load();
  away = false;
  shared.second = second;
  remember(second);
  tellLink(second.feed);
  const badge = document.getElementById("dead-badge");
  badge.hidden = second.overview.deadLetters === 0;
  badge.textContent = count(second.overview.deadLetters);
  shown?.second?.(second);
}

function tellLink(feed) {
  const link = document.getElementById("link");
  link.dataset.state = !feed.connected ? "bad" : feed.message ? "warn" : "good";
  const words = feed.connected ? (feed.message ? "Topics missing" : "Live") : "Kafka is away";
  const text = link.querySelector("span");
  if (text.textContent !== words) text.textContent = words;
  link.title = feed.connected ? `Kafka at ${shared.health.kafka}` : feed.message;
  tellBanner(feed.message);
}

function tellBanner(message) {
  const banner = document.getElementById("banner");
  if (banner.textContent !== message) banner.textContent = message;
  banner.hidden = !message;
}

/** @param reason why the console shows nothing more, in its own words; empty where it does not answer */
function takeAway(reason) {
  away = true;
  const link = document.getElementById("link");
  link.dataset.state = "bad";
  link.querySelector("span").textContent = reason ? "Refused" : "Console is away";
  tellBanner(
    reason ||
      "The console does not answer. What is shown is from before; it goes on by itself when the console is back.",
  );
}

async function load() {
  try {
    shared.health = await get("/api/health");
    const { history } = await get("/api/overview");
    shared.history = history;
    if (shared.second) shown?.second?.(shared.second);
  } catch {
    // The live line says what is wrong.
  }
}

function wantToken() {
  const dialog = document.getElementById("dialog");
  if (dialog.open) return;
  const input = h("input", {
    class: "field mono",
    type: "password",
    autocomplete: "off",
    required: true,
    name: "token",
  });
  const enter = (event) => {
    event.preventDefault();
    setToken(input.value.trim());
    dialog.close();
    load();
    show();
  };
  const words = "The console did not take that token.";
  const refused = hasToken() && h("p", { class: "kind bad", role: "alert" }, words);
  const form = h(
    "div",
    { class: "form" },
    h("h1", {}, "This console asks for a token"),
    refused,
    h("p", { class: "quiet" }, "Whoever started it has it. It is kept in this tab only."),
    h("label", {}, "Token", input),
    h(
      "div",
      { class: "actions" },
      h("button", { class: "button main", type: "button", onclick: enter }, "Open the console"),
    ),
  );
  input.addEventListener("keydown", (event) => event.key === "Enter" && enter(event));
  fill(dialog, form);
  dialog.showModal();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("clearline.theme", theme);
  shown?.redraw?.();
}

function otherTheme() {
  setTheme(document.documentElement.dataset.theme === "light" ? "dark" : "light");
}

const KEYS = { 1: "overview", 2: "streams", 3: "dead-letters", 4: "models", 5: "try" };

function press(event) {
  const typing = event.target.closest?.("input, select, textarea, dialog");
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (KEYS[event.key]) location.hash = "#/" + KEYS[event.key];
  else if (event.key === "t") otherTheme();
  else if (shown?.key?.(event)) event.preventDefault();
}

const light = matchMedia("(prefers-color-scheme: light)").matches;
setTheme(localStorage.getItem("clearline.theme") ?? (light ? "light" : "dark"));
document.getElementById("theme").addEventListener("click", otherTheme);
document.addEventListener("keydown", press);
window.addEventListener("hashchange", show);
window.addEventListener("resize", () => shown?.redraw?.());
acceptFiles(takeFile);
onTokenWanted(wantToken);
show();
load();
follow(takeSecond, takeAway);
