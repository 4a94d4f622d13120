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

/** What the scores ask of every signal. */
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

    static void requireComparable(float[] reference, float[] other, String name) {
        if (reference.length != other.length) {
            throw new IllegalArgumentException("reference has " + reference.length + " samples, " + name + " has "
                    + other.length + "; cut or align them to one length first");
        }
        double energy = energy(reference);
        if (!(energy > 0) || Double.isInfinite(energy)) {
            throw new IllegalArgumentException("reference of " + reference.length
                    + " samples is silent or not finite (energy " + energy + "); there is nothing to compare with");
        }
        if (!Double.isFinite(energy(other))) {
            throw new IllegalArgumentException(name + " holds a NaN or an infinity");
        }
    }
}
