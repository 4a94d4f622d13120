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
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link GoertzelFilters} with one filter per lane of a vector. Computes the same sums in the same order as
 * {@link PlainGoertzelFilters}.
 */
final class VectorGoertzelFilters extends GoertzelFilters {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Vectors of two doubles are slower than the four filters per loop of plain Java. */
    private static final int MIN_LANES = 4;

    private VectorGoertzelFilters(double[] coefficients) {
        super(coefficients, (coefficients.length + LANES - 1) / LANES * LANES);
    }

    /** Creates the filters; {@link io.clearline.dsp.SimdClasses} loads this class by its name. */
    static final class OnVectors implements Kind {
        OnVectors() {
            if (LANES < MIN_LANES) {
                throw new LinkageError("vectors of " + LANES + " doubles; expected at least " + MIN_LANES);
            }
        }

        @Override
        public GoertzelFilters of(double[] coefficients) {
            return new VectorGoertzelFilters(coefficients);
        }
    }

    @HotPath
    @Override
    void run(float[] samples, int offset, int length) {
        int f = 0;
        for (; f + 2 * LANES <= coefficients.length; f += 2 * LANES) {
            runTwo(f, samples, offset, length);
        }
        if (f < coefficients.length) {
            runOne(f, samples, offset, length);
        }
    }

    /** Runs two vectors of filters in one loop, whose recursions do not wait for each other. */
    @HotPath
    private void runTwo(int first, float[] samples, int offset, int length) {
        int second = first + LANES;
        DoubleVector c0 = DoubleVector.fromArray(SPECIES, coefficients, first);
        DoubleVector c1 = DoubleVector.fromArray(SPECIES, coefficients, second);
        DoubleVector a0 = DoubleVector.fromArray(SPECIES, last, first);
        DoubleVector a1 = DoubleVector.fromArray(SPECIES, last, second);
        DoubleVector b0 = DoubleVector.fromArray(SPECIES, beforeLast, first);
        DoubleVector b1 = DoubleVector.fromArray(SPECIES, beforeLast, second);
        for (int i = 0; i < length; i++) {
            DoubleVector sample = DoubleVector.broadcast(SPECIES, (double) samples[offset + i]);
            DoubleVector next0 = sample.add(c0.mul(a0)).sub(b0);
            DoubleVector next1 = sample.add(c1.mul(a1)).sub(b1);
            b0 = a0;
            b1 = a1;
            a0 = next0;
            a1 = next1;
        }
        a0.intoArray(last, first);
        a1.intoArray(last, second);
        b0.intoArray(beforeLast, first);
        b1.intoArray(beforeLast, second);
    }

    @HotPath
    private void runOne(int first, float[] samples, int offset, int length) {
        DoubleVector c = DoubleVector.fromArray(SPECIES, coefficients, first);
        DoubleVector a = DoubleVector.fromArray(SPECIES, last, first);
        DoubleVector b = DoubleVector.fromArray(SPECIES, beforeLast, first);
        for (int i = 0; i < length; i++) {
            DoubleVector next = DoubleVector.broadcast(SPECIES, (double) samples[offset + i])
                    .add(c.mul(a))
                    .sub(b);
            b = a;
            a = next;
        }
        a.intoArray(last, first);
        b.intoArray(beforeLast, first);
    }
}
