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

/**
 * Computes the energies of a few frequencies in consecutive blocks of a signal with Goertzel's algorithm, a
 * second-order recursion per frequency. Thread-confined; allocates nothing after construction.
 */
final class GoertzelBank {
    private final int blockSamples;
    private final double[] coefficients;
    private final GoertzelFilters filters;
    private final double[] real;
    private final double[] imaginary;
    private final double[] sines;
    private final BlockEnergies block;
    private double total;
    private int filled;

    /** @param frequenciesHz must be below half the sample rate, because higher frequencies alias */
    GoertzelBank(int sampleRateHz, int blockSamples, double... frequenciesHz) {
        this.blockSamples = blockSamples;
        coefficients = new double[frequenciesHz.length];
        sines = new double[frequenciesHz.length];
        for (int i = 0; i < frequenciesHz.length; i++) {
            coefficients[i] = 2 * StrictMath.cos(2 * StrictMath.PI * frequenciesHz[i] / sampleRateHz);
            sines[i] = StrictMath.sin(2 * StrictMath.PI * frequenciesHz[i] / sampleRateHz);
        }
        filters = GoertzelFilters.of(coefficients);
        real = new double[frequenciesHz.length];
        imaginary = new double[frequenciesHz.length];
        block = new BlockEnergies(frequenciesHz.length, blockSamples);
    }

    int blockSamples() {
        return blockSamples;
    }

    /** Returns the number of samples until the block is complete. */
    @HotPath
    int missing() {
        return blockSamples - filled;
    }

    /**
     * Takes at most {@link #missing} samples. Returns true if they complete the block, whose energies are then valid.
     */
    @HotPath
    boolean push(float[] samples, int offset, int length) {
        filters.run(samples, offset, length);
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

    @HotPath
    private void endBlock() {
        for (int f = 0; f < coefficients.length; f++) {
            double s1 = filters.last(f);
            double s2 = filters.beforeLast(f);
            block.set(f, s1 * s1 + s2 * s2 - coefficients[f] * s1 * s2);
            real[f] = s1 - coefficients[f] / 2 * s2;
            imaginary[f] = sines[f] * s2;
        }
        filters.clear();
        block.setTotal(total);
        total = 0;
        filled = 0;
    }

    /** Returns the energies of the last complete block. */
    @HotPath
    BlockEnergies block() {
        return block;
    }

    /**
     * Returns the real part of the Fourier coefficient of the last complete block, with the phase at the block's end.
     */
    @HotPath
    double real(int frequency) {
        return real[frequency];
    }

    /** Returns the imaginary part of the same coefficient. */
    @HotPath
    double imaginary(int frequency) {
        return imaginary[frequency];
    }

    void reset() {
        filters.clear();
        total = 0;
        filled = 0;
    }

    /** Writes the state of the incomplete block for {@link #readFrom}. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(filled);
        out.writeDouble(total);
        for (int f = 0; f < coefficients.length; f++) {
            out.writeDouble(filters.last(f));
            out.writeDouble(filters.beforeLast(f));
        }
    }

    /** @throws IOException if the stored state belongs to another sample rate */
    void readFrom(DataInput in) throws IOException {
        filled = in.readInt();
        if (filled < 0 || filled >= blockSamples) {
            throw new IOException("The stored tone detector has " + filled + " samples of a block of " + blockSamples
                    + ". It was stored for another sample rate.");
        }
        total = in.readDouble();
        for (int f = 0; f < coefficients.length; f++) {
            filters.set(f, in.readDouble(), in.readDouble());
        }
    }
}
