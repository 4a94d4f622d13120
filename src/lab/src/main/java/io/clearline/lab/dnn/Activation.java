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

/** What a hidden unit makes of its sum. */
public enum Activation {
    /** Mean field in layers of units that are 0 or 1, visited once bottom to top. */
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
    /** The same for units that are -1 or 1. */
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
    /** Rectified. */
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

    abstract float value(float sum);

    /** The derivative, from the value. */
    abstract float slope(float value);
}
