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
package io.clearline.console.board;

import io.clearline.schemas.SdrEstimate;
import java.util.ArrayList;
import java.util.List;

/** The newest sixty SDR estimates of a channel, at one per second those of the last minute. Thread-confined. */
final class SdrTrack {
    private static final int CAPACITY = 60;
    private static final int FIELDS = 4;

    private final long[] startMicros = new long[CAPACITY];
    private final float[] values = new float[FIELDS * CAPACITY];
    private long count;

    /**
     * The estimate of one window. SDR values are in dB.
     *
     * @param windowStartMicros capture time at which the window starts
     * @param in SDR before enhancement
     * @param out SDR after enhancement
     * @param low lower limit of the 80 % prediction interval of the output SDR
     * @param high upper limit of the same interval
     */
    public record Point(long windowStartMicros, float in, float out, float low, float high) {}

    void add(SdrEstimate estimate) {
        int at = (int) (count++ % CAPACITY);
        startMicros[at] = estimate.getWindowStartMicros();
        values[FIELDS * at] = estimate.getInputSdrDb();
        values[FIELDS * at + 1] = estimate.getOutputSdrDb();
        values[FIELDS * at + 2] = estimate.getOutputSdrLowDb();
        values[FIELDS * at + 3] = estimate.getOutputSdrHighDb();
    }

    /** Returns the newest estimate; null when there is none. */
    Point newest() {
        return count == 0 ? null : point(count - 1);
    }

    /** Returns all stored estimates, oldest first. */
    List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            points.add(point(i));
        }
        return points;
    }

    private Point point(long number) {
        int at = (int) (number % CAPACITY);
        int first = FIELDS * at;
        return new Point(startMicros[at], values[first], values[first + 1], values[first + 2], values[first + 3]);
    }
}
