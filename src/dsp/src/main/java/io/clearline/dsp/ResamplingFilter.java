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
package io.clearline.dsp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The polyphase filter of a {@link Resampler}: a Kaiser-windowed sinc that extends 2 ms to either side, sampled for
 * each phase of an output between two inputs. Immutable. All streams with the same two rates share one filter, which is
 * computed for the first of them.
 *
 * <p>Rates with hardly a common divisor, such as 44 099 and 16 000 Hz, have as many phases as the output rate. Above
 * {@link #MAX_EXACT_TAPS} the filter is sampled at a few hundred evenly spaced phases instead, and the resampler
 * interpolates between two of them. The error is below -100 dB, and the filter takes a few hundred kilobytes instead of
 * up to 200 MB.
 */
final class ResamplingFilter {
    private static final double HALF_LENGTH_SECONDS = 0.002;
    /** Frequency at the centre of the transition band (-6 dB), as a fraction of the lower rate. */
    private static final double CUTOFF = 0.46;
    /** Gives a stop-band attenuation of 50 dB by Kaiser's formula. */
    private static final double KAISER_BETA = 4.533;

    /**
     * Maximum number of shared filters, more than there are common pairs of rates. Files may have any rate, and a
     * filter takes up to 2 MB, so further filters belong to their streams only.
     */
    private static final int MAX_SHARED = 64;

    /** Largest number of coefficients of a filter that has every phase, 2 MB. */
    private static final long MAX_EXACT_TAPS = 1 << 19;

    /**
     * Number of phases between two samples of the lower rate that are interpolated. Linear interpolation of a sinc of
     * this bandwidth in steps of 1 / P has an error of about 0.35 / P^2.
     */
    private static final int INTERPOLATED_PHASES = 512;

    private static final ConcurrentMap<Rates, ResamplingFilter> SHARED = new ConcurrentHashMap<>();

    /** The key of a shared filter. */
    private record Rates(int inputHz, int outputHz) {}

    private final int up;
    private final int down;
    private final int halfTaps;
    /** Number of intervals between the phases; 0 if every phase is there. */
    private final int intervals;

    private final float[] phases;

    private ResamplingFilter(Rates rates) {
        this(rates, MAX_EXACT_TAPS);
    }

    private ResamplingFilter(Rates rates, long maxExactTaps) {
        int common = greatestCommonDivisor(rates.inputHz, rates.outputHz);
        up = rates.outputHz / common;
        down = rates.inputHz / common;
        double lowerRateHz = Math.min(rates.inputHz, rates.outputHz);
        halfTaps = (int) StrictMath.round(HALF_LENGTH_SECONDS * rates.inputHz);
        double cutoff = CUTOFF * lowerRateHz / rates.inputHz;
        intervals = 2L * halfTaps * up <= maxExactTaps
                ? 0
                : (int) StrictMath.ceil(INTERPOLATED_PHASES * lowerRateHz / rates.inputHz);
        phases = intervals == 0 ? phases(up, up, halfTaps, cutoff) : phases(intervals + 1, intervals, halfTaps, cutoff);
    }

    /** Returns a filter that has every phase, however many these are, to compare others with. */
    static ResamplingFilter exact(int inputRateHz, int outputRateHz) {
        return new ResamplingFilter(new Rates(inputRateHz, outputRateHz), Long.MAX_VALUE);
    }

    /**
     * Returns the filter for two rates. Thread-safe.
     *
     * @throws IllegalArgumentException if a rate is not positive
     */
    static ResamplingFilter of(int inputRateHz, int outputRateHz) {
        if (inputRateHz < 1 || outputRateHz < 1) {
            throw new IllegalArgumentException(
                    "Expected positive sample rates, found " + inputRateHz + " and " + outputRateHz + " Hz.");
        }
        Rates rates = new Rates(inputRateHz, outputRateHz);
        ResamplingFilter shared = SHARED.get(rates);
        if (shared != null) {
            return shared;
        }
        return SHARED.size() < MAX_SHARED
                ? SHARED.computeIfAbsent(rates, ResamplingFilter::new)
                : new ResamplingFilter(rates);
    }

    /** Returns the number of outputs per {@link #down} inputs. */
    int up() {
        return up;
    }

    /** Returns the number of inputs per {@link #up} outputs. */
    int down() {
        return down;
    }

    /** Returns the number of inputs on either side of an output. */
    int halfTaps() {
        return halfTaps;
    }

    /**
     * Returns the number of intervals between two inputs at whose ends the phases lie, or 0 if there is a phase for
     * each of the {@link #up} places of an output.
     */
    int intervals() {
        return intervals;
    }

    /**
     * Returns the coefficients of each phase, {@code [up x 2 halfTaps]} or, for interpolation, {@code [(intervals + 1)
     * x 2 halfTaps]}. Callers must not modify them.
     */
    float[] phases() {
        return phases;
    }

    /** Samples the windowed sinc for each phase, scaled to a gain of 1 for a constant signal. */
    private static float[] phases(int count, int intervals, int halfTaps, double cutoff) {
        float[] phases = new float[count * 2 * halfTaps];
        double[] taps = new double[2 * halfTaps];
        // The window ends with a step. Interpolation needs its height there, and every phase by itself the 0 behind it.
        double edge = count > intervals ? 1 / besselI0(KAISER_BETA) : 0;
        for (int phase = 0; phase < count; phase++) {
            double sum = 0;
            for (int i = 0; i < taps.length; i++) {
                double distance = i - (halfTaps - 1) - (double) phase / intervals;
                taps[i] = sinc(2 * cutoff * distance) * kaiser(distance / halfTaps, edge);
                sum += taps[i];
            }
            for (int i = 0; i < taps.length; i++) {
                phases[phase * taps.length + i] = (float) (taps[i] / sum);
            }
        }
        return phases;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(StrictMath.PI * x) / (StrictMath.PI * x);
    }

    /** Returns the Kaiser window at a position from -1 to 1, and {@code edge} at both. */
    private static double kaiser(double position, double edge) {
        return StrictMath.abs(position) >= 1
                ? edge
                : besselI0(KAISER_BETA * StrictMath.sqrt(1 - position * position)) / besselI0(KAISER_BETA);
    }

    /** Returns the modified Bessel function of the first kind and order 0, by its power series. */
    private static double besselI0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-18 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
