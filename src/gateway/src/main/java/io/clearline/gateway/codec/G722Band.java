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
package io.clearline.gateway.codec;

/**
 * One of the two sub-bands of G.722: an adaptive predictor with two poles and six zeros, and the step size of its
 * quantizer (ITU-T G.722, 3.5 and 3.6; method comments name the blocks of the recommendation). Bit-exact, in 16-bit
 * integer arithmetic with 15 fractional bits. Encoder and decoder keep one instance each. Thread-confined.
 */
final class G722Band {
    private static final int ZEROS = 6;
    /** 2^(i/32) with 11 bits of fraction: the table of inverse logarithms. */
    private static final int[] INVERSE_LOG = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960,
        3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private final int maxLogStep;
    private final int logShift;
    private int logStep;
    private int step;

    /** The latest quantized differences, the newest at index 0. */
    private final int[] difference = new int[ZEROS + 1];

    private final int[] zero = new int[ZEROS + 1];
    private int pole1;
    private int pole2;
    /** The last two reconstructed samples. */
    private int signal1;

    private int signal2;
    /** The last two partially reconstructed samples, that is without the contribution of the poles. */
    private int partial1;

    private int partial2;
    private int fromZeros;
    private int prediction;

    /**
     * Makes a band in its initial state.
     *
     * @param maxLogStep upper bound of the logarithm of the step size
     * @param logShift shift from that logarithm to the step size
     * @param step initial step size
     */
    G722Band(int maxLogStep, int logShift, int step) {
        this.maxLogStep = maxLogStep;
        this.logShift = logShift;
        this.step = step;
    }

    /** Returns the predicted value of the next sample. */
    int prediction() {
        return prediction;
    }

    /** Scales a quantizer level with 15 fractional bits by the step size: INVQAL, INVQBL, INVQAH. */
    int scaled(int level) {
        return step * level >> 15;
    }

    /** Returns the current step size. */
    int step() {
        return step;
    }

    /**
     * Updates the band after a sample.
     *
     * @param quantized the quantized difference between the sample and its prediction
     * @param logChange change of the logarithm of the step size that belongs to the sample's code
     */
    void adapt(int quantized, int logChange) {
        adaptStep(logChange);
        int signal = saturate(prediction + quantized);
        int partial = saturate(fromZeros + quantized);
        adaptPoles(partial);
        adaptZeros(quantized);
        signal2 = signal1;
        signal1 = signal;
        partial2 = partial1;
        partial1 = partial;
        predict();
    }

    /** LOGSCL and SCALEL for the lower band, LOGSCH and SCALEH for the higher one. */
    private void adaptStep(int logChange) {
        logStep = Math.max(0, Math.min(maxLogStep, (logStep * 127 >> 7) + logChange));
        int shift = logShift - (logStep >> 11);
        int power = INVERSE_LOG[logStep >> 6 & 31];
        step = (shift < 0 ? power << -shift : power >> shift) << 2;
    }

    /** UPPOL2 and UPPOL1. */
    private void adaptPoles(int partial) {
        boolean sameAs1 = isNegative(partial) == isNegative(partial1);
        boolean sameAs2 = isNegative(partial) == isNegative(partial2);
        int quadruple = saturate(4 * pole1);
        int turned = sameAs1 ? Math.min(32_767, -quadruple) : quadruple;
        int next2 = (sameAs2 ? 128 : -128) + (turned >> 7) + (pole2 * 32_512 >> 15);
        pole2 = Math.max(-12_288, Math.min(12_288, next2));
        int next1 = saturate((sameAs1 ? 192 : -192) + (pole1 * 32_640 >> 15));
        int bound = saturate(15_360 - pole2);
        pole1 = Math.max(-bound, Math.min(bound, next1));
    }

    /** UPZERO, followed by a shift of the delay line of differences. */
    private void adaptZeros(int quantized) {
        int pull = quantized == 0 ? 0 : 128;
        for (int i = ZEROS; i >= 1; i--) {
            // Before the shift below, the i-th previous difference is still at index i - 1.
            int earlier = difference[i - 1];
            boolean same = isNegative(earlier) == isNegative(quantized);
            zero[i] = saturate((same ? pull : -pull) + (zero[i] * 32_640 >> 15));
        }
        System.arraycopy(difference, 0, difference, 1, ZEROS);
        difference[0] = quantized;
    }

    /** FILTEP, FILTEZ and PREDIC. */
    private void predict() {
        int fromPoles = saturate((pole1 * saturate(2 * signal1) >> 15) + (pole2 * saturate(2 * signal2) >> 15));
        int sum = 0;
        for (int i = ZEROS; i >= 1; i--) {
            sum += zero[i] * saturate(2 * difference[i - 1]) >> 15;
        }
        fromZeros = saturate(sum);
        prediction = saturate(fromPoles + fromZeros);
    }

    private static boolean isNegative(int value) {
        return value < 0;
    }

    static int saturate(int value) {
        return Math.max(-32_768, Math.min(32_767, value));
    }
}
