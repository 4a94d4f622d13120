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
package io.clearline.unfolding.mrf;

/** The two states of a unit, and with them its activation function: the mean under mean field, given the input z. */
public enum Unit {
    /** 0 or 1; its mean is the probability of 1: {@code 1 / (1 + e^-z)}. */
    BINARY {
        @Override
        double mean(double z) {
            return Sigmoid.of(z);
        }

        @Override
        double slope(double mean) {
            return mean * (1 - mean);
        }
    },
    /** -1 or 1; its mean is {@code tanh z}. */
    SPIN {
        @Override
        double mean(double z) {
            return StrictMath.tanh(z);
        }

        @Override
        double slope(double mean) {
            return 1 - mean * mean;
        }
    };

    /** Returns the mean of the unit, given its input z. */
    abstract double mean(double z);

    /** Returns the derivative of the mean with respect to z, given the mean; never negative. */
    abstract double slope(double mean);
}
