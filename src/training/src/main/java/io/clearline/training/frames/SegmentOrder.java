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
 * Which segments each step of a training uses: all of them once a round, in an order of the round's own. Depends on
 * seed and step alone, so a resumed training sees what an unbroken one sees.
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

    /** Segments of every step: what was asked for, but no more than there are. */
    public int segmentsPerStep() {
        return segmentsPerStep;
    }

    /** The segments of a step. What doesn't fill a step at the end of a round stays out of it. */
    public int[] ofStep(int step) {
        int stepsPerRound = segments / segmentsPerStep;
        int[] order = round(step / stepsPerRound);
        int[] drawn = new int[segmentsPerStep];
        System.arraycopy(order, step % stepsPerRound * segmentsPerStep, drawn, 0, segmentsPerStep);
        return drawn;
    }

    private int[] round(int round) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + round);
        int[] order = new int[segments];
        for (int i = 0; i < segments; i++) {
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        return order;
    }
}
