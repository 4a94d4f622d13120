// The console's API. The token, where the console asks for one, stays in this tab and goes along as a header.

const KEY = "clearline.token";
let askForToken = () => {};

/** Says who asks for the token when a request was refused. */
export function onTokenWanted(ask) {
  askForToken = ask;
}

export function setToken(token) {
  sessionStorage.setItem(KEY, token);
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

/** Follows the live figures for as long as the page is there; tells when the console itself is away. */
export async function follow(onSecond, onAway) {
  for (;;) {
    try {
      const answer = await request("/api/live", { headers: { Accept: "text/event-stream" } });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        text += part.value;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const data = text
            .slice(0, end)
            .split("\n")
            .filter((line) => line.startsWith("data:"));
          text = text.slice(end + 2);
          if (data.length) onSecond(JSON.parse(data.map((line) => line.slice(5)).join("\n")));
        }
      }
    } catch (error) {
      if (error.status === 401) {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        continue;
      }
    }
    onAway();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
