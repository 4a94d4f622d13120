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

/**
 * The energies of a few frequencies in a block of a signal, and the total energy of the block. The energy of a sine is
 * the sum of its squared samples. Thread-confined; allocates nothing after construction.
 */
final class BlockEnergies {
    private final double[] energies;
    private final int samples;
    private double total;

    BlockEnergies(int frequencies, int samples) {
        energies = new double[frequencies];
        this.samples = samples;
    }

    /** Sets the energy of a frequency from the squared magnitude of its Fourier coefficient over the block. */
    @HotPath
    void set(int frequency, double squaredMagnitude) {
        energies[frequency] = squaredMagnitude * 2 / samples;
    }

    /** Sets the total energy, the sum of all squared samples. */
    @HotPath
    void setTotal(double sumOfSquares) {
        total = sumOfSquares;
    }

    @HotPath
    double energy(int frequency) {
        return energies[frequency];
    }

    @HotPath
    double total() {
        return total;
    }

    /** Returns whether the mean square of the samples is above the given power. */
    @HotPath
    boolean isLouderThan(double power) {
        return total > power * samples;
    }

    /** Returns the frequency with the highest energy among those from {@code from} to {@code to}, exclusive. */
    @HotPath
    int strongest(int from, int to) {
        int best = from;
        for (int f = from + 1; f < to; f++) {
            best = energies[f] > energies[best] ? f : best;
        }
        return best;
    }

    /** Returns whether a frequency has at least {@code ratio} times the energy of every other one in the range. */
    @HotPath
    boolean dominates(int strongest, int from, int to, double ratio) {
        for (int f = from; f < to; f++) {
            if (f != strongest && ratio * energies[f] > energies[strongest]) {
                return false;
            }
        }
        return true;
    }
}
