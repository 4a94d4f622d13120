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
package io.clearline.evaluation;

/** Arithmetic and preconditions that the scores share. Stateless. */
final class Signal {
    private Signal() {}

    static double energy(float[] samples) {
        return product(samples, samples);
    }

    static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** @throws IllegalArgumentException when a signal cannot be scored against the reference; the message says why */
    static void requireComparable(float[] reference, float[] other, String name) {
        if (reference.length != other.length) {
            throw new IllegalArgumentException("reference has " + reference.length + " samples, " + name + " has "
                    + other.length + "; cut or align them to the same length first");
        }
        double energy = energy(reference);
        if (!(energy > 0) || Double.isInfinite(energy)) {
            throw new IllegalArgumentException(
                    "reference of " + reference.length + " samples is silent or not finite (energy " + energy
                            + "); expected finite samples with energy above 0");
        }
        if (!Double.isFinite(energy(other))) {
            throw new IllegalArgumentException(name + " contains NaN or infinite samples");
        }
    }
}
