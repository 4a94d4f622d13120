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
package io.clearline.dsp.audio;

import java.util.List;

/**
 * Checks that the float samples of a file are sound. Thread-confined.
 *
 * <p>NaN and infinity are rejected, or replaced by 0 in salvage mode. Floats may exceed full scale, as hot recordings
 * do, up to {@link #MAX_SAMPLE}. A sample beyond it is a click or damage, and is limited to it with a warning: it would
 * otherwise raise the running level of the model's input for seconds and so silence what follows. If more than one in
 * {@link #SAMPLES_PER_LIMITED} samples is beyond, the whole file has another scale; limiting would distort it, so it is
 * rejected except in salvage mode. 16-bit PCM and G.711, which frames on Kafka have, cannot exceed full scale.
 */
final class SampleCheck {
    /** The largest sample that is read as it is: 24 dB above full scale. */
    static final float MAX_SAMPLE = 16;

    /** Up to one in this many samples is limited. */
    private static final long SAMPLES_PER_LIMITED = 100;

    /** So many samples are limited even in a very short file. */
    private static final long ALWAYS_LIMITED = 10;

    /** So many samples suffice to reject a file before its end. */
    private static final long ENOUGH_SAMPLES = 48_000;

    private final boolean salvage;
    private final List<String> warnings;
    private long samplesBefore;
    private boolean warned;
    private long limited;
    private String firstLimited = "";

    SampleCheck(boolean salvage, List<String> warnings) {
        this.salvage = salvage;
        this.warnings = warnings;
    }

    /** Checks the next {@code count} interleaved samples of the file. */
    void check(float[] samples, int count, int channels) throws BadAudioException {
        for (int i = 0; i < count; i++) {
            // Also true for NaN.
            if (!(Math.abs(samples[i]) <= MAX_SAMPLE)) {
                found(samples, i, channels);
            }
        }
        samplesBefore += count;
        if (samplesBefore >= ENOUGH_SAMPLES) {
            requireScale();
        }
    }

    private void found(float[] samples, int at, int channels) throws BadAudioException {
        if (Float.isFinite(samples[at])) {
            if (limited == 0) {
                firstLimited = name(samples, at, channels);
            }
            limited++;
            samples[at] = Math.copySign(MAX_SAMPLE, samples[at]);
            return;
        }
        if (!salvage) {
            throw new BadAudioException(name(samples, at, channels) + ", which is no sound");
        }
        if (!warned) {
            warned = true;
            warnings.add(name(samples, at, channels) + ", which is no sound; it and others like it were read as 0");
        }
        samples[at] = 0;
    }

    private String name(float[] samples, int at, int channels) {
        long sample = samplesBefore + at;
        return "its sample " + sample / channels + (channels > 1 ? " of channel " + (sample % channels + 1) : "")
                + " is " + samples[at] + orFarther(samples[at]);
    }

    /** Doubles beyond the range of floats come as its ends. */
    private static String orFarther(float sample) {
        return sample == Float.MAX_VALUE ? " or more" : sample == -Float.MAX_VALUE ? " or less" : "";
    }

    /** Checks whether the samples so far have full scale at 1; must be called after the last one. */
    void requireScale() throws BadAudioException {
        if (!salvage && limited > ALWAYS_LIMITED && limited > samplesBefore / SAMPLES_PER_LIMITED) {
            throw new BadAudioException(firstLimited + ", and " + limited + " of " + samplesBefore
                    + " samples are beyond 16 times full scale; expected floats with full scale at 1; scale it"
                    + " first, or read it with --salvage, which limits such samples");
        }
    }

    /** Adds the warning about limited samples, of which there may be more to come. */
    void addWarning(List<String> to) {
        if (limited > 0) {
            to.add(firstLimited + ", beyond 16 times full scale (24 dB); "
                    + (limited == 1 ? "it was" : "it and others like it, " + limited + " samples in all, were")
                    + " limited to that");
        }
    }
}
