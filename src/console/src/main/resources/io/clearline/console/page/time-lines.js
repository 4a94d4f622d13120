// Drawings over the time that a stream's pictures show: the estimated SDR, how frames were treated, events.
import { CONCEALED, DRY, ENHANCED } from "./audio-store.js";
import { colour, fontFamily } from "./dom.js";
import { db, kind } from "./format.js";

const GRID_DB = 5;
const LABEL_PIXELS = 10.5;

/**
 * Draws estimates as steps with their band.
 *
 * @param place a prepared canvas: context, width, height
 * @param span samples at its left and right edge, from and to
 * @param points estimates with at, the sample where they begin
 * @param windowSamples length of an estimate
 */
export function drawSdr({ context, width, height }, { from, to }, points, windowSamples) {
  const values = points.flatMap((point) => [point.in, point.low, point.high]);
  const low = Math.floor(Math.min(-GRID_DB, ...values) / GRID_DB) * GRID_DB;
  const high = Math.ceil(Math.max(3 * GRID_DB, ...values) / GRID_DB) * GRID_DB;
  const x = (sample) => ((sample - from) / (to - from)) * width;
  const y = (value) => height - 6 - ((value - low) / (high - low)) * (height - 12);
  const step = high - low > 6 * GRID_DB ? 2 * GRID_DB : GRID_DB;
  const grid = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  for (const value of grid) {
    context.fillStyle = colour(value === 0 ? "strong-line" : "line");
    context.fillRect(0, Math.round(y(value)), width, 1);
  }
  drawSteps(
    context,
    points.flatMap((point) => [
      { ...point, x: x(point.at) },
      { ...point, x: x(point.at + windowSamples) },
    ]),
    y,
  );
  grid.slice(1, -1).forEach((value) => label(context, db(value).replace(".0", ""), y(value)));
}

function drawSteps(context, steps, y) {
  if (steps.length === 0) return;
  context.beginPath();
  steps.forEach((point) => context.lineTo(point.x, y(point.high)));
  [...steps].reverse().forEach((point) => context.lineTo(point.x, y(point.low)));
  context.fillStyle = colour("band");
  context.fill();
  context.lineWidth = 2;
  context.lineJoin = "round";
  for (const [name, tint] of [
    ["in", "before"],
    ["out", "after"],
  ]) {
    context.beginPath();
    steps.forEach((point) => context.lineTo(point.x, y(point[name])));
    context.strokeStyle = colour(tint);
    context.stroke();
  }
}

/** A number at the left edge, on a ground of its own: lines run beneath it. */
function label(context, words, y) {
  context.font = `${LABEL_PIXELS}px ${fontFamily()}`;
  context.fillStyle = colour("surface");
  context.fillRect(0, y - LABEL_PIXELS / 2 - 2, context.measureText(words).width + 9, LABEL_PIXELS + 4);
  context.fillStyle = colour("soft");
  context.fillText(words, 4, y + LABEL_PIXELS / 2 - 1.5);
}

function treatment({ flags }) {
  return flags & CONCEALED ? CONCEALED : flags & DRY ? DRY : flags & ENHANCED ? ENHANCED : 0;
}

/** Draws how frames were treated as a line in its colours: neighbours of one treatment are one piece. */
export function drawTreatment({ context, width, height }, { from, to }, frames) {
  const x = (sample) => ((sample - from) / (to - from)) * width;
  const tints = { [ENHANCED]: "after", [DRY]: "before", [CONCEALED]: "info", 0: "bad" };
  for (let i = 0; i < frames.length;) {
    const first = frames[i];
    const mark = treatment(first);
    let end = first.start;
    for (; i < frames.length && treatment(frames[i]) === mark; i++) end = frames[i].start + frames[i].samples;
    if (end < from) continue;
    context.fillStyle = colour(tints[mark]);
    context.globalAlpha = mark === ENHANCED ? 0.55 : 1;
    context.fillRect(x(first.start), height - 6, x(end) - x(first.start) + 0.5, 4);
  }
  context.globalAlpha = 1;
}

/** Draws events where they happened; words that would run into those before are left out. */
export function drawEvents({ context, width, height }, { from, to }, events) {
  context.font = `600 ${LABEL_PIXELS}px ${fontFamily()}`;
  let free = 0;
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    if (event.at < from) continue;
    const left = ((event.at - from) / (to - from)) * width;
    const { words, grade } = kind(event.kind);
    context.fillStyle = colour(grade || "soft");
    context.fillRect(left, 2, 2, height - 8);
    const end = left + 5 + context.measureText(words).width;
    if (left < free || end > width) continue;
    context.fillText(words, left + 5, 12);
    free = end + 6;
  }
}
