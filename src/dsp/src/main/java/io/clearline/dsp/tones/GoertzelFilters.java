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
import io.clearline.dsp.SimdClasses;
import java.util.Arrays;

/**
 * The recursions of a few Goertzel filters over one signal: {@code s[n] = x[n] + c s[n - 1] - s[n - 2]}, with a c for
 * each filter. In plain Java or on the Vector API, with the same bits. Thread-confined; allocates nothing after
 * construction.
 */
abstract class GoertzelFilters {
    /** Loaded by name. */
    static final String VECTOR = "io.clearline.dsp.tones.VectorGoertzelFilters$OnVectors";

    /** By filter; may be longer than there are filters, as the two below. */
    final double[] coefficients;

    /** By filter: {@code s[n - 1]}. */
    final double[] last;

    /** By filter: {@code s[n - 2]}. */
    final double[] beforeLast;

    /** @param length of the arrays; filters beyond the coefficients run with 0, and nobody asks for them */
    GoertzelFilters(double[] coefficients, int length) {
        this.coefficients = Arrays.copyOf(coefficients, length);
        last = new double[length];
        beforeLast = new double[length];
    }

    /** The fastest that this JVM can run. */
    static GoertzelFilters of(double[] coefficients) {
        return Chosen.KIND.of(coefficients);
    }

    /** Makes filters of one kind. */
    interface Kind {
        GoertzelFilters of(double[] coefficients);
    }

    /** The choice of the process, made once. */
    private static final class Chosen {
        private static final Kind KIND =
                SimdClasses.preferred(Kind.class, VECTOR).orElse(PlainGoertzelFilters::new);

        private Chosen() {}
    }

    /** Takes samples of the signal. */
    @HotPath
    abstract void run(float[] samples, int offset, int length);

    /** {@code s[n - 1]} of a filter. */
    @HotPath
    double last(int filter) {
        return last[filter];
    }

    /** {@code s[n - 2]} of a filter. */
    @HotPath
    double beforeLast(int filter) {
        return beforeLast[filter];
    }

    /** Sets what a filter remembers. */
    @HotPath
    void set(int filter, double lastValue, double beforeLastValue) {
        last[filter] = lastValue;
        beforeLast[filter] = beforeLastValue;
    }

    /** Forgets the signal. */
    @HotPath
    void clear() {
        Arrays.fill(last, 0);
        Arrays.fill(beforeLast, 0);
    }
}
