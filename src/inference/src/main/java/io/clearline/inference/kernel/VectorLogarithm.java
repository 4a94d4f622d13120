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
package io.clearline.inference.kernel;

import static io.clearline.inference.kernel.VectorTiles.LANES;
import static io.clearline.inference.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Logarithm} in every lane of a vector. {@link VectorPower} repeats the same series, because the JIT would box
 * the vectors of a shared helper method; see {@link VectorTiles}. Stateless.
 */
final class VectorLogarithm {

    private static final int ROUNDER_BITS = Float.floatToRawIntBits(Power.ROUNDER);

    private VectorLogarithm() {}

    /** See {@link RowMatrix.Factory#logarithms}. */
    @HotPath
    static void ofAll(float[] from, int at, float[] to, int count, float floor, float scale) {
        int whole = count - count % LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, from, at + i).add(floor);
            IntVector bits = x.reinterpretAsInts();
            IntVector exponentBits = bits.sub(Power.MANTISSA_START_BITS).and(Power.EXPONENT_MASK);
            FloatVector mantissa = bits.sub(exponentBits).reinterpretAsFloats();
            FloatVector s = mantissa.sub(1).div(mantissa.add(1));
            FloatVector s2 = s.mul(s);
            FloatVector series =
                    FloatVector.broadcast(SPECIES, Power.LOG_9).fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_7));
            series = series.fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_5));
            series = series.fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_3));
            series = series.fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_1));
            FloatVector exponent = exponentBits
                    .lanewise(VectorOperators.ASHR, Power.MANTISSA_BITS)
                    .add(ROUNDER_BITS)
                    .reinterpretAsFloats()
                    .sub(Power.ROUNDER);
            series.fma(s, exponent).mul(Logarithm.LN_2).mul(scale).intoArray(to, i);
        }
        for (int i = whole; i < count; i++) {
            to[i] = scale * Logarithm.of(from[at + i] + floor);
        }
    }
}
