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

/**
 * A non-negative dictionary. Each atom is a column. The array is shared, not copied, and must not change.
 *
 * @param weights {@code [rows x atoms]}, row-major, finite and non-negative
 */
public record Dictionary(int rows, int atoms, float[] weights) {

    public Dictionary {
        if (rows < 1 || atoms < 1 || weights.length != rows * atoms) {
            throw new IllegalArgumentException("dictionary: expected " + (long) rows * atoms + " weights for [" + rows
                    + " x " + atoms + "], found " + weights.length);
        }
        Weights.requireNonNegative("dictionary", weights);
    }

    /** Returns one weight. */
    public float at(int row, int atom) {
        return weights[row * atoms + atom];
    }
}
