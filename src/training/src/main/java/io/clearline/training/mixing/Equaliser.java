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
package io.clearline.training.mixing;

import java.util.SplittableRandom;

/** A cascade of second-order filters (Bristow-Johnson, Audio EQ Cookbook) that colours training audio. Immutable. */
final class Equaliser {
    /** Coefficients b0, b1, b2, a1, a2 of each stage, divided by a0. */
    private final double[][] stages;

    private Equaliser(double[]... stages) {
        this.stages = stages;
    }

    /**
     * Draws a low shelf, a peak and a high shelf with gains of up to {@code maxDb} in both directions. Their
     * frequencies are relative to the sample rate.
     */
    static Equaliser random(SplittableRandom random, double maxDb) {
        return new Equaliser(
                shelf(0.01 + 0.03 * random.nextDouble(), gain(random, maxDb), true),
                peak(0.03 + 0.15 * random.nextDouble(), gain(random, maxDb)),
                shelf(0.15 + 0.15 * random.nextDouble(), gain(random, maxDb), false));
    }

    /** Draws one to three sharp resonances, as in pipes, boxes and cheap loudspeakers. */
    static Equaliser resonances(SplittableRandom random) {
        double[][] stages = new double[1 + random.nextInt(3)][];
        for (int i = 0; i < stages.length; i++) {
            double frequency = Draws.logBetween(random, 0.008, 0.4);
            double a = Math.pow(10, Draws.between(random, 6, 20) / 40);
            stages[i] = peak(frequency, a, Draws.logBetween(random, 3, 30));
        }
        return new Equaliser(stages);
    }

    /** Draws a fourth-order low-pass filter with a cut-off between 1.8 kHz and 0.46 of the sample rate. */
    static Equaliser lowPass(SplittableRandom random, int sampleRateHz) {
        double frequency = Draws.logBetween(random, Math.min(1800.0 / sampleRateHz, 0.3), 0.46);
        return new Equaliser(pass(frequency, true), pass(frequency, true));
    }

    /** Returns the telephone band, 300 to 3400 Hz, with fourth-order slopes. */
    static Equaliser telephone(int sampleRateHz) {
        double low = 300.0 / sampleRateHz;
        double high = 3400.0 / sampleRateHz;
        return new Equaliser(pass(low, false), pass(low, false), pass(high, true), pass(high, true));
    }

    /**
     * Returns a high-pass filter for voices: an eighth-order Butterworth filter at 70 Hz. It attenuates mains hum at 50
     * Hz by 23 dB and leaves deep voices, from 85 Hz, unchanged.
     */
    static Equaliser withoutRumble(int sampleRateHz) {
        double low = 70.0 / sampleRateHz;
        double[][] stages = new double[4][];
        for (int i = 0; i < stages.length; i++) {
            double quality = 1 / (2 * Math.cos(Math.PI * (2 * i + 1) / 16));
            stages[i] = pass(low, false, quality);
        }
        return new Equaliser(stages);
    }

    /** Returns the filtered samples. */
    float[] apply(float[] samples) {
        float[] out = samples.clone();
        for (double[] stage : stages) {
            double x1 = 0;
            double x2 = 0;
            double y1 = 0;
            double y2 = 0;
            for (int i = 0; i < out.length; i++) {
                double x = out[i];
                double y = stage[0] * x + stage[1] * x1 + stage[2] * x2 - stage[3] * y1 - stage[4] * y2;
                x2 = x1;
                x1 = x;
                y2 = y1;
                y1 = y;
                out[i] = (float) y;
            }
        }
        return out;
    }

    /** Draws A of the cookbook, the square root of the amplitude gain. */
    private static double gain(SplittableRandom random, double maxDb) {
        return Math.pow(10, maxDb * (2 * random.nextDouble() - 1) / 40);
    }

    private static double[] peak(double frequency, double a) {
        return peak(frequency, a, 0.7);
    }

    private static double[] peak(double frequency, double a, double quality) {
        double w = 2 * Math.PI * frequency;
        double alpha = Math.sin(w) / (2 * quality);
        return scaled(1 + alpha * a, -2 * Math.cos(w), 1 - alpha * a, 1 + alpha / a, -2 * Math.cos(w), 1 - alpha / a);
    }

    private static double[] shelf(double frequency, double a, boolean low) {
        double w = 2 * Math.PI * frequency;
        double sign = low ? -1 : 1;
        double cos = Math.cos(w);
        double root = 2 * Math.sqrt(a) * Math.sin(w) / Math.sqrt(2);
        return scaled(
                a * (a + 1 + sign * (a - 1) * cos + root),
                -sign * 2 * a * (a - 1 + sign * (a + 1) * cos),
                a * (a + 1 + sign * (a - 1) * cos - root),
                a + 1 - sign * (a - 1) * cos + root,
                sign * 2 * (a - 1 - sign * (a + 1) * cos),
                a + 1 - sign * (a - 1) * cos - root);
    }

    private static double[] pass(double frequency, boolean low) {
        return pass(frequency, low, Math.sqrt(0.5));
    }

    private static double[] pass(double frequency, boolean low, double quality) {
        double w = 2 * Math.PI * frequency;
        double cos = Math.cos(w);
        double alpha = Math.sin(w) / (2 * quality);
        double side = low ? (1 - cos) / 2 : (1 + cos) / 2;
        return scaled(side, low ? 1 - cos : -(1 + cos), side, 1 + alpha, -2 * cos, 1 - alpha);
    }

    private static double[] scaled(double b0, double b1, double b2, double a0, double a1, double a2) {
        return new double[] {b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0};
    }
}
