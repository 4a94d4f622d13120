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

/** The backward pass of the leaky memory of a block, in reverse order of the hops. Thread-confined. */
final class MemoryGradient {
    private final int size;
    /** Derivative with respect to the memory after the current hop, from all later hops. */
    private final float[] later;

    /** Derivatives with respect to the arguments of rates and candidates, summed over all hops: those of the biases. */
    final float[] rateSums;

    final float[] candidateSums;

    /** Copies of the values of one hop. */
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

    /** Sets the sums to zero. */
    void reset() {
        Arrays.fill(rateSums, 0f);
        Arrays.fill(candidateSums, 0f);
    }

    /**
     * Back-propagates through one hop. Calls must run from the last hop of a segment to its first.
     *
     * @param roots square roots of the rates; replaced by the derivative with respect to the argument of the rate
     * @param candidates replaced by the derivative with respect to the candidate
     * @param memories memory after each hop
     * @param at offset of the hop in all arrays
     * @param hop index of the hop in its segment
     * @param hops number of hops of a segment
     * @param middleSlope derivative with respect to {@code y + h}
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
            float rate = z[i] * z[i];
            float all = slope[i] + later[i];
            later[i] = all * (1 - rate);
            float rateSlope = all * (c[i] - before[i]) * 2 * z[i] * saturationSlope(z[i]);
            c[i] = all * rate;
            z[i] = rateSlope;
            rateSums[i] += z[i];
            candidateSums[i] += c[i];
        }
    }

    /** Returns the derivative of {@code s = (1 + v / (1 + |v|)) / 2}, given s: {@code (1 - |2 s - 1|)^2 / 2}. */
    private static float saturationSlope(float s) {
        float rest = 1 - Math.abs(2 * s - 1);
        return 0.5f * rest * rest;
    }
}
