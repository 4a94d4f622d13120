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
 * {@link Power} in every lane of a vector. The computation is split into two loops on purpose: in one loop of about 45
 * operations, the JIT of JDK 17 sometimes does not inline the last ones, and then allocates an object for each vector.
 * Thread-confined.
 */
final class VectorPower {

    private static final int ROUNDER_BITS = Float.floatToRawIntBits(Power.ROUNDER);

    /** The integer part of the logarithm of each power. */
    private final float[] wholes;

    /** Creates a buffer for at most {@code maxValues} values per call. */
    VectorPower(int maxValues) {
        wholes = new float[maxValues + LANES];
    }

    /** Computes {@code power = max(model, floor)^exponent} for {@code count} values, rounded up to whole vectors. */
    @HotPath
    void raise(float[] model, float[] power, int at, int count, float exponent) {
        if (exponent == -1) {
            reciprocals(model, power, at, count);
        } else {
            logarithms(model, power, at, count, exponent);
            exponentials(power, at, count);
        }
    }

    @HotPath
    private static void reciprocals(float[] model, float[] power, int at, int count) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, model, at + i).max(NetworkPlan.FLOOR);
            one.div(value).intoArray(power, at + i);
        }
    }

    /**
     * Computes the logarithm of each power as {@link Power#of} does. Writes its integer part to {@link #wholes} and its
     * fraction to {@code power}. Integers are converted to floats by adding the bits of the rounder.
     */
    @HotPath
    private void logarithms(float[] model, float[] power, int at, int count, float exponent) {
        FloatVector raise = FloatVector.broadcast(SPECIES, exponent);
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, model, at + i).max(NetworkPlan.FLOOR);
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
            FloatVector whole = exponentBits
                    .lanewise(VectorOperators.ASHR, Power.MANTISSA_BITS)
                    .add(ROUNDER_BITS)
                    .reinterpretAsFloats()
                    .sub(Power.ROUNDER);
            FloatVector n = whole.mul(exponent).add(Power.ROUNDER).sub(Power.ROUNDER);
            FloatVector t = series.mul(s).fma(raise, whole.fma(raise, n.neg()));
            FloatVector extra = t.add(Power.ROUNDER).sub(Power.ROUNDER);
            n.add(extra).max(Power.MIN_EXPONENT).min(Power.MAX_EXPONENT).intoArray(wholes, i);
            t.sub(extra).intoArray(power, at + i);
        }
    }

    /** Computes the powers from their logarithms as {@link Power#of} does. */
    @HotPath
    private void exponentials(float[] power, int at, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector f = FloatVector.fromArray(SPECIES, power, at + i);
            FloatVector sum =
                    FloatVector.broadcast(SPECIES, Power.EXP_7).fma(f, FloatVector.broadcast(SPECIES, Power.EXP_6));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_5));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_4));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_3));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_2));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_1));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, 1));
            FloatVector scale = FloatVector.fromArray(SPECIES, wholes, i)
                    .add(Power.ROUNDER)
                    .reinterpretAsInts()
                    .sub(ROUNDER_BITS - 127)
                    .lanewise(VectorOperators.LSHL, Power.MANTISSA_BITS)
                    .reinterpretAsFloats();
            sum.mul(scale).intoArray(power, at + i);
        }
    }
}
