// All streams: searched, sorted and cut by the server; only the rows in sight exist.
import { get } from "./api.js";
import { Asker } from "./asker.js";
import { fill, h } from "./dom.js";
import { STATUS, count } from "./format.js";
import { RowList } from "./row-list.js";
import { StreamRow } from "./stream-row.js";

const COLUMNS = [
  ["id", "Stream", ""],
  ["status", "State", "c-state"],
  [null, "Codec", "c-codec"],
  ["age", "Age", "c-age"],
  ["level", "Level", "c-level"],
  ["sdrOut", "SDR in, out", "c-sdr"],
  ["dry", "Dry, concealed", "c-share"],
  [null, "Last minute", "c-strip"],
];
/** While somebody scrolls, rows are asked for this often at most. */
const ASK_MILLIS = 120;
/** How the list was left, for when somebody comes back. */
const state = { search: "", status: "", sort: "id", order: "asc" };

export function open(main) {
  const rows = streamRows(() => asker.ask());
  const search = searchField((text) => change({ search: text }));
  const chips = stateChips((status) => change({ status }));
  const heads = headRow((sort) => change(sorted(sort)));
  const list = streamList(heads, rows);
  fill(main, h("div", { class: "head" }, h("h1", {}, "Streams"), search, chips.element, list.total), list.element);

  const asker = new Asker(() => get("/api/streams", { ...state, ...rows.wanted() }), list.show, ASK_MILLIS);

  function change(what) {
    Object.assign(state, what);
    rows.toTop();
    heads.tell();
    chips.tell();
    asker.ask();
  }

  function key(event) {
    if (event.key === "/") {
      search.focus();
      return true;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    return step ? moveFocus(rows.shown(), step, rows.element) : false;
  }

  heads.tell();
  asker.ask();
  return {
    second({ overview }) {
      chips.count(overview.streams);
      asker.ask();
    },
    key,
    close() {
      asker.close();
      rows.close();
    },
  };
}

/** Rows of streams, higher where the page is narrow. */
function streamRows(onScroll) {
  const narrow = matchMedia("(max-width: 760px)");
  return new RowList(
    () => (narrow.matches ? 58 : 44),
    (parent) => new StreamRow(parent),
    onScroll,
  );
}

function searchField(onText) {
  const field = h("input", {
    class: "field",
    type: "search",
    placeholder: "Search ids",
    "aria-label": "Search stream ids",
    value: state.search,
    oninput: () => onText(field.value),
  });
  return field;
}

/** How the list is sorted after a press on a column's head: the column again turns the order round. */
function sorted(sort) {
  const other = state.order === "asc" ? "desc" : "asc";
  const first = sort === "id" || sort === "status" ? "asc" : "desc";
  return { sort, order: state.sort === sort ? other : first };
}

/** The table with its heads, or words where no stream is in it; and how many there are. */
function streamList(heads, rows) {
  const total = h("p", { class: "quiet small push", role: "status" });
  const nothing = h("div", { class: "empty", hidden: true });
  const element = h(
    "div",
    { class: "panel list", role: "table", "aria-label": "Streams" },
    heads.element,
    nothing,
    rows.element,
  );
  const show = (page) => {
    total.textContent =
      page.total === page.all ? streamCount(page.all) : `${count(page.total)} of ${streamCount(page.all)}`;
    element.setAttribute("aria-rowcount", page.total + 1);
    nothing.hidden = page.total > 0;
    rows.element.hidden = page.total === 0;
    if (page.total === 0) fill(nothing, ...emptyWords(page.all));
    rows.show(page);
  };
  return { element, total, show };
}

const streamCount = (all) => `${count(all)} ${all === 1 ? "stream" : "streams"}`;

function emptyWords(all) {
  if (all > 0) return [h("p", {}, "No stream matches.")];
  return [
    h("p", {}, "No stream has been seen yet."),
    h(
      "p",
      {},
      h("a", { href: "#/try" }, "Drop a file"),
      ", or send one: ",
      h("code", {}, "clearline send FILE --stream ID"),
    ),
  ];
}

/** Moves the focus from row to row; without one, to the first in sight. */
function moveFocus(shown, step, scroll) {
  if (shown.length === 0) return false;
  const now = shown.findIndex((row) => row.link === document.activeElement);
  const top = scroll.getBoundingClientRect().top;
  const inSight = shown.find((row) => row.element.getBoundingClientRect().top >= top) ?? shown[0];
  (now < 0 ? inSight : (shown[now + step] ?? shown[now])).link.focus();
  return true;
}

/** The heads of the columns, which sort. */
function headRow(sortBy) {
  const heads = COLUMNS.map(([sort, title, place]) => {
    const content = sort ? h("button", { type: "button", onclick: () => sortBy(sort) }, title) : title;
    return { sort, head: h("div", { class: place, role: "columnheader" }, content) };
  });
  const row = h(
    "div",
    { class: "row rowhead", role: "row" },
    heads.map((each) => each.head),
  );
  return {
    element: h("div", { role: "rowgroup" }, row),
    tell() {
      for (const { sort, head } of heads) {
        if (sort === state.sort) head.setAttribute("aria-sort", state.order === "asc" ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      }
    },
  };
}

/** A chip for each state that streams are in; a press shows these alone. */
function stateChips(choose) {
  const chips = ["", ...Object.keys(STATUS)].map((status) => {
    const number = h("b");
    const chip = h(
      "button",
      { type: "button", class: "chip", onclick: () => choose(status) },
      STATUS[status] ?? "All",
      number,
    );
    return { status, number, chip };
  });
  const tell = () =>
    chips.forEach(({ status, chip }) => chip.setAttribute("aria-pressed", String(status === state.status)));
  tell();
  return {
    element: h(
      "div",
      { class: "chips", role: "group", "aria-label": "State" },
      chips.map((each) => each.chip),
    ),
    tell,
    count(streams) {
      const all = Object.values(streams).reduce((sum, each) => sum + each, 0);
      for (const { status, number, chip } of chips) {
        const here = status ? (streams[status] ?? 0) : all;
        if (number.textContent !== count(here)) number.textContent = count(here);
        chip.hidden = status !== "" && here === 0 && state.status !== status;
      }
    },
  };
}
