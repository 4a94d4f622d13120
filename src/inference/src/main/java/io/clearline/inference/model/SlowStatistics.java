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
 * What the network is told about the stream's past beyond its context, as further input rows: exponential means of the
 * bands at two rates, and a noise floor that falls fast and rises slowly.
 *
 * <pre>
 *   e += max(rate, 1 / (t + 1)) * (m - e)            for each of slowRate, fastRate, and q at floorSmoothingRate
 *   f = min(floorRise * f + floorRiseOffset, f + floorFall * (q - f)),  f = q at the first hop
 * </pre>
 *
 * @param trackFloor whether the floor is there at all: three groups of rows with it, two without
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

    /** Means at 0.02 and 0.1 a hop and the floor: three groups of rows. */
    public static SlowStatistics standard() {
        return new SlowStatistics(0.02f, 0.1f, true, 0.25f, 1.015f, 1e-5f, 0.3f);
    }

    /** The two means alone. */
    public static SlowStatistics meansOnly() {
        return new SlowStatistics(0.02f, 0.1f, false, 0, 0, 0, 0);
    }

    /** Input rows for each band. */
    public int rowsPerBand() {
        return trackFloor ? 3 : 2;
    }

    private static void requireRate(String what, float rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("slow statistics: expected a " + what + " in (0, 1], found " + rate);
        }
    }
}
