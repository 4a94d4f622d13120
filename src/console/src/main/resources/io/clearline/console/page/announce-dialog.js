// Asks before a model is announced, and says what will happen.
import { post } from "./api.js";
import { fill, h } from "./dom.js";
import { count, duration } from "./format.js";

/**
 * Opens the dialog.
 *
 * @param wish channel, model and verb: "Announce" or "Roll back"
 * @param known what /api/models says: cards, inUse
 * @param done is called when Kafka has the announcement
 */
export function askToAnnounce({ channel: channelName, model, verb }, known, done) {
  const dialog = document.getElementById("dialog");
  const channel = h("input", { class: "field", value: channelName, required: true });
  const seconds = h("input", { class: "field", type: "number", min: "0", max: "86400", value: "0" });
  const says = h("p", {});
  const error = h("p", { class: "kind bad", role: "alert" });
  const tell = () => fill(says, consequence(channel.value, model, Number(seconds.value), known));
  channel.addEventListener("input", tell);
  seconds.addEventListener("input", tell);
  const go = async ({ currentTarget: pressed }) => {
    // Pressed twice it would announce twice.
    pressed.disabled = true;
    error.textContent = "";
    try {
      await post("/api/models/announce", { channel: channel.value, model, inSeconds: Number(seconds.value) });
      dialog.close();
      done();
    } catch (refused) {
      error.textContent = refused.message;
      pressed.disabled = false;
    }
  };
  const button = (words, place, onclick) => h("button", { type: "button", class: place, onclick }, words);
  const form = h(
    "div",
    { class: "form" },
    h("h1", {}, `${verb}: ${model}`),
    says,
    h("label", {}, "Channel", channel),
    h("label", {}, "In so many seconds (0: at once)", seconds),
    error,
    h(
      "div",
      { class: "actions" },
      button("Cancel", "button", () => dialog.close()),
      button(verb, "button main", go),
    ),
  );
  fill(dialog, form);
  tell();
  dialog.showModal();
}

/** What an announcement does, as text and elements. */
function consequence(channel, model, seconds, { cards, inUse }) {
  const rateKhz = (name) => cards.find((card) => card.model === name)?.sampleRateHz / 1000;
  const concerned = Object.entries(inUse).filter(([name]) => rateKhz(name) === rateKhz(model));
  const streams = concerned.reduce((sum, [, number]) => sum + number, 0);
  const start =
    seconds > 0 ? `for audio captured from ${duration(1000 * seconds)} from now on` : "each at its next frame";
  return [
    `Every running job with channel \u201c${channel}\u201d loads `,
    h("strong", {}, model),
    `, checks it, and changes its streams over to it ${start}: now ${count(streams)} open at ${rateKhz(model)} kHz. `,
    "No stream stops. A job that can't use the model refuses it and goes on as before.",
  ];
}
