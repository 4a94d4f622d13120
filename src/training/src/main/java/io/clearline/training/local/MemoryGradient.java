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
package io.clearline.training.local;

import java.util.Arrays;

/** The slopes of a block's leaky memory, which is run the other way through time. Thread-confined. */
final class MemoryGradient {
    private final int size;
    /** By the memory after the hop, from all later hops. */
    private final float[] later;

    /** The slopes by the arguments of the rate, and by those of the candidate, of all hops together. */
    final float[] rateSums;

    final float[] candidateSums;

    /** Copies of one hop. */
    private final float[] z;

    private final float[] c;
    private final float[] before;
    private final float[] slope;

    MemoryGradient(int size) {
        this.size = size;
        later = new float[size];
        rateSums = new float[size];
        candidateSums = new float[size];
        z = new float[size];
        c = new float[size];
        before = new float[size];
        slope = new float[size];
    }

    /** Forgets the sums. */
    void reset() {
        Arrays.fill(rateSums, 0f);
        Arrays.fill(candidateSums, 0f);
    }

    /**
     * Puts the slopes by the arguments of rate and candidate in the places of roots and candidates, and adds them to
     * the sums. Hops must come from the last of a segment to its first.
     *
     * @param at where the hop begins in all arrays
     */
    void backward(float[] roots, float[] candidates, float[] memories, int at, int hop, int hops, float[] middleSlope) {
        if (hop == hops - 1) {
            Arrays.fill(later, 0f);
        }
        System.arraycopy(roots, at, z, 0, size);
        System.arraycopy(candidates, at, c, 0, size);
        System.arraycopy(middleSlope, at, slope, 0, size);
        if (hop == 0) {
            Arrays.fill(before, 0f);
        } else {
            System.arraycopy(memories, at - size, before, 0, size);
        }
        backward();
        System.arraycopy(z, 0, roots, at, size);
        System.arraycopy(c, 0, candidates, at, size);
    }

    private void backward() {
        for (int i = 0; i < size; i++) {
            float used = z[i] * z[i];
            float all = slope[i] + later[i];
            later[i] = all * (1 - used);
            float rateSlope = all * (c[i] - before[i]) * 2 * z[i] * saturationSlope(z[i]);
            c[i] = all * used;
            z[i] = rateSlope;
            rateSums[i] += z[i];
            candidateSums[i] += c[i];
        }
    }

    /** The slope of {@code s = (1 + v / (1 + |v|)) / 2}, by its value: {@code (1 - |2 s - 1|)^2 / 2}. */
    private static float saturationSlope(float s) {
        float rest = 1 - Math.abs(2 * s - 1);
        return 0.5f * rest * rest;
    }
}
