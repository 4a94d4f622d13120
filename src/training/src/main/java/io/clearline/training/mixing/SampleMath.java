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

/** What the mixer does with samples; each method returns or fills arrays of the caller's length. Stateless. */
final class SampleMath {
    private static final int ACTIVITY_BLOCK = 320;
    /** Blocks this far under the loudest are pauses. */
    private static final double PAUSE = 1e-4;

    private SampleMath() {}

    static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }

    /** The largest magnitude. */
    static float peak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Mean power over the blocks of 320 samples that aren't 40 dB under the loudest: pauses don't count. */
    static double activePower(float[] samples) {
        int blocks = samples.length / ACTIVITY_BLOCK;
        double[] powers = new double[blocks];
        double loudest = 0;
        for (int block = 0; block < blocks; block++) {
            double sum = 0;
            for (int i = block * ACTIVITY_BLOCK; i < (block + 1) * ACTIVITY_BLOCK; i++) {
                sum += (double) samples[i] * samples[i];
            }
            powers[block] = sum / ACTIVITY_BLOCK;
            loudest = Math.max(loudest, powers[block]);
        }
        double total = 0;
        int active = 0;
        for (double power : powers) {
            if (power > PAUSE * loudest) {
                total += power;
                active++;
            }
        }
        return active == 0 ? 0 : total / active;
    }

    /** Plays a recording faster or slower, by cubic interpolation; needs {@code length * speed + 4} samples. */
    static float[] atSpeed(float[] samples, double speed, int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            double place = 1 + i * speed;
            int at = (int) place;
            float t = (float) (place - at);
            float before = samples[at - 1];
            float here = samples[at];
            float next = samples[at + 1];
            float after = samples[at + 2];
            float slope = 0.5f * (next - before);
            float curve = before - 2.5f * here + 2 * next - 0.5f * after;
            float third = 0.5f * (after - before) + 1.5f * (here - next);
            out[i] = here + t * (slope + t * (curve + t * third));
        }
        return out;
    }

    static float[] reversed(float[] samples) {
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[out.length - 1 - i];
        }
        return out;
    }

    /** Adds samples at a gain relative to what is there; to silence, at the gain itself. */
    static void add(float[] to, float[] samples, double relativeDb) {
        double there = energy(to);
        double gain = decibels(relativeDb);
        if (there > 0) {
            gain *= Math.sqrt(there / (energy(samples) + 1e-12));
        }
        float factor = (float) gain;
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * samples[i];
        }
    }

    static void scale(float[] samples, double gain) {
        float factor = (float) gain;
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= factor;
        }
    }

    static double decibels(double decibels) {
        return Math.pow(10, decibels / 20);
    }
}
