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
 * The energies of the frequencies of a {@link GoertzelBank} in a sliding window of its last three blocks. The window
 * adds the Fourier coefficients of the blocks coherently, with their phases, so its frequency resolution is three times
 * as fine as that of a block. Steady tones add up; speech, whose phases change, does not. The signal is preceded by
 * silence. Thread-confined; allocates nothing after construction.
 */
final class CoherentWindow {
    static final int BLOCKS = 3;

    private final GoertzelBank bank;
    private final BlockEnergies energies;
    /** For each frequency, the rotation of its phase over the length of a block. */
    private final double[] rotationReal;

    private final double[] rotationImaginary;
    /** Coefficients of the previous block, {@code [frequencies x 2]}: real and imaginary parts. */
    private final double[] previous;

    /** Coefficients of the block before the previous one. */
    private final double[] secondPrevious;

    private double previousTotal;
    private double secondPreviousTotal;

    CoherentWindow(GoertzelBank bank, int sampleRateHz, double... frequenciesHz) {
        this.bank = bank;
        energies = new BlockEnergies(frequenciesHz.length, BLOCKS * bank.blockSamples());
        rotationReal = new double[frequenciesHz.length];
        rotationImaginary = new double[frequenciesHz.length];
        for (int f = 0; f < frequenciesHz.length; f++) {
            double angle = 2 * StrictMath.PI * frequenciesHz[f] / sampleRateHz * bank.blockSamples();
            rotationReal[f] = StrictMath.cos(angle);
            rotationImaginary[f] = StrictMath.sin(angle);
        }
        previous = new double[2 * frequenciesHz.length];
        secondPrevious = new double[2 * frequenciesHz.length];
    }

    /** Takes the block that the bank has just completed. Returns the energies of the window that ends with it. */
    @HotPath
    BlockEnergies advance() {
        for (int f = 0; f < rotationReal.length; f++) {
            int re = 2 * f;
            int im = re + 1;
            double rotateReal = rotationReal[f];
            double rotateImaginary = rotationImaginary[f];
            double real = previous[re] + rotateReal * secondPrevious[re] - rotateImaginary * secondPrevious[im];
            double imaginary = previous[im] + rotateReal * secondPrevious[im] + rotateImaginary * secondPrevious[re];
            double sumReal = bank.real(f) + rotateReal * real - rotateImaginary * imaginary;
            double sumImaginary = bank.imaginary(f) + rotateReal * imaginary + rotateImaginary * real;
            energies.set(f, sumReal * sumReal + sumImaginary * sumImaginary);
            secondPrevious[re] = previous[re];
            secondPrevious[im] = previous[im];
            previous[re] = bank.real(f);
            previous[im] = bank.imaginary(f);
        }
        double total = bank.block().total();
        energies.setTotal(total + previousTotal + secondPreviousTotal);
        secondPreviousTotal = previousTotal;
        previousTotal = total;
        return energies;
    }

    void reset() {
        Arrays.fill(previous, 0);
        Arrays.fill(secondPrevious, 0);
        previousTotal = 0;
        secondPreviousTotal = 0;
    }

    void writeTo(DataOutput out) throws IOException {
        for (int i = 0; i < previous.length; i++) {
            out.writeDouble(previous[i]);
            out.writeDouble(secondPrevious[i]);
        }
        out.writeDouble(previousTotal);
        out.writeDouble(secondPreviousTotal);
    }

    void readFrom(DataInput in) throws IOException {
        for (int i = 0; i < previous.length; i++) {
            previous[i] = in.readDouble();
            secondPrevious[i] = in.readDouble();
        }
        previousTotal = in.readDouble();
        secondPreviousTotal = in.readDouble();
    }
}
