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

/** Operations of the mixer on arrays of samples. Stateless. */
final class SampleMath {
    private static final int ACTIVITY_BLOCK = 320;

    /** Blocks with less power relative to the loudest one, -40 dB, are pauses. */
    private static final double PAUSE = 1e-4;

    private SampleMath() {}

    /** Returns the sum of the squares. */
    static double energy(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum;
    }

    /** Returns the largest magnitude. */
    static float peak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Returns the mean power without pauses, which are blocks of 320 samples 40 dB or more below the loudest block. */
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

    /**
     * Changes the speed, and with it the pitch, of a recording by cubic interpolation.
     *
     * @param samples at least {@code length * speed + 4}
     * @param length of the result
     */
    static float[] atSpeed(float[] samples, double speed, int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            double position = 1 + i * speed;
            int at = (int) position;
            float t = (float) (position - at);
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

    /** Returns the samples in reverse order. */
    static float[] reversed(float[] samples) {
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[out.length - 1 - i];
        }
        return out;
    }

    /**
     * Adds samples with a level relative to that of the existing ones. If these are silent, the gain is applied to the
     * samples as they are.
     */
    static void add(float[] to, float[] samples, double relativeDb) {
        double existing = energy(to);
        double gain = gainOfDb(relativeDb);
        if (existing > 0) {
            gain *= Math.sqrt(existing / (energy(samples) + 1e-12));
        }
        float factor = (float) gain;
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * samples[i];
        }
    }

    /** Multiplies all samples by a gain, in place. */
    static void scale(float[] samples, double gain) {
        float factor = (float) gain;
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= factor;
        }
    }

    /** Converts dB to an amplitude gain. */
    static double gainOfDb(double db) {
        return Math.pow(10, db / 20);
    }
}
