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

/** Ratios of energies in decibels, as every score here has them. */
public final class Decibels {
    /** Scores stay within +-120 dB: beyond it lies the rounding of 16-bit audio and of the arithmetic. */
    public static final double LIMIT_DB = 120;

    private Decibels() {}

    /** Ten times the logarithm of the ratio, within {@link #LIMIT_DB}; the lower limit for nothing over nothing. */
    public static double ofRatio(double numerator, double denominator) {
        if (!(numerator > 0)) {
            return -LIMIT_DB;
        }
        double ratio = denominator > 0 ? 10 * Math.log10(numerator / denominator) : LIMIT_DB;
        return Math.max(-LIMIT_DB, Math.min(LIMIT_DB, ratio));
    }
}
