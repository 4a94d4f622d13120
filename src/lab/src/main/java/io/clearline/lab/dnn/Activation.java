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
package io.clearline.lab.dnn;

/** Activation functions of hidden units. */
public enum Activation {
    /**
     * The logistic function: one mean-field pass from bottom to top through layers of units with the states 0 and 1.
     */
    SIGMOID {
        @Override
        float value(float sum) {
            return (float) (1 / (1 + Math.exp(-sum)));
        }

        @Override
        float slope(float value) {
            return value * (1 - value);
        }
    },
    /** The hyperbolic tangent: the same for units with the states -1 and 1. */
    TANH {
        @Override
        float value(float sum) {
            return (float) Math.tanh(sum);
        }

        @Override
        float slope(float value) {
            return 1 - value * value;
        }
    },
    /** The rectifier, {@code max(sum, 0)}. */
    RELU {
        @Override
        float value(float sum) {
            return Math.max(sum, 0);
        }

        @Override
        float slope(float value) {
            return value > 0 ? 1 : 0;
        }
    };

    /** Returns the output of a unit for its weighted sum plus bias. */
    abstract float value(float sum);

    /** Returns the derivative of the output by the sum, given the output. */
    abstract float slope(float value);
}
