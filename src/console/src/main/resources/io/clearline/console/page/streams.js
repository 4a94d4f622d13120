// All streams: a list of any length of which the visible rows exist. The server searches, sorts and cuts.
import { get } from "./api.js";
import { strip } from "./charts.js";
import { fill, h } from "./dom.js";
import { DASH, STATUS, codec, count, db, duration, percent } from "./format.js";

const COLUMNS = [
  ["id", "Stream", ""], ["status", "State", "c-state"], [null, "Codec", "c-codec"], ["age", "Age", "c-age"], ["level", "Level", "c-level"],
  ["sdrOut", "SDR in, out", "c-sdr"], ["dry", "Dry, conc.", "c-share"], [null, "Last minute", "c-strip"],
];
const EXTRA_ROWS = 12;
const MAX_ROWS = 200;
const MAX_HEIGHT = 8_000_000;
/** How the list was left, for when somebody comes back. */
const state = { search: "", status: "", sort: "id", order: "asc" };

export function open(main, shared) {
  const narrow = matchMedia("(max-width: 760px)");
  const rowHeight = () => (narrow.matches ? 58 : 44);
  const search = h("input", { class: "field", type: "search", placeholder: "Search ids", "aria-label": "Search stream ids", value: state.search, oninput: () => change({ search: search.value }) });
  const chips = h("div", { class: "chips", role: "group", "aria-label": "State" });
  const total = h("p", { class: "quiet small push", role: "status" });
  const heads = COLUMNS.map(([sort, title, place]) => {
    const head = h("div", { class: place, role: "columnheader" }, sort ? h("button", { type: "button", onclick: () => sortBy(sort) }, title) : title);
    return { sort, head };
  });
  const space = h("div", { role: "presentation" });
  const scroll = h("div", { class: "scroll", tabindex: "-1", role: "rowgroup", onscroll: () => place() }, space);
  const nothing = h("div", { class: "empty", hidden: true });
  const list = h("div", { class: "panel list", role: "table", "aria-label": "Streams" },
    h("div", { role: "rowgroup" }, h("div", { class: "row rowhead", role: "row" }, heads.map((each) => each.head))), nothing, scroll);
  fill(main, h("div", { class: "head" }, h("h1", {}, "Streams"), search, chips, total), list);

  let page = { total: 0, offset: 0, rows: [] };
  let asking = null;
  let askAgain = false;
  let closed = false;
  const pool = [];

  function change(what) {
    Object.assign(state, what);
    scroll.scrollTop = 0;
    tellState();
    ask();
  }

  function sortBy(sort) {
    const same = state.sort === sort;
    change({ sort, order: same ? (state.order === "asc" ? "desc" : "asc") : sort === "id" || sort === "status" ? "asc" : "desc" });
  }

  function tellState() {
    for (const { sort, head } of heads) {
      if (sort === state.sort) head.setAttribute("aria-sort", state.order === "asc" ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    for (const chip of chips.children) chip.setAttribute("aria-pressed", chip.dataset.status === state.status);
  }

  function window_() {
    const first = Math.floor((scroll.scrollTop * stretch()) / rowHeight());
    const rows = Math.ceil(scroll.clientHeight / rowHeight());
    return { first, rows };
  }

  /** A browser's elements end somewhere: very long lists scroll by more than a pixel a pixel. */
  function stretch() {
    const full = page.total * rowHeight();
    return full > MAX_HEIGHT ? (full - scroll.clientHeight) / (MAX_HEIGHT - scroll.clientHeight) : 1;
  }

  async function ask() {
    if (asking) {
      askAgain = true;
      return;
    }
    const { first, rows } = window_();
    const offset = Math.max(0, first - EXTRA_ROWS);
    asking = new AbortController();
    try {
      page = await get("/api/streams", { ...state, offset, limit: Math.min(MAX_ROWS, rows + 2 * EXTRA_ROWS) }, asking.signal);
      if (!closed) draw();
    } catch {
      // The line above says what is wrong.
    }
    asking = null;
    if (askAgain && !closed) {
      askAgain = false;
      ask();
    }
  }

  function draw() {
    total.textContent = page.total === page.all ? `${count(page.all)} streams` : `${count(page.total)} of ${count(page.all)} streams`;
    space.style.height = Math.min(MAX_HEIGHT, page.total * rowHeight()) + "px";
    nothing.hidden = page.total > 0;
    scroll.hidden = page.total === 0;
    list.setAttribute("aria-rowcount", page.total + 1);
    if (page.total === 0) {
      fill(nothing, h("p", {}, page.all === 0 ? "No stream has been seen yet." : "No stream matches."),
        page.all === 0 ? h("p", {}, h("a", { href: "#/try" }, "Drop a file"), ", or send one: ", h("code", {}, "clearline send FILE --stream ID")) : null);
    }
    place();
  }

  let placing = false;
  function place() {
    if (placing) return;
    placing = true;
    requestAnimationFrame(() => {
      placing = false;
      if (closed) return;
      if (!stripSize) measure();
      placeNow();
    });
  }

  function placeNow() {
    const { first, rows } = window_();
    if (page.total > 0 && (first < page.offset || Math.min(first + rows, page.total) > page.offset + page.rows.length)) ask();
    while (pool.length < Math.min(MAX_ROWS, page.rows.length + EXTRA_ROWS)) pool.push(makeRow(scroll));
    const shift = scroll.scrollTop - (scroll.scrollTop * stretch());
    const height = rowHeight();
    // A stream stays with its row while the list scrolls: only what comes into sight is written anew.
    const used = new Set();
    page.rows.forEach((data, i) => {
      const index = page.offset + i;
      const row = pool[index % pool.length];
      used.add(row);
      row.show(data, index, index * height + shift, stripSize);
    });
    for (const row of pool) row.hide(!used.has(row));
  }

  /** Read once, and again when the window changes: between writes it would cost a layout a row. */
  let stripSize = null;
  function measure() {
    const canvas = pool.find((row) => !row.element.hidden)?.canvas;
    stripSize = canvas?.clientWidth ? { width: canvas.clientWidth, height: canvas.clientHeight } : null;
  }

  function second({ overview }) {
    const of = (status) => overview.streams[status] ?? 0;
    if (chips.children.length === 0) {
      fill(chips, ["", ...Object.keys(STATUS)].map((status) => h("button", { type: "button", class: "chip", "data-status": status, "aria-pressed": false, onclick: () => change({ status }) })));
      tellState();
    }
    for (const chip of chips.children) {
      const status = chip.dataset.status;
      const all = Object.values(overview.streams).reduce((sum, each) => sum + each, 0);
      const text = (STATUS[status] ?? "All") + ":" + (status ? of(status) : all);
      if (chip.dataset.text === text) continue;
      chip.dataset.text = text;
      fill(chip, STATUS[status] ?? "All", h("b", {}, count(status ? of(status) : all)));
      chip.hidden = status !== "" && of(status) === 0 && state.status !== status;
    }
    ask();
  }

  function key(event) {
    if (event.key === "/") {
      search.focus();
      return true;
    }
    const rows = pool.filter((row) => !row.element.hidden).sort((a, b) => a.index - b.index).map((row) => row.link);
    const now = rows.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (!step || rows.length === 0) return false;
    const { first } = window_();
    (rows[now + step] ?? (now < 0 ? rows[Math.max(0, first - page.offset)] : rows[now])).focus();
    return true;
  }

  tellState();
  ask();
  return { second, key, redraw: () => { stripSize = null; pool.forEach((row) => row.forget()); draw(); }, close: () => { closed = true; asking?.abort(); } };
}

/** A row that shows now this stream, now that one. */
function makeRow(parent) {
  const cell = (place) => h("span", { class: place, role: "cell" });
  const id = cell("id");
  // It covers the row: all of it can be clicked, and the row stays a row for screen readers.
  const link = h("a", { href: "#" });
  id.append(link);
  const status = h("span", { class: "state" });
  const codecCell = cell("c-codec quiet");
  const age = cell("c-age quiet");
  const levelBars = [h("i"), h("i")];
  const level = h("span", { class: "c-level", role: "cell" }, h("span", { class: "visually-hidden" }), h("span", { class: "meter", "aria-hidden": "true", style: { display: "block", marginBottom: "3px" } }, levelBars[0]), h("span", { class: "meter out", "aria-hidden": "true", style: { display: "block" } }, levelBars[1]));
  const sdr = cell("c-sdr");
  const share = cell("c-share quiet");
  const canvas = h("canvas", { "aria-hidden": "true" });
  const element = h("div", { class: "row item", role: "row" }, id, h("span", { class: "c-state", role: "cell" }, status), codecCell, age, level, sdr, share, h("span", { class: "c-strip", role: "cell" }, canvas));
  parent.append(element);
  const last = {};
  const set = (target, name, text) => {
    if (last[name] !== text) target.textContent = last[name] = text;
  };
  const scale = (db_) => `scaleX(${Math.max(0, Math.min(1, (db_ + 60) / 60)).toFixed(3)})`;
  const style = (target, name, value) => {
    if (last[name] !== value) target.style.transform = last[name] = value;
  };
  const shown = {
    element,
    link,
    canvas,
    index: -1,
    forget: () => { last.strip = null; },
    hide(hidden) {
      if (element.hidden !== hidden) element.hidden = hidden;
    },
    show(row, index, top, stripSize) {
      style(element, "place", `translateY(${top}px)`);
      if (shown.index !== index) element.setAttribute("aria-rowindex", (shown.index = index) + 2);
      if (last.href !== row.id) link.href = "#/stream/" + encodeURIComponent(last.href = row.id);
      if (last.id !== row.id) id.title = row.id;
      set(link, "id", row.id);
      if (last.status !== STATUS[row.status]) status.dataset.s = row.status;
      set(status, "status", STATUS[row.status]);
      set(codecCell, "codec", codec(row));
      set(age, "age", duration(row.ageMillis).split(" ").slice(0, 2).join(" "));
      style(levelBars[0], "levelIn", scale(row.levelInDb));
      style(levelBars[1], "levelOut", scale(row.levelOutDb));
      set(level.firstChild, "level", `${Math.round(row.levelInDb)} dB in, ${Math.round(row.levelOutDb)} dB out`);
      const band = row.sdr ? Math.max(row.sdr.high - row.sdr.out, row.sdr.out - row.sdr.low) : 0;
      const text = row.sdr ? `${db(row.sdr.in)}\u00a0\u2192\u00a0${db(row.sdr.out)}\u00a0\u00b1\u00a0${band.toFixed(1)} dB` : DASH;
      set(sdr, "sdr", text);
      set(share, "share", row.framesOut ? `${percent(row.dryShare).replace(" ", "")}, ${percent(row.concealedShare).replace(" ", "")}` : DASH);
      if (stripSize && last.strip !== row.levels + row.marks) {
        last.strip = row.levels + row.marks;
        strip(canvas, row.levels, row.marks, stripSize);
      }
    },
  };
  return shown;
}
