// Numbers and moments for people. A value that is not there is a dash.

export const DASH = "\u2013";

/** 1234567 as 1,234,567. */
export function count(value) {
  return value === null || value === undefined ? DASH : Math.round(value).toLocaleString("en-US");
}

/** 0.1234 as 12.3 %; tiny shares are not rounded away. */
export function percent(share) {
  if (share === null || share === undefined) return DASH;
  const value = 100 * share;
  if (value === 0 || value === 100) return value + "\u00a0%";
  if (value < 0.1) return "<\u00a00.1\u00a0%";
  return value > 99.9 ? ">\u00a099.9\u00a0%" : value.toFixed(1) + "\u00a0%";
}

/** Decibels with their sign. */
export function db(value, digits = 1) {
  if (value === null || value === undefined) return DASH;
  const size = Math.abs(value).toFixed(digits);
  return (Number(size) === 0 ? "" : value > 0 ? "+" : "\u2212") + size;
}

/** A length of time in its two largest units. */
export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return seconds + " s";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes + " min " + (seconds % 60) + " s";
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? hours + " h " + (minutes % 60) + " min" : Math.floor(hours / 24) + " d " + (hours % 24) + " h";
}

/** A length of time in its largest unit, for lists. */
export function age(millis) {
  return duration(millis).split(" ").slice(0, 2).join(" ");
}

/** A moment as a time of day. */
export function clock(millis) {
  return new Date(millis).toLocaleTimeString("en-GB");
}

/** A moment with its day. */
export function moment(millis) {
  return new Date(millis).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
}

/** A stream's encoding and rate. */
export function codec(row) {
  const name = { PCM_S16LE: "PCM", PCMU: "\u00b5-law", PCMA: "A-law" }[row.encoding] ?? row.encoding;
  return row.sampleRateHz ? `${name} ${row.sampleRateHz / 1000} kHz` : DASH;
}

export const STATUS = {
  ENHANCED: "Enhanced",
  DRY: "Dry",
  OVERLOADED: "Overloaded",
  UNANSWERED: "No answer",
  IDLE: "Idle",
  CLOSED: "Closed",
};

const KIND = {
  OPENED: "good",
  RECOVERED: "good",
  CLOSED: "",
  MODEL_CHANGED: "info",
  SCHEDULED: "info",
  RESCHEDULED: "info",
  GAP: "warn",
  DUPLICATE: "warn",
  LATE: "warn",
  RESET: "warn",
  OVERLOADED: "bad",
  MODEL_REFUSED: "bad",
  REFUSED: "bad",
};

/** An event's kind as words, and how grave it is. */
export function kind(name) {
  const words = name.charAt(0) + name.slice(1).toLowerCase().replaceAll("_", " ");
  return { words, grade: KIND[name] ?? "" };
}
