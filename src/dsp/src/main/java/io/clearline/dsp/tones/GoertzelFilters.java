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
 * Runs the recursions of a few Goertzel filters over one signal: {@code s[n] = x[n] + c s[n - 1] - s[n - 2]}, with one
 * coefficient c per filter. The implementations in plain Java and on the Vector API compute the same bits.
 * Thread-confined; allocates nothing after construction.
 */
abstract class GoertzelFilters {
    /** Name of the class that creates filters on the Vector API; see {@link SimdClasses}. */
    static final String VECTOR = "io.clearline.dsp.tones.VectorGoertzelFilters$OnVectors";

    /** Coefficient of each filter. This array and the two below may be padded to whole vectors. */
    final double[] coefficients;

    /** {@code s[n - 1]} of each filter. */
    final double[] last;

    /** {@code s[n - 2]} of each filter. */
    final double[] beforeLast;

    /** @param length length of the arrays; filters beyond the coefficients are padding with the coefficient 0 */
    GoertzelFilters(double[] coefficients, int length) {
        this.coefficients = Arrays.copyOf(coefficients, length);
        last = new double[length];
        beforeLast = new double[length];
    }

    /** Creates the fastest filters that this JVM can run. */
    static GoertzelFilters of(double[] coefficients) {
        return Chosen.KIND.of(coefficients);
    }

    /** Creates filters of one implementation. */
    interface Kind {
        GoertzelFilters of(double[] coefficients);
    }

    /** The choice for this process, made on first use. */
    private static final class Chosen {
        private static final Kind KIND =
                SimdClasses.preferred(Kind.class, VECTOR).orElse(PlainGoertzelFilters::new);

        private Chosen() {}
    }

    /** Runs all filters over the next samples of the signal. */
    @HotPath
    abstract void run(float[] samples, int offset, int length);

    /** Returns {@code s[n - 1]} of a filter. */
    @HotPath
    double last(int filter) {
        return last[filter];
    }

    /** Returns {@code s[n - 2]} of a filter. */
    @HotPath
    double beforeLast(int filter) {
        return beforeLast[filter];
    }

    /** Sets the state of a filter. */
    @HotPath
    void set(int filter, double lastValue, double beforeLastValue) {
        last[filter] = lastValue;
        beforeLast[filter] = beforeLastValue;
    }

    /** Resets all filters. */
    @HotPath
    void clear() {
        Arrays.fill(last, 0);
        Arrays.fill(beforeLast, 0);
    }
}
