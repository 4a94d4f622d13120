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
package io.clearline.inference.model;

/**
 * Statistics of a stream's past beyond the context frames, as further input rows of the network. They are exponential
 * means of the bands at two rates and, optionally, a noise floor that falls fast and rises slowly. With the magnitudes
 * {@code m} of hop {@code t = 0, 1, ..}:
 *
 * <pre>
 *   e += max(rate, 1 / (t + 1)) * (m - e)   for each of slowRate and fastRate, and for q at floorSmoothingRate
 *   f = min(floorRise * f + floorRiseOffset, f + floorFall * (q - f)),  f = q at the first hop
 * </pre>
 *
 * Rates are per hop, in (0, 1]. Immutable.
 *
 * @param trackFloor whether the noise floor is part of the input; if not, the parameters of the floor are unused
 */
public record SlowStatistics(
        float slowRate,
        float fastRate,
        boolean trackFloor,
        float floorSmoothingRate,
        float floorRise,
        float floorRiseOffset,
        float floorFall) {

    public SlowStatistics {
        requireRate("slow rate", slowRate);
        requireRate("fast rate", fastRate);
        if (trackFloor) {
            requireRate("floor smoothing rate", floorSmoothingRate);
            requireRate("floor fall", floorFall);
        }
    }

    /** Returns the default: means at 0.02 and 0.1 per hop and the noise floor. */
    public static SlowStatistics standard() {
        return new SlowStatistics(0.02f, 0.1f, true, 0.25f, 1.015f, 1e-5f, 0.3f);
    }

    /** Returns the default means without the noise floor. */
    public static SlowStatistics meansOnly() {
        return new SlowStatistics(0.02f, 0.1f, false, 0, 0, 0, 0);
    }

    /** Returns the number of input rows per band. */
    public int rowsPerBand() {
        return trackFloor ? 3 : 2;
    }

    private static void requireRate(String what, float rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("slow statistics: expected a " + what + " in (0, 1], found " + rate);
        }
    }
}
