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
    private final int blockSamples;
    private final double[] coefficients;
    private final double[] last;
    private final double[] beforeLast;
    private final double[] energies;
    private double total;
    private double blockEnergy;
    private int filled;

    /** @param frequenciesHz those above half the sample rate have no energy */
    GoertzelBank(int sampleRateHz, int blockSamples, double... frequenciesHz) {
        this.blockSamples = blockSamples;
        coefficients = new double[frequenciesHz.length];
        for (int i = 0; i < frequenciesHz.length; i++) {
            coefficients[i] = 2 * StrictMath.cos(2 * StrictMath.PI * frequenciesHz[i] / sampleRateHz);
        }
        last = new double[frequenciesHz.length];
        beforeLast = new double[frequenciesHz.length];
        energies = new double[frequenciesHz.length];
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
        for (int f = 0; f < coefficients.length; f++) {
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
            double s1 = last[f];
            double s2 = beforeLast[f];
            // A sine of amplitude 1 gives what its squares sum to: half the block.
            energies[f] = (s1 * s1 + s2 * s2 - coefficients[f] * s1 * s2) * 2 / blockSamples;
            last[f] = 0;
            beforeLast[f] = 0;
        }
        blockEnergy = total;
        total = 0;
        filled = 0;
    }

    /** Energy near a frequency in the last full block, on the scale of {@link #blockEnergy}. */
    @HotPath
    double energy(int frequency) {
        return energies[frequency];
    }

    /** Sum of the squares of the last full block. */
    @HotPath
    double blockEnergy() {
        return blockEnergy;
    }

    /** The frequency of most energy among some. */
    @HotPath
    int strongest(int from, int to) {
        int best = from;
        for (int f = from + 1; f < to; f++) {
            best = energies[f] > energies[best] ? f : best;
        }
        return best;
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
