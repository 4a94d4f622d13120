// The mixer in the audio thread.
import { AbMixer } from "./ab-mixer.js";

class AbProcessor extends AudioWorkletProcessor {
  constructor(options) {
    super();
    const { capacity } = options.processorOptions;
    this.mixer = new AbMixer(sampleRate, capacity);
    this.blocks = 0;
    this.port.onmessage = ({ data }) => {
      if (data.add) this.mixer.add(data.add.from, data.add.before, data.add.after);
      if (data.mend) this.mixer.mend(data.mend.from, data.mend.before, data.mend.after);
      if (data.seek !== undefined) this.mixer.seek(data.seek);
      if (data.hear) this.mixer.hear(data.hear);
      if (data.gain !== undefined) this.mixer.gain = data.gain;
    };
  }

  process(inputs, outputs) {
    this.mixer.render(outputs[0][0]);
    if (this.blocks++ % 4 === 0) this.port.postMessage(this.mixer.position);
    return true;
  }
}

registerProcessor("clearline-ab", AbProcessor);
