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
package io.clearline.inference.network;

/** Argument checks for the parameter records of this package. Stateless. */
final class Weights {

    private Weights() {}

    /** Rejects negative, infinite and NaN entries, because multiplicative updates are valid only for weights >= 0. */
    static void requireNonNegative(String what, float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        what + ": expected finite weights >= 0, found " + weights[i] + " at index " + i);
            }
        }
    }

    /** Rejects an array of another length. */
    static void requireLength(String what, float[] weights, int expected) {
        if (weights.length != expected) {
            throw new IllegalArgumentException(what + ": expected " + expected + " entries, found " + weights.length);
        }
    }

    /** Rejects an array of another length, and infinite and NaN entries. */
    static void requireFinite(String what, float[] weights, int expected) {
        requireLength(what, weights, expected);
        for (int i = 0; i < weights.length; i++) {
            if (!Float.isFinite(weights[i])) {
                throw new IllegalArgumentException(
                        what + ": expected finite weights, found " + weights[i] + " at index " + i);
            }
        }
    }
}
