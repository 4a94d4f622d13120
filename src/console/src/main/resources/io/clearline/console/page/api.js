// The console's API. The token, where the console asks for one, stays in this tab and goes along as a header.

const KEY = "clearline.token";
/** The console says something each second, on a very busy machine somewhat later. */
const SILENCE_MILLIS = 10000;
let askForToken = () => {};

/** Says who asks for the token when a request was refused. */
export function onTokenWanted(ask) {
  askForToken = ask;
}

export function setToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function hasToken() {
  return sessionStorage.getItem(KEY) !== null;
}

function headers(more) {
  const token = sessionStorage.getItem(KEY);
  // Where a request is refused the server's sentence is wanted, which comes as JSON to those who take it.
  const all = { Accept: "application/json, */*", ...more };
  return token ? { ...all, Authorization: "Bearer " + token } : all;
}

/** An answer that is no success; its message is the server's. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: headers(options.headers), cache: "no-store" });
  if (answer.ok) return answer;
  if (answer.status === 401) askForToken();
  let message = answer.statusText || "The console answered " + answer.status;
  try {
    message = (await answer.json()).title ?? message;
  } catch {
    // The answer was no JSON; its status says enough.
  }
  throw new Refused(answer.status, message);
}

export async function get(path, parameters = {}, signal) {
  return (await request(path + "?" + new URLSearchParams(parameters), { signal })).json();
}

export async function bytes(path, parameters = {}, signal) {
  return (await request(path + "?" + new URLSearchParams(parameters), { signal })).arrayBuffer();
}

export async function post(path, body) {
  const options = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return (await request(path, options)).json();
}

export async function upload(path, parameters, file) {
  const options = { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } };
  return (await request(path + "?" + new URLSearchParams(parameters), options)).json();
}

/** Fetches a file and hands it to the browser to keep. */
export async function download(path, parameters, name) {
  const url = URL.createObjectURL(await (await request(path + "?" + new URLSearchParams(parameters))).blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Follows the live figures for as long as the page is there; tells when the console is away, and why if it says so. */
export async function follow(onSecond, onAway) {
  for (;;) {
    let reason = "";
    try {
      await listen(onSecond);
    } catch (error) {
      if (error instanceof Refused) reason = error.message;
      if (error.status === 401) {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        continue;
      }
    }
    onAway(reason);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Hands over each second until the console says no more: a connection that nobody ends can be dead all the same. */
async function listen(onSecond) {
  const silence = new AbortController();
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MILLIS);
  };
  try {
    heard();
    const answer = await request("/api/live", { headers: { Accept: "text/event-stream" }, signal: silence.signal });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      const events = (text + part.value).split("\n\n");
      text = events.pop();
      events.forEach((event) => takeEvent(event, onSecond));
    }
  } finally {
    clearTimeout(timer);
  }
}

function takeEvent(event, onSecond) {
  const lines = event.split("\n");
  const valuesOf = (field) =>
    lines.filter((line) => line.startsWith(field + ":")).map((line) => line.slice(field.length + 1).trim());
  const data = valuesOf("data").join("\n");
  if (valuesOf("event")[0] === "refused") throw new Refused(503, data);
  if (data) onSecond(JSON.parse(data));
}
