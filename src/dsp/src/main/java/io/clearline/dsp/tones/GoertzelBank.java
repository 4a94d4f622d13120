/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.dsp.tones;

import io.clearline.dsp.HotPath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The energies of a few frequencies in successive blocks of a signal, each by Goertzel's second-order recursion.
 * Thread-confined; allocates nothing after construction.
 */
final class GoertzelBank {
    /** Filters that run side by side. */
    private static final int TOGETHER = 4;

    private final int blockSamples;
    private final double[] coefficients;
    private final double[] last;
    private final double[] beforeLast;
    private final double[] real;
    private final double[] imaginary;
    private final double[] sines;
    private final BlockEnergies block;
    private double total;
    private int filled;

    /** @param frequenciesHz those above half the sample rate have no energy */
    GoertzelBank(int sampleRateHz, int blockSamples, double... frequenciesHz) {
        this.blockSamples = blockSamples;
        coefficients = new double[frequenciesHz.length];
        sines = new double[frequenciesHz.length];
        for (int i = 0; i < frequenciesHz.length; i++) {
            coefficients[i] = 2 * StrictMath.cos(2 * StrictMath.PI * frequenciesHz[i] / sampleRateHz);
            sines[i] = StrictMath.sin(2 * StrictMath.PI * frequenciesHz[i] / sampleRateHz);
        }
        last = new double[frequenciesHz.length];
        beforeLast = new double[frequenciesHz.length];
        real = new double[frequenciesHz.length];
        imaginary = new double[frequenciesHz.length];
        block = new BlockEnergies(frequenciesHz.length, blockSamples);
    }

    int blockSamples() {
        return blockSamples;
    }

    /** Samples until the block is full. */
    @HotPath
    int missing() {
        return blockSamples - filled;
    }

    /** Takes samples, at most {@link #missing}; true when they filled the block, whose energies can then be asked. */
    @HotPath
    boolean push(float[] samples, int offset, int length) {
        int f = 0;
        for (; f + TOGETHER <= coefficients.length; f += TOGETHER) {
            filterFour(f, samples, offset, length);
        }
        for (; f < coefficients.length; f++) {
            filter(f, samples, offset, length);
        }
        for (int i = 0; i < length; i++) {
            total += (double) samples[offset + i] * samples[offset + i];
        }
        filled += length;
        if (filled < blockSamples) {
            return false;
        }
        endBlock();
        return true;
    }

    /**
     * Four filters side by side: each sample waits for the one before in its own filter only, which a processor works
     * off four times as fast as one filter after the other. Every filter computes what {@link #filter} does.
     */
    @HotPath
    private void filterFour(int first, float[] samples, int offset, int length) {
        double c0 = coefficients[first];
        double c1 = coefficients[first + 1];
        double c2 = coefficients[first + 2];
        double c3 = coefficients[first + 3];
        double a0 = last[first];
        double a1 = last[first + 1];
        double a2 = last[first + 2];
        double a3 = last[first + 3];
        double b0 = beforeLast[first];
        double b1 = beforeLast[first + 1];
        double b2 = beforeLast[first + 2];
        double b3 = beforeLast[first + 3];
        for (int i = 0; i < length; i++) {
            double sample = samples[offset + i];
            double next0 = sample + c0 * a0 - b0;
            double next1 = sample + c1 * a1 - b1;
            double next2 = sample + c2 * a2 - b2;
            double next3 = sample + c3 * a3 - b3;
            b0 = a0;
            b1 = a1;
            b2 = a2;
            b3 = a3;
            a0 = next0;
            a1 = next1;
            a2 = next2;
            a3 = next3;
        }
        last[first] = a0;
        last[first + 1] = a1;
        last[first + 2] = a2;
        last[first + 3] = a3;
        beforeLast[first] = b0;
        beforeLast[first + 1] = b1;
        beforeLast[first + 2] = b2;
        beforeLast[first + 3] = b3;
    }

    @HotPath
    private void filter(int f, float[] samples, int offset, int length) {
        double coefficient = coefficients[f];
        double s1 = last[f];
        double s2 = beforeLast[f];
        for (int i = 0; i < length; i++) {
            double s0 = samples[offset + i] + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        last[f] = s1;
        beforeLast[f] = s2;
    }

    @HotPath
    private void endBlock() {
        for (int f = 0; f < coefficients.length; f++) {
            double s1 = last[f];
            double s2 = beforeLast[f];
            block.set(f, s1 * s1 + s2 * s2 - coefficients[f] * s1 * s2);
            real[f] = s1 - coefficients[f] / 2 * s2;
            imaginary[f] = sines[f] * s2;
            last[f] = 0;
            beforeLast[f] = 0;
        }
        block.setTotal(total);
        total = 0;
        filled = 0;
    }

    /** The energies in the last full block. */
    @HotPath
    BlockEnergies block() {
        return block;
    }

    /** Real part of a frequency's Fourier coefficient over the last full block, with the phase at the block's end. */
    @HotPath
    double real(int frequency) {
        return real[frequency];
    }

    /** Imaginary part of the same. */
    @HotPath
    double imaginary(int frequency) {
        return imaginary[frequency];
    }

    void reset() {
        Arrays.fill(last, 0);
        Arrays.fill(beforeLast, 0);
        total = 0;
        filled = 0;
    }

    /** Writes the block that is not full yet. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(filled);
        out.writeDouble(total);
        for (int f = 0; f < last.length; f++) {
            out.writeDouble(last[f]);
            out.writeDouble(beforeLast[f]);
        }
    }

    void readFrom(DataInput in) throws IOException {
        filled = in.readInt();
        if (filled < 0 || filled >= blockSamples) {
            throw new IOException("The stored tone detector has " + filled + " samples of a block of " + blockSamples
                    + ". It was stored for another sample rate.");
        }
        total = in.readDouble();
        for (int f = 0; f < last.length; f++) {
            last[f] = in.readDouble();
            beforeLast[f] = in.readDouble();
        }
    }
}
