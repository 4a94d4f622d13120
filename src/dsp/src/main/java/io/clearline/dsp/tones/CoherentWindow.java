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
 * The energies of the frequencies of a bank in its last three blocks taken as one stretch, which ends with each block.
 * The blocks' Fourier coefficients add up with their phases, so the window is as selective as its length: three times
 * as narrow as a block. What is not steady, as speech, does not add up. Before the signal there was silence.
 * Thread-confined; allocates nothing after construction.
 */
final class CoherentWindow {
    static final int BLOCKS = 3;

    private final GoertzelBank bank;
    private final BlockEnergies energies;
    /** For each frequency: by how much a block's length turns the phase. */
    private final double[] turnReal;

    private final double[] turnImaginary;
    /** For each frequency, real and imaginary: the coefficient of the block before, and of the one before that. */
    private final double[] before;

    private final double[] beforeThat;
    private double totalBefore;
    private double totalBeforeThat;

    CoherentWindow(GoertzelBank bank, int sampleRateHz, double... frequenciesHz) {
        this.bank = bank;
        energies = new BlockEnergies(frequenciesHz.length, BLOCKS * bank.blockSamples());
        turnReal = new double[frequenciesHz.length];
        turnImaginary = new double[frequenciesHz.length];
        for (int f = 0; f < frequenciesHz.length; f++) {
            double angle = 2 * StrictMath.PI * frequenciesHz[f] / sampleRateHz * bank.blockSamples();
            turnReal[f] = StrictMath.cos(angle);
            turnImaginary[f] = StrictMath.sin(angle);
        }
        before = new double[2 * frequenciesHz.length];
        beforeThat = new double[2 * frequenciesHz.length];
    }

    /** Takes the block that the bank has just filled; gives the energies of the window that ends with it. */
    @HotPath
    BlockEnergies advance() {
        for (int f = 0; f < turnReal.length; f++) {
            int re = 2 * f;
            int im = re + 1;
            double real = before[re] + turnReal[f] * beforeThat[re] - turnImaginary[f] * beforeThat[im];
            double imaginary = before[im] + turnReal[f] * beforeThat[im] + turnImaginary[f] * beforeThat[re];
            double sumReal = bank.real(f) + turnReal[f] * real - turnImaginary[f] * imaginary;
            double sumImaginary = bank.imaginary(f) + turnReal[f] * imaginary + turnImaginary[f] * real;
            energies.set(f, sumReal * sumReal + sumImaginary * sumImaginary);
            beforeThat[re] = before[re];
            beforeThat[im] = before[im];
            before[re] = bank.real(f);
            before[im] = bank.imaginary(f);
        }
        double total = bank.block().total();
        energies.setTotal(total + totalBefore + totalBeforeThat);
        totalBeforeThat = totalBefore;
        totalBefore = total;
        return energies;
    }

    void reset() {
        Arrays.fill(before, 0);
        Arrays.fill(beforeThat, 0);
        totalBefore = 0;
        totalBeforeThat = 0;
    }

    void writeTo(DataOutput out) throws IOException {
        for (int i = 0; i < before.length; i++) {
            out.writeDouble(before[i]);
            out.writeDouble(beforeThat[i]);
        }
        out.writeDouble(totalBefore);
        out.writeDouble(totalBeforeThat);
    }

    void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < before.length; i++) {
            before[i] = in.readDouble();
            beforeThat[i] = in.readDouble();
        }
        totalBefore = in.readDouble();
        totalBeforeThat = in.readDouble();
    }
}
