// The microphone as a stream: samples go by WebSocket to the gateway, and come back enhanced into the headphones.
import { post } from "./api.js";
import { fill, h } from "./dom.js";
import { percent } from "./format.js";

/** What the job enhances natively; where a browser can't convert to it, its own rate is sent. */
const WANTED_RATE = 16000;
/** Any treatment by the browser would be heard as ours. */
const UNTREATED = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** One for the page: it goes on while other views are looked at. For tests it counts what came back. */
export const microphone = { streamId: "", heardSamples: 0, heardPower: 0 };
let close = () => {};

/** Opens the microphone; gives the id of its stream. Its errors are sentences for people. */
export async function start() {
  stop();
  const media = await open();
  let context;
  try {
    const [made, source] = connect(media);
    context = made;
    await context.audioWorklet.addModule("mic-worklet.js");
    const node = new AudioWorkletNode(context, "clearline-microphone", { outputChannelCount: [1] });
    source.connect(node).connect(context.destination);
    await context.resume();
    const { streamId, ticket } = await post(
      "/api/microphone?" + new URLSearchParams({ sampleRateHz: context.sampleRate }),
      {},
    );
    talk(streamId, ticket, node, () => {
      media.getTracks().forEach((track) => track.stop());
      context.close();
    });
    return streamId;
  } catch (error) {
    media.getTracks().forEach((track) => track.stop());
    context?.close();
    throw error;
  }
}

async function open() {
  if (!navigator.mediaDevices)
    throw new Error("The browser gives the microphone only to pages of https or of this machine.");
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: UNTREATED });
  } catch (error) {
    if (error.name === "NotAllowedError")
      throw new Error("The browser did not allow the microphone. Allow it for this page, then try again.");
    if (error.name === "NotFoundError") throw new Error("There is no microphone.");
    throw new Error("The microphone can't be opened: " + error.message);
  }
}

function connect(media) {
  const wanted = new AudioContext({ sampleRate: WANTED_RATE, latencyHint: "interactive" });
  try {
    return [wanted, wanted.createMediaStreamSource(media)];
  } catch {
    // Firefox does not convert a microphone's rate.
    wanted.close();
    const own = new AudioContext({ latencyHint: "interactive" });
    return [own, own.createMediaStreamSource(media)];
  }
}

function talk(streamId, ticket, node, release) {
  const address = new URL("/api/microphone?" + new URLSearchParams({ ticket }), location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  Object.assign(microphone, { streamId, heardSamples: 0, heardPower: 0 });
  const bar = show(streamId, (audible) => node.port.postMessage({ audible }));
  node.port.onmessage = ({ data }) => {
    if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < 64000) socket.send(data);
  };
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") return bar.tell(JSON.parse(data));
    const samples = new Int16Array(data);
    microphone.heardSamples += samples.length;
    for (const sample of samples) microphone.heardPower += (sample / 32768) ** 2;
    node.port.postMessage({ samples });
  };
  const end = (reason) => {
    if (microphone.streamId !== streamId) return;
    microphone.streamId = "";
    close = () => {};
    release();
    bar.end(reason);
  };
  socket.onclose = ({ code, reason }) => end(code === 1000 ? "" : reason || "The connection to the gateway ended.");
  close = () => {
    if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"stop"}');
    else socket.close();
    end("");
  };
}

/** Closes the microphone; its stream ends. */
export function stop() {
  close();
}

/** The line that says, in every view, that the microphone is open. */
function show(streamId, hear) {
  const bar = document.getElementById("microphone");
  const says = h("span", {}, "Connecting ...");
  const headphones = h("input", { type: "checkbox", checked: true, onchange: () => hear(headphones.checked) });
  fill(
    bar,
    h("i", { "aria-hidden": "true" }),
    h("a", { href: "#/stream/" + encodeURIComponent(streamId) }, "Microphone"),
    says,
    h("label", { class: "check push" }, headphones, "In my headphones"),
    h("button", { type: "button", class: "button compact", onclick: stop }, "Stop"),
  );
  bar.hidden = false;
  return {
    tell({ type, delayMillis, dryShare }) {
      if (type === "status") says.textContent = `back after ${delayMillis} ms, ${percent(dryShare)} dry`;
    },
    end(reason) {
      bar.hidden = !reason;
      if (reason)
        fill(
          bar,
          h("span", {}, "The microphone was closed: " + reason),
          h(
            "button",
            {
              type: "button",
              class: "button compact push",
              onclick: () => {
                bar.hidden = true;
              },
            },
            "Close",
          ),
        );
    },
  };
}
