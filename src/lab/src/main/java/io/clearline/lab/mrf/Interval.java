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
package io.clearline.lab.mrf;

import java.util.Arrays;

/**
 * Mean of a few independent numbers with its 95 % confidence interval by Student's t. Immutable.
 *
 * @param mean the mean
 * @param low lower end of the interval; NaN for a single number
 * @param high upper end of the interval; NaN for a single number
 */
public record Interval(double mean, double low, double high) {
    /** 97.5 % quantiles of Student's t for 1 to 15 degrees of freedom. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131
    };

    /** Returns the interval of 1 to 16 numbers. */
    static Interval of(double... values) {
        if (values.length == 0 || values.length > STUDENT.length + 1) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + (STUDENT.length + 1) + " numbers for an interval, found " + values.length + ".");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double halfWidth = values.length == 1
                ? Double.NaN
                : STUDENT[values.length - 2] * Math.sqrt(squares / (values.length - 1) / values.length);
        return new Interval(mean, mean - halfWidth, mean + halfWidth);
    }
}
