// The job's analysis, in the browser: square-root Hann window, real spectrum, any even length.

/** Power spectra of windows of one length. Holds its tables and scratch. */
export class Analyser {
  constructor(windowSamples) {
    this.size = windowSamples;
    this.bins = windowSamples / 2 + 1;
    this.window = Float32Array.from({ length: windowSamples }, (_, i) => Math.sin((Math.PI * i) / windowSamples));
    this.re = new Float32Array(windowSamples);
    this.im = new Float32Array(windowSamples);
    this.input = new Float32Array(windowSamples);
    this.cos = Float32Array.from({ length: windowSamples }, (_, i) => Math.cos((2 * Math.PI * i) / windowSamples));
    this.sin = Float32Array.from({ length: windowSamples }, (_, i) => -Math.sin((2 * Math.PI * i) / windowSamples));
    this.factors = factors(windowSamples);
    const largest = Math.max(...this.factors);
    this.tempRe = new Float32Array(largest);
    this.tempIm = new Float32Array(largest);
    // A sine at full scale has 0 dB.
    this.scale = 2 / this.window.reduce((sum, each) => sum + each, 0);
  }

  /** Levels in dB of `bins` frequencies of the window whose sample i is `read(i)`. */
  levels(read, out) {
    for (let i = 0; i < this.size; i++) this.input[i] = read(i) * this.window[i];
    this.#transform(0, 1, 0, this.size, 0);
    for (let k = 0; k < this.bins; k++) {
      const power = (this.re[k] ** 2 + this.im[k] ** 2) * this.scale ** 2;
      out[k] = power > 1e-12 ? 10 * Math.log10(power) : -120;
    }
  }

  /** Cooley and Tukey, for any factors: out[at..at+n) is the transform of every step-th input from offset. */
  #transform(offset, step, at, n, depth) {
    if (n === 1) {
      this.re[at] = this.input[offset];
      this.im[at] = 0;
      return;
    }
    const p = this.factors[depth];
    const m = n / p;
    for (let r = 0; r < p; r++) this.#transform(offset + r * step, step * p, at + r * m, m, depth + 1);
    const turn = this.size / n;
    for (let k = 0; k < m; k++) {
      for (let q = 0; q < p; q++) {
        let sumRe = 0;
        let sumIm = 0;
        for (let r = 0; r < p; r++) {
          const angle = (r * (k + q * m) * turn) % this.size;
          const re = this.re[at + r * m + k];
          const im = this.im[at + r * m + k];
          sumRe += re * this.cos[angle] - im * this.sin[angle];
          sumIm += re * this.sin[angle] + im * this.cos[angle];
        }
        this.tempRe[q] = sumRe;
        this.tempIm[q] = sumIm;
      }
      for (let q = 0; q < p; q++) {
        this.re[at + q * m + k] = this.tempRe[q];
        this.im[at + q * m + k] = this.tempIm[q];
      }
    }
  }
}

function factors(n) {
  const found = [];
  for (let p = 2; n > 1; p++) {
    while (n % p === 0) {
      found.push(p);
      n /= p;
    }
  }
  return found;
}
