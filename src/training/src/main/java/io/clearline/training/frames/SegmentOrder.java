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
package io.clearline.training.frames;

import java.util.SplittableRandom;

/**
 * The order in which training steps use the segments of a set. Each epoch visits the segments in a new random order.
 * The order depends only on seed and step, so that a resumed training uses the same segments as an uninterrupted one.
 * Immutable and thread-safe.
 */
public final class SegmentOrder {
    private final int segments;
    private final int segmentsPerStep;
    private final long seed;

    public SegmentOrder(int segments, int segmentsPerStep, long seed) {
        this.segments = segments;
        this.segmentsPerStep = Math.min(segments, segmentsPerStep);
        this.seed = seed;
    }

    /** Returns the number of segments per step: the requested number, limited to the size of the set. */
    public int segmentsPerStep() {
        return segmentsPerStep;
    }

    /** Returns the segments of a step. Segments that do not fill a whole step at the end of an epoch are left out. */
    public int[] ofStep(int step) {
        int stepsPerEpoch = segments / segmentsPerStep;
        int[] order = epoch(step / stepsPerEpoch);
        int[] drawn = new int[segmentsPerStep];
        System.arraycopy(order, step % stepsPerEpoch * segmentsPerStep, drawn, 0, segmentsPerStep);
        return drawn;
    }

    private int[] epoch(int epoch) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        int[] order = new int[segments];
        for (int i = 0; i < segments; i++) {
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        return order;
    }
}
