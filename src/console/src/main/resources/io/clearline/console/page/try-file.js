// A file that is dropped here becomes a stream; so does what is said into the microphone.
import { upload } from "./api.js";
import { start } from "./microphone.js";
import { fill, h, svg } from "./dom.js";

export function open(main, shared) {
  const file = fileZone();
  const voice = voiceZone();
  fill(
    main,
    h("div", { class: "head" }, h("h1", {}, "Try it")),
    h("div", { class: "tries" }, file.element, voice.element),
    h("div", { class: "columns" }, notes()),
  );
  const second = () => voice.tell(shared.health.hasGateway);
  second();
  if (shared.droppedFile) file.send(shared.droppedFile);
  shared.droppedFile = null;
  return { second };
}

/** Where a file is dropped or chosen. */
function fileZone() {
  const input = h("input", {
    type: "file",
    accept: ".wav,.flac,.aiff,.au,audio/*",
    class: "visually-hidden",
    tabindex: "-1",
    "aria-label": "Audio file",
    id: "file",
    onchange: () => input.files[0] && send(input.files[0]),
  });
  const choose = h("button", { type: "button", class: "button main", onclick: () => input.click() }, "Choose a file");
  const says = h(
    "p",
    { class: "quiet", role: "status" },
    "WAV, FLAC, AIFF or AU, up to ten minutes. Several channels become one.",
  );
  const title = h("h2", {}, "Drop a recording, hear it enhanced");

  async function send(file) {
    tell(says, `Sending ${file.name} ...`);
    choose.disabled = true;
    try {
      const sent = await upload("/api/files", { name: file.name }, file);
      show(sent.streamId);
    } catch (error) {
      tellProblem(says, error);
      choose.disabled = false;
      input.value = "";
    }
  }

  const element = h("section", { class: "drop", "aria-label": "Drop zone" }, picture(), title, says, choose, input);
  return { element, send };
}

/** Where the microphone is opened, if the console knows a gateway. */
function voiceZone() {
  const speak = h("button", { type: "button", class: "button", onclick: talk }, "Open the microphone");
  const says = h("p", { class: "quiet", role: "status" });
  const title = h("h2", {}, "Speak, hear yourself enhanced");
  let known = null;

  async function talk() {
    speak.disabled = true;
    tell(says, "Opening the microphone ...");
    try {
      show(await start());
    } catch (error) {
      tellProblem(says, error);
      speak.disabled = false;
    }
  }

  return {
    element: h(
      "section",
      { class: "drop plain", "aria-label": "Microphone" },
      microphonePicture(),
      title,
      says,
      speak,
    ),
    tell(hasGateway) {
      if (hasGateway === known) return;
      known = hasGateway;
      speak.disabled = !hasGateway;
      says.textContent = hasGateway
        ? "Put on headphones: loudspeakers would feed back into the microphone."
        : "Needs a gateway: start the console with --gateway ws://HOST:PORT/audio.";
    },
  };
}

function tell(says, words) {
  says.className = "quiet";
  says.textContent = words;
}

function tellProblem(says, error) {
  says.className = "kind bad";
  says.textContent = error.message;
}

function show(streamId) {
  location.hash = "#/stream/" + encodeURIComponent(streamId);
}

function notes() {
  return [
    note(
      "What happens",
      "The file is sent to Kafka as a live stream, at the speed at which it was recorded, and comes back frame by" +
        " frame. The job treats it like any other stream.",
    ),
    note(
      "What you hear",
      "Switch between before and after while it plays: the next sample follows, at the same level, without a click.",
    ),
    note(
      "Where it stays",
      "In the topics, for as long as Kafka keeps them. The page holds the last minute, until it is closed.",
    ),
  ];
}

const note = (title, text) =>
  h("section", { class: "panel" }, h("h2", {}, title), h("p", { class: "body quiet" }, text));

function microphonePicture() {
  return drawing([["M26 6a6 6 0 0 1 12 0v12a6 6 0 0 1-12 0zM20 17v1a12 12 0 0 0 24 0v-1M32 30v7M26 37h12", "after"]]);
}

/** A noisy line that becomes a smooth one. */
function picture() {
  return drawing([
    ["M2 20h4l2-9 3 20 3-24 3 28 3-22 3 14 3-10 2 6h2", "before"],
    ["M34 20c4 0 4-10 7-10s4 20 7 20 4-16 7-16 3 6 7 6", "after"],
  ]);
}

function drawing(lines) {
  const paths = lines.map(([d, tint]) => svg("path", { d, class: "line-" + tint }));
  return svg("svg", { viewBox: "0 0 64 40", "aria-hidden": "true" }, ...paths);
}
