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

/**
 * Generates DTMF digits (ITU-T Q.23) and decodes them with a simple decoder. The decoder shares no code with the
 * product, so it can check what a receiver would understand. Stateless.
 */
public final class Dtmf {
    /** All digits, row by row of the keypad. */
    public static final String DIGITS = "123A456B789C*0#D";

    private static final double[] ROWS_HZ = {697, 770, 852, 941};
    private static final double[] COLUMNS_HZ = {1209, 1336, 1477, 1633};
    private static final double WINDOW_SECONDS = 0.03;
    private static final double STEP_SECONDS = 0.01;
    private static final int MIN_STEPS = 2;
    /** Mean square below which a window counts as silence: -50 dB of full scale. */
    private static final double MIN_POWER = 1e-5;
    /** Share of a window's energy that the two frequencies of a digit must have. */
    private static final double MIN_PAIR_SHARE = 0.45;
    /** How far a frequency must exceed the others of its group, as a ratio of energies: 10 dB. */
    private static final double MIN_DOMINANCE = 10;

    private Dtmf() {}

    /** Returns random digits without two equal digits in a row, which the decoder could not tell from one long tone. */
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

    /**
     * Returns the tones of digits, each preceded by a pause of the same duration; a last pause ends the signal.
     *
     * @param amplitude of each of the two frequencies of a tone; full scale is 1
     */
    public static float[] send(String digits, int toneMillis, int sampleRateHz, double amplitude) {
        int toneSamples = sampleRateHz * toneMillis / 1000;
        float[] samples = new float[2 * toneSamples * digits.length() + toneSamples];
        for (int d = 0; d < digits.length(); d++) {
            int digit = DIGITS.indexOf(digits.charAt(d));
            for (int i = 0; i < toneSamples; i++) {
                double angle = 2 * Math.PI * i / sampleRateHz;
                samples[(2 * d + 1) * toneSamples + i] = (float)
                        (amplitude * (Math.sin(angle * ROWS_HZ[digit / 4]) + Math.sin(angle * COLUMNS_HZ[digit % 4])));
            }
        }
        return samples;
    }

    /**
     * Returns the digits in a signal. A digit is found where two consecutive windows of 30 ms have 45 % of their energy
     * in the same pair of frequencies.
     */
    public static String decode(float[] samples, int sampleRateHz) {
        int window = (int) (WINDOW_SECONDS * sampleRateHz);
        int step = (int) (STEP_SECONDS * sampleRateHz);
        StringBuilder digits = new StringBuilder();
        int previous = -1;
        int run = 0;
        for (int at = 0; at + window <= samples.length; at += step) {
            int digit = digit(samples, at, window, sampleRateHz);
            run = digit == previous ? run + 1 : 1;
            previous = digit;
            if (digit >= 0 && run == MIN_STEPS) {
                digits.append(DIGITS.charAt(digit));
            }
        }
        return digits.toString();
    }

    /** Returns the digit's index in one window, or -1 if there is none. */
    private static int digit(float[] samples, int at, int length, int sampleRateHz) {
        double total = 0;
        for (int i = 0; i < length; i++) {
            total += samples[at + i] * samples[at + i];
        }
        int row = strongest(samples, at, length, sampleRateHz, ROWS_HZ);
        int column = strongest(samples, at, length, sampleRateHz, COLUMNS_HZ);
        if (total < MIN_POWER * length || row < 0 || column < 0) {
            return -1;
        }
        double pair = energy(samples, at, length, ROWS_HZ[row] / sampleRateHz)
                + energy(samples, at, length, COLUMNS_HZ[column] / sampleRateHz);
        return pair > MIN_PAIR_SHARE * total ? 4 * row + column : -1;
    }

    /** Returns the index of the frequency that exceeds all others by 10 dB, or -1 if there is none. */
    private static int strongest(float[] samples, int at, int length, int sampleRateHz, double[] frequenciesHz) {
        double highest = 0;
        double second = 0;
        int best = -1;
        for (int f = 0; f < frequenciesHz.length; f++) {
            double energy = energy(samples, at, length, frequenciesHz[f] / sampleRateHz);
            second = Math.max(second, Math.min(energy, highest));
            if (energy > highest) {
                highest = energy;
                best = f;
            }
        }
        return highest > MIN_DOMINANCE * second ? best : -1;
    }

    /** Returns the energy of one frequency, given in cycles per sample. */
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
