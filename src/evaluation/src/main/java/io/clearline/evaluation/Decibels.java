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

/** Converts ratios of energies to decibels. Stateless. */
public final class Decibels {
    /** Scores are clamped to +-120 dB. Beyond that, they would reflect the rounding of the arithmetic. */
    public static final double LIMIT_DB = 120;

    private Decibels() {}

    /**
     * Returns the ratio in decibels, clamped to {@code +-}{@link #LIMIT_DB}. A numerator of zero yields the lower
     * limit, even if the denominator is zero too.
     */
    public static double ofRatio(double numerator, double denominator) {
        if (!(numerator > 0)) {
            return -LIMIT_DB;
        }
        double ratio = denominator > 0 ? 10 * Math.log10(numerator / denominator) : LIMIT_DB;
        return Math.max(-LIMIT_DB, Math.min(LIMIT_DB, ratio));
    }
}
