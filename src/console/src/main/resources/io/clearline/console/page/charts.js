// Small pictures: a course of ten minutes, a strip of one.
import { colour, prepare } from "./dom.js";

/** Draws one or two courses; null leaves a hole. The newest value is at the right edge. */
export function sparkline(canvas, courses, { seconds = 600, min, max } = {}) {
  const { context, width, height } = prepare(canvas);
  const values = courses.flatMap((course) => course.values).filter((value) => value !== null && value !== undefined);
  if (values.length === 0) return;
  const low = min ?? Math.min(...values);
  const high = Math.max(max ?? Math.max(...values), low + 1e-6);
  const y = (value) => height - 3 - ((value - low) / (high - low)) * (height - 8);
  for (const course of courses.map(bridged)) {
    const tint = colour(course.colour);
    const x = (i) => width - ((course.values.length - 1 - i) / (seconds - 1)) * width;
    context.strokeStyle = tint;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    let start = -1;
    for (let i = 0; i <= course.values.length; i++) {
      const there = i < course.values.length && course.values[i] !== null && course.values[i] !== undefined;
      if (there && start < 0) start = i;
      if (there || start < 0) continue;
      context.beginPath();
      for (let k = start; k < i; k++) context.lineTo(x(k), y(course.values[k]));
      if (i - start === 1) context.lineTo(x(start) + 1, y(course.values[start]));
      context.stroke();
      if (course.filled !== false) {
        context.lineTo(x(i - 1), height);
        context.lineTo(x(start), height);
        context.globalAlpha = 0.12;
        context.fillStyle = tint;
        context.fill();
        context.globalAlpha = 1;
      }
      start = -1;
    }
  }
}

const BRIDGED_SECONDS = 10;

/** Short holes, as of streams that report once a second, are drawn through. */
function bridged(course) {
  const values = [...course.values];
  let last = -1;
  values.forEach((value, i) => {
    if (value === null || value === undefined) return;
    if (last >= 0 && i - last <= BRIDGED_SECONDS) {
      for (let k = last + 1; k < i; k++) values[k] = values[last] + ((value - values[last]) * (k - last)) / (i - last);
    }
    last = i;
  });
  return { ...course, values };
}

const STRIP_LEVELS = 15;

/**
 * A stream's last minute: a bar a second, as high as it was loud. Gives a path for each mark, on a grid of 60 by 15:
 * bars of one treatment have one colour. Gaps of a fifth keep them apart.
 */
export function stripPaths(levels, marks) {
  const paths = {};
  for (let i = 0; i < marks.length; i++) {
    if (levels[i] === "." && marks[i] === ".") continue;
    const level = levels[i] === "." ? 0 : parseInt(levels[i], 16);
    const bar = Math.max(1, level);
    paths[marks[i]] = (paths[marks[i]] ?? "") + `M${i} ${STRIP_LEVELS - bar}h.8V${STRIP_LEVELS}h-.8z`;
  }
  return paths;
}
