// In the audio thread: cuts the microphone into pieces of 20 ms, and plays what comes back.
import { PlayBuffer } from "./play-buffer.js";

const PIECES_A_SECOND = 50;

class MicrophoneProcessor extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Int16Array(Math.round(sampleRate / PIECES_A_SECOND));
    this.filled = 0;
    this.heard = new PlayBuffer(sampleRate);
    this.port.onmessage = ({ data }) => {
      if (data.samples) this.heard.add(data.samples);
      if (data.audible !== undefined) this.heard.audible = data.audible;
    };
  }

  process(inputs, outputs) {
    const spoken = inputs[0][0];
    for (let i = 0; spoken && i < spoken.length; i++) {
      this.piece[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(32768 * spoken[i])));
      if (this.filled === this.piece.length) {
        this.port.postMessage(this.piece.slice().buffer);
        this.filled = 0;
      }
    }
    this.heard.render(outputs[0][0]);
    return true;
  }
}

registerProcessor("clearline-microphone", MicrophoneProcessor);
