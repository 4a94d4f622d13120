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
package io.clearline.dsp.tones;

import io.clearline.dsp.HotPath;

/** {@link GoertzelFilters} in plain Java. */
final class PlainGoertzelFilters extends GoertzelFilters {
    /** Number of filters per loop. */
    private static final int UNROLLED = 4;

    PlainGoertzelFilters(double[] coefficients) {
        super(coefficients, coefficients.length);
    }

    @HotPath
    @Override
    void run(float[] samples, int offset, int length) {
        int f = 0;
        for (; f + UNROLLED <= coefficients.length; f += UNROLLED) {
            runFour(f, samples, offset, length);
        }
        for (; f < coefficients.length; f++) {
            runOne(f, samples, offset, length);
        }
    }

    /**
     * Runs four filters in one loop. Each step of a recursion waits for the previous step of the same filter only, so
     * four independent recursions keep the processor's pipeline busy and take hardly longer than one. Every filter
     * computes the same as in {@link #runOne}.
     */
    @HotPath
    private void runFour(int first, float[] samples, int offset, int length) {
        double c0 = coefficients[first];
        double c1 = coefficients[first + 1];
        double c2 = coefficients[first + 2];
        double c3 = coefficients[first + 3];
        double a0 = last[first];
        double a1 = last[first + 1];
        double a2 = last[first + 2];
        double a3 = last[first + 3];
        double b0 = beforeLast[first];
        double b1 = beforeLast[first + 1];
        double b2 = beforeLast[first + 2];
        double b3 = beforeLast[first + 3];
        for (int i = 0; i < length; i++) {
            double sample = samples[offset + i];
            double next0 = sample + c0 * a0 - b0;
            double next1 = sample + c1 * a1 - b1;
            double next2 = sample + c2 * a2 - b2;
            double next3 = sample + c3 * a3 - b3;
            b0 = a0;
            b1 = a1;
            b2 = a2;
            b3 = a3;
            a0 = next0;
            a1 = next1;
            a2 = next2;
            a3 = next3;
        }
        last[first] = a0;
        last[first + 1] = a1;
        last[first + 2] = a2;
        last[first + 3] = a3;
        beforeLast[first] = b0;
        beforeLast[first + 1] = b1;
        beforeLast[first + 2] = b2;
        beforeLast[first + 3] = b3;
    }

    @HotPath
    private void runOne(int f, float[] samples, int offset, int length) {
        double coefficient = coefficients[f];
        double s1 = last[f];
        double s2 = beforeLast[f];
        for (int i = 0; i < length; i++) {
            double s0 = samples[offset + i] + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        last[f] = s1;
        beforeLast[f] = s2;
    }
}
