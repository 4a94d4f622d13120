// Records that the job could not process: why, where they lay, what is in them.
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { clock, count, moment } from "./format.js";

export function open(main) {
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Reason" });
  const list = h("section", { class: "panel", "aria-label": "Dead letters" });
  const note = h("p", { class: "quiet small push", role: "status" });
  fill(main, h("div", { class: "head" }, h("h1", {}, "Dead letters"), chips, note), list);
  let reason = "";
  let newest = -1;
  /** How many there are by reason; of all of them under no reason. */
  let totals = new Map();

  async function load() {
    const letters = await get("/api/dead-letters", reason ? { reason, limit: 200 } : { limit: 200 });
    const open_ = new Set([...list.querySelectorAll("details[open]")].map((each) => each.dataset.number));
    const all = totals.get(reason) ?? 0;
    note.textContent = letters.length < all ? `the newest ${count(letters.length)} of ${count(all)}` : "";
    const shown = letters.map((each) => letter(each, open_.has(String(each.letter.number))));
    fill(list, letters.length === 0 ? noLetters() : shown);
  }

  function choose(value) {
    reason = value;
    load().catch(() => {
      newest = -1;
    });
    for (const each of chips.children) each.setAttribute("aria-pressed", each.dataset.reason === reason);
  }

  function second({ overview }) {
    if (overview.newestDeadLetter === newest) return;
    newest = overview.newestDeadLetter;
    totals = new Map([["", overview.deadLetters], ...Object.entries(overview.deadByReason)]);
    fill(
      chips,
      [...totals].map(([name, number]) => chip(name, number, name === reason, choose)),
    );
    load().catch(() => {
      newest = -1;
    });
  }

  return { second };
}

function noLetters() {
  return h(
    "div",
    { class: "empty" },
    h("p", {}, "No record was refused."),
    h("p", {}, "What the job can't read, or what breaks a limit, appears here with the reason."),
  );
}

/** A reason, all of them without one; a press shows its letters alone. */
function chip(reason, number, pressed, choose) {
  return h(
    "button",
    {
      type: "button",
      class: "chip",
      "data-reason": reason,
      "aria-pressed": String(pressed),
      onclick: () => choose(reason),
    },
    reason ? words(reason) : "All",
    h("b", {}, count(number)),
  );
}

const words = (reason) => reason.charAt(0) + reason.slice(1).toLowerCase().replaceAll("_", " ");

function letter({ letter: dead, decoded, kcat }, open_) {
  const parts = [summary(dead), inside(dead, decoded, kcat)];
  const element = h("details", { class: "letter", "data-number": dead.number }, parts);
  element.open = open_;
  return element;
}

function summary(dead) {
  return h(
    "summary",
    {},
    h("time", { class: "quiet small", title: moment(dead.timeMillis) }, clock(dead.timeMillis)),
    h("span", { class: "kind bad" }, words(dead.reason)),
    h("span", { class: "what small" }, dead.detail || "no detail"),
    h("span", { class: "quiet small" }, count(dead.size) + " B"),
  );
}

function inside(dead, decoded, kcat) {
  const facts = [
    ["Topic", dead.topic],
    ["Partition, offset", `${dead.partition}, ${dead.offset}`],
    ["Key", dead.key || "none"],
    ["Size", dead.size < 0 ? "unknown" : count(dead.size) + " bytes"],
    ["SHA-256", dead.sha256 || "unknown"],
  ];
  const fields = Object.entries(decoded);
  const part = (title, place, content) => h("div", { class: place }, h("h2", {}, title), content);
  const isCut = dead.bytes && atob(dead.bytes).length < dead.size;
  const bytes = h("pre", { class: "hex mono", tabindex: "0", "aria-label": "Bytes of the record" }, hex(dead.bytes));
  return h(
    "div",
    { class: "inside" },
    part("Where it lay", "", definitions(facts)),
    fields.length ? part("Decoded", "", definitions(fields)) : null,
    part(isCut ? "Its first bytes" : "Its bytes", "", bytes),
    part("Fetch the whole record", "across", commandLine(kcat)),
  );
}

/** A command with a button that copies it. */
function commandLine(kcat) {
  const copy = h("button", { type: "button", class: "button compact" }, "Copy");
  const command = h("code", { tabindex: "0", role: "region", "aria-label": "kcat command" }, kcat);
  copy.addEventListener("click", async () => {
    copy.textContent = (await copied(command)) ? "Copied" : "Selected";
    setTimeout(() => {
      copy.textContent = "Copy";
    }, 2000);
  });
  return h("div", { class: "command" }, command, copy);
}

/** Copies an element's text; where the browser does not let pages copy, selects it for whoever presses the keys. */
async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    // Over plain HTTP from another machine there is no clipboard.
    getSelection().selectAllChildren(element);
    return false;
  }
}

function definitions(facts) {
  return h(
    "dl",
    { class: "facts small" },
    facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", { class: "mono" }, value)]),
  );
}

function hex(base64) {
  const bytes = Uint8Array.from(atob(base64 ?? ""), (each) => each.charCodeAt(0));
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    const text = part.map((each) => (each >= 32 && each < 127 ? String.fromCharCode(each) : ".")).join("");
    lines.push(
      at.toString(16).padStart(4, "0") +
        "  " +
        part
          .map((each) => each.toString(16).padStart(2, "0"))
          .join(" ")
          .padEnd(48) +
        " " +
        text,
    );
  }
  return lines.join("\n") || "empty";
}
