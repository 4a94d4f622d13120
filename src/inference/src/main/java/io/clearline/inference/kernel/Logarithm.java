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

import io.clearline.dsp.HotPath;

/**
 * The natural logarithm of positive normal floats. It consists of additions, multiplications and one division in a
 * fixed order, so it has the same bits on every machine. The error is below 1e-6 times max(1, |ln x|) for x in [1e-6,
 * 1e6]. Stateless.
 *
 * <p>{@code ln x = e ln 2 + 2 artanh((m - 1) / (m + 1))} with x = m 2^e and m close to 1, by the same series as
 * {@link Power}.
 */
public final class Logarithm {

    static final float LN_2 = 0.6931471805599453f;

    private Logarithm() {}

    /** Returns {@code ln x}. */
    @HotPath
    public static float of(float x) {
        int bits = Float.floatToRawIntBits(x);
        int exponentBits = (bits - Power.MANTISSA_START_BITS) & Power.EXPONENT_MASK;
        float mantissa = Float.intBitsToFloat(bits - exponentBits);
        float s = (mantissa - 1) / (mantissa + 1);
        float s2 = s * s;
        float series = Math.fma(Power.LOG_9, s2, Power.LOG_7);
        series = Math.fma(series, s2, Power.LOG_5);
        series = Math.fma(series, s2, Power.LOG_3);
        series = Math.fma(series, s2, Power.LOG_1);
        float whole = exponentBits >> Power.MANTISSA_BITS;
        return Math.fma(series, s, whole) * LN_2;
    }
}
