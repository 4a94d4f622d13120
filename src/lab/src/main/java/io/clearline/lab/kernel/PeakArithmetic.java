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
package io.clearline.lab.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Measures the arithmetic peak of a core with independent chains of fused multiply-adds in registers. Requires the
 * module {@code jdk.incubator.vector}. Not thread-safe.
 */
final class PeakArithmetic {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Enough independent operations to hide the latency of one, and few enough for the registers. */
    private static final int CHAINS = 12;

    private static final int STEPS = 100_000;
    private static final int WARM_UP_WINDOWS = 100;

    /** Keeps the compiler from removing the computation. */
    private static float sink;

    private PeakArithmetic() {}

    /** Runs until the loop is compiled. */
    static void warmUp() {
        for (int window = 0; window < WARM_UP_WINDOWS; window++) {
            gigaflops();
        }
    }

    /** Returns the rate in GFLOP/s over one window of a few milliseconds. */
    static double gigaflops() {
        long start = ThreadMeter.cpuNanos();
        sink += run(STEPS, 1 - 1e-7f, 1e-7f);
        return 2.0 * CHAINS * SPECIES.length() * STEPS / (ThreadMeter.cpuNanos() - start);
    }

    /** Returns the vector shape in use, such as {@code S_512_BIT}. */
    static String species() {
        return SPECIES.vectorShape().name();
    }

    private static float run(int steps, float factor, float summand) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector s = FloatVector.broadcast(SPECIES, summand);
        FloatVector a = s.add(1f);
        FloatVector b = s.add(2f);
        FloatVector c = s.add(3f);
        FloatVector d = s.add(4f);
        FloatVector e = s.add(5f);
        FloatVector g = s.add(6f);
        FloatVector h = s.add(7f);
        FloatVector i = s.add(8f);
        FloatVector j = s.add(9f);
        FloatVector k = s.add(10f);
        FloatVector l = s.add(11f);
        FloatVector m = s.add(12f);
        for (int step = 0; step < steps; step++) {
            a = a.fma(f, s);
            b = b.fma(f, s);
            c = c.fma(f, s);
            d = d.fma(f, s);
            e = e.fma(f, s);
            g = g.fma(f, s);
            h = h.fma(f, s);
            i = i.fma(f, s);
            j = j.fma(f, s);
            k = k.fma(f, s);
            l = l.fma(f, s);
            m = m.fma(f, s);
        }
        return a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .add(m)
                .lane(0);
    }
}
