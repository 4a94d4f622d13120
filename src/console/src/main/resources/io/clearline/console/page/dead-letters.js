// Records that the job could not process: why, where they lay, what is in them.
import { get } from "./api.js";
import { Asker } from "./asker.js";
import { fill, h } from "./dom.js";
import { clock, count, moment } from "./format.js";

/** From an answer to the next question, under a flood too. */
const ASK_MILLIS = 500;
const MAX_LETTERS = 200;

export function open(main) {
  let reason = "";
  let newest = -1;
  let missed = false;
  const letters = new LetterList();
  const chips = reasonChips(choose);
  const note = h("p", { class: "quiet small push", role: "status" });
  fill(main, h("div", { class: "head" }, h("h1", {}, "Dead letters"), chips.element, note), letters.element);
  const asker = new Asker(ask, show, ASK_MILLIS);

  async function ask() {
    const asked = reason;
    try {
      const parameters = asked ? { reason: asked, limit: MAX_LETTERS } : { limit: MAX_LETTERS };
      return { asked, found: await get("/api/dead-letters", parameters) };
    } catch (error) {
      missed = true;
      throw error;
    }
  }

  function show({ asked, found }) {
    if (asked !== reason) return;
    const all = chips.total(reason);
    const isPart = found.length > 0 && found.length < all;
    note.textContent = isPart ? `the newest ${count(found.length)} of ${count(all)}` : "";
    letters.show(found, all);
  }

  function choose(value) {
    reason = value;
    chips.press(reason);
    letters.clear();
    asker.ask();
  }

  function second({ overview }) {
    if (overview.newestDeadLetter === newest && !missed) return;
    // A console that was started again counts from one again.
    if (overview.newestDeadLetter < newest) letters.clear();
    newest = overview.newestDeadLetter;
    missed = false;
    chips.tell({ "": overview.deadLetters, ...overview.deadByReason });
    asker.ask();
  }

  return { second, close: () => asker.close() };
}

/** A chip for each reason that there is, and one for all of them. They stay: who has the focus on one keeps it. */
function reasonChips(choose) {
  const numbers = new Map();
  const totals = new Map();
  const element = h("div", { class: "chips", role: "group", "aria-label": "Reason" });
  let pressed = "";

  const tellPressed = () => {
    for (const each of element.children) each.setAttribute("aria-pressed", String(each.dataset.reason === pressed));
  };
  const add = (reason) => {
    const number = h("b");
    numbers.set(reason, number);
    const title = reason ? words(reason) : "All";
    const look = { type: "button", class: "chip", "data-reason": reason };
    element.append(h("button", { ...look, onclick: () => choose(reason) }, title, number));
  };

  return {
    element,
    total: (reason) => totals.get(reason) ?? 0,
    press(reason) {
      pressed = reason;
      tellPressed();
    },
    tell(counts) {
      for (const reason of Object.keys(counts)) if (!numbers.has(reason)) add(reason);
      for (const [reason, number] of numbers) {
        totals.set(reason, counts[reason] ?? 0);
        number.textContent = count(totals.get(reason));
      }
      tellPressed();
    },
  };
}

/** The newest letters on top. One that is open stays, however many come after it: somebody reads it. */
class LetterList {
  element = h("section", { class: "panel", "aria-label": "Dead letters" });
  #shown = new Map();

  clear() {
    this.#shown.clear();
    fill(this.element);
  }

  /**
   * @param found letters, the newest first
   * @param all how many there have been
   */
  show(found, all) {
    const wanted = new Set(found.map((each) => each.letter.number));
    for (const [number, element] of this.#shown) {
      if (wanted.has(number) || element.open) continue;
      element.remove();
      this.#shown.delete(number);
    }
    const fresh = found.filter((each) => !this.#shown.has(each.letter.number)).map((each) => this.#add(each));
    if (this.#shown.size === 0) fill(this.element, noLetters(all));
    else if (fresh.length > 0) {
      this.element.querySelector(".empty")?.remove();
      this.element.prepend(...fresh);
    }
  }

  #add(dead) {
    const element = letter(dead);
    this.#shown.set(dead.letter.number, element);
    return element;
  }
}

function noLetters(all) {
  if (all > 0) return h("p", { class: "empty" }, "None of them is among the newest, which the console keeps.");
  return h(
    "div",
    { class: "empty" },
    h("p", {}, "No record was refused."),
    h("p", {}, "What the job can't read, or what breaks a limit, appears here with the reason."),
  );
}

const words = (reason) => reason.charAt(0) + reason.slice(1).toLowerCase().replaceAll("_", " ");

/** What is inside is made when it is looked at: most letters never are. */
function letter({ letter: dead, decoded, kcat }) {
  const element = h("details", { class: "letter", "data-number": dead.number }, summary(dead));
  const fillIn = () => element.children.length > 1 || element.append(inside(dead, decoded, kcat));
  element.addEventListener("toggle", fillIn);
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
