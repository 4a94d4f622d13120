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
package io.clearline.evaluation.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Rounds the figures of reports. Stateless. */
final class Rounded {
    private static final int DECIMALS = 3;

    private Rounded() {}

    /** Returns a number with at most three decimals; null when it is not finite. */
    static Double of(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        // Adding 0.0 turns -0.0 into 0.0.
        return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue() + 0.0;
    }

    /** Returns a number with a fixed number of decimals; a dash when it is not finite. */
    static String text(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "–";
    }
}
