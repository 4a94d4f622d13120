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

/** The newest sixty SDR estimates of a stream, which are those of the last minute. Not thread-safe. */
final class SdrTrack {
    private static final int CAPACITY = 60;

    private final long[] startMicros = new long[CAPACITY];
    private final float[] values = new float[4 * CAPACITY];
    private long count;

    /**
     * One window's estimate, in dB.
     *
     * @param low lower end of the band that holds the output SDR with 80 % probability
     */
    public record Point(long windowStartMicros, float in, float out, float low, float high) {}

    void add(SdrEstimate estimate) {
        int at = (int) (count++ % CAPACITY);
        startMicros[at] = estimate.getWindowStartMicros();
        values[4 * at] = estimate.getInputSdrDb();
        values[4 * at + 1] = estimate.getOutputSdrDb();
        values[4 * at + 2] = estimate.getOutputSdrLowDb();
        values[4 * at + 3] = estimate.getOutputSdrHighDb();
    }

    /** The newest estimate; null before the first. */
    Point newest() {
        return count == 0 ? null : point(count - 1);
    }

    /** All that are kept, the oldest first. */
    List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (long i = Math.max(0, count - CAPACITY); i < count; i++) {
            points.add(point(i));
        }
        return points;
    }

    private Point point(long number) {
        int at = (int) (number % CAPACITY);
        return new Point(startMicros[at], values[4 * at], values[4 * at + 1], values[4 * at + 2], values[4 * at + 3]);
    }
}
