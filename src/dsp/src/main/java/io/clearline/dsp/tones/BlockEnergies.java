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
 * The energies of a few frequencies in a stretch of a signal, and the energy of all of it. A sine counts with the sum
 * of its squares. Thread-confined.
 */
final class BlockEnergies {
    private final double[] energies;
    private final int samples;
    private double total;

    BlockEnergies(int frequencies, int samples) {
        energies = new double[frequencies];
        this.samples = samples;
    }

    /** Takes the squared magnitude of the Fourier coefficient of one frequency over all the samples. */
    @HotPath
    void set(int frequency, double squaredMagnitude) {
        energies[frequency] = squaredMagnitude * 2 / samples;
    }

    /** Takes the sum of the squares of all the samples. */
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

    /** Whether the mean square is above a power. */
    @HotPath
    boolean isLouderThan(double power) {
        return total > power * samples;
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

    /** Whether a frequency has so many times the energy of each other among some. */
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
