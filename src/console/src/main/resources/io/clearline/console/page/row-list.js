// A list of any length of which only the rows in sight exist.
import { h } from "./dom.js";

/** Rows beyond both edges: focus can move there, and a little scrolling finds them written. */
const SPARE_ROWS = 3;
/** Rows that are asked for beyond both edges. */
const ASKED_ROWS = 16;
const MAX_ASKED_ROWS = 200;

/**
 * Rows are made once and used again. While the list scrolls a row keeps its stream: only what comes into sight is
 * written anew. The sizes come from an observer, so that nothing is measured between two writes.
 */
export class RowList {
  #space = h("div", { role: "presentation" });
  #pool = [];
  #page = { total: 0, offset: 0, rows: [] };
  #height = 0;
  #placing = 0;

  /**
   * @param rowHeight gives the height of a row in pixels
   * @param makeRow makes a row in an element: something with show(data, index, top), hide(), index, isShown
   * @param want says that rows are wanted which are not here
   */
  constructor(rowHeight, makeRow, want) {
    this.rowHeight = rowHeight;
    this.makeRow = makeRow;
    this.want = want;
    this.element = h(
      "div",
      { class: "scroll", tabindex: "-1", role: "rowgroup", onscroll: () => this.#place() },
      this.#space,
    );
    this.#observer.observe(this.element);
  }

  #observer = new ResizeObserver(([entry]) => {
    this.#height = entry.contentRect.height;
    this.#setSpace();
    this.#place();
  });

  /** The rows to ask for, as offset and limit. */
  wanted() {
    const { first, end } = this.#sight();
    const offset = Math.max(0, first - ASKED_ROWS);
    return { offset, limit: Math.min(MAX_ASKED_ROWS, end + ASKED_ROWS - offset) };
  }

  /** Shows rows offset to offset + rows.length of so many. */
  show(page) {
    const more = page.total !== this.#page.total;
    this.#page = page;
    if (more) this.#setSpace();
    this.#place();
  }

  /** Forgets what is shown and goes to the beginning. */
  toTop() {
    this.element.scrollTop = 0;
  }

  /** The rows that are shown, from the top. */
  shown() {
    return this.#pool.filter((row) => row.isShown).sort((a, b) => a.index - b.index);
  }

  close() {
    cancelAnimationFrame(this.#placing);
    this.#observer.disconnect();
  }

  #setSpace() {
    this.#space.style.height = this.#page.total * this.rowHeight() + "px";
  }

  #sight() {
    const first = Math.floor(this.element.scrollTop / this.rowHeight());
    return { first, end: first + Math.ceil(this.#height / this.rowHeight()) + 1 };
  }

  #place() {
    this.#placing ||= requestAnimationFrame(() => {
      this.#placing = 0;
      this.#placeNow();
    });
  }

  #placeNow() {
    const { total, offset, rows } = this.#page;
    const { first, end } = this.#sight();
    const from = Math.max(0, first - SPARE_ROWS);
    const to = Math.min(total, end + SPARE_ROWS);
    if (from < offset || to > offset + rows.length) this.want();
    while (this.#pool.length < end - first + 2 * SPARE_ROWS) this.#pool.push(this.makeRow(this.#space));
    const height = this.rowHeight();
    const used = new Set();
    for (let index = Math.max(from, offset); index < Math.min(to, offset + rows.length); index++) {
      const row = this.#pool[index % this.#pool.length];
      used.add(row);
      row.show(rows[index - offset], index, index * height);
    }
    for (const row of this.#pool) if (!used.has(row)) row.hide();
  }
}
