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
package io.clearline.testkit;

import java.util.Random;

/** Telephone digits: sent, and read by a plain decoder that is not the product's. Stateless. */
public final class Dtmf {
    public static final String DIGITS = "123A456B789C*0#D";
    private static final double[] ROWS_HZ = {697, 770, 852, 941};
    private static final double[] COLUMNS_HZ = {1209, 1336, 1477, 1633};
    private static final double WINDOW_SECONDS = 0.03;
    private static final double STEP_SECONDS = 0.01;
    private static final int MIN_STEPS = 2;

    private Dtmf() {}

    /** Digits at random, never two alike in a row. */
    public static String random(int count, int seed) {
        Random random = new Random(seed);
        StringBuilder digits = new StringBuilder();
        while (digits.length() < count) {
            char digit = DIGITS.charAt(random.nextInt(DIGITS.length()));
            if (digits.length() == 0 || digits.charAt(digits.length() - 1) != digit) {
                digits.append(digit);
            }
        }
        return digits.toString();
    }

    /** Tones of {@code toneMillis} with as long a pause before each, both frequencies of an amplitude. */
    public static float[] send(String digits, int toneMillis, int sampleRateHz, double amplitude) {
        int tone = sampleRateHz * toneMillis / 1000;
        float[] samples = new float[2 * tone * digits.length() + tone];
        for (int d = 0; d < digits.length(); d++) {
            int digit = DIGITS.indexOf(digits.charAt(d));
            for (int i = 0; i < tone; i++) {
                double angle = 2 * Math.PI * i / sampleRateHz;
                samples[2 * d * tone + tone + i] = (float)
                        (amplitude * (Math.sin(angle * ROWS_HZ[digit / 4]) + Math.sin(angle * COLUMNS_HZ[digit % 4])));
            }
        }
        return samples;
    }

    /** The digits in a signal: windows of 30 ms with 45 % of their energy in one clear pair, two running. */
    public static String decode(float[] samples, int sampleRateHz) {
        int window = (int) (WINDOW_SECONDS * sampleRateHz);
        int step = (int) (STEP_SECONDS * sampleRateHz);
        StringBuilder digits = new StringBuilder();
        int before = -1;
        int run = 0;
        for (int at = 0; at + window <= samples.length; at += step) {
            int digit = digit(samples, at, window, sampleRateHz);
            run = digit == before ? run + 1 : 1;
            before = digit;
            if (digit >= 0 && run == MIN_STEPS) {
                digits.append(DIGITS.charAt(digit));
            }
        }
        return digits.toString();
    }

    private static int digit(float[] samples, int at, int length, int sampleRateHz) {
        double total = 0;
        for (int i = 0; i < length; i++) {
            total += samples[at + i] * samples[at + i];
        }
        int row = strongest(samples, at, length, sampleRateHz, ROWS_HZ);
        int column = strongest(samples, at, length, sampleRateHz, COLUMNS_HZ);
        if (total < 1e-5 * length || row < 0 || column < 0) {
            return -1;
        }
        double pair = energy(samples, at, length, ROWS_HZ[row] / sampleRateHz)
                + energy(samples, at, length, COLUMNS_HZ[column] / sampleRateHz);
        return pair > 0.45 * total ? 4 * row + column : -1;
    }

    /** The one that stands 10 dB above the others; -1: none. */
    private static int strongest(float[] samples, int at, int length, int sampleRateHz, double[] frequenciesHz) {
        double most = 0;
        double next = 0;
        int best = -1;
        for (int f = 0; f < frequenciesHz.length; f++) {
            double energy = energy(samples, at, length, frequenciesHz[f] / sampleRateHz);
            next = Math.max(next, Math.min(energy, most));
            if (energy > most) {
                most = energy;
                best = f;
            }
        }
        return most > 10 * next ? best : -1;
    }

    private static double energy(float[] samples, int at, int length, double cycles) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < length; i++) {
            re += samples[at + i] * Math.cos(2 * Math.PI * cycles * i);
            im += samples[at + i] * Math.sin(2 * Math.PI * cycles * i);
        }
        return (re * re + im * im) * 2 / length;
    }
}
