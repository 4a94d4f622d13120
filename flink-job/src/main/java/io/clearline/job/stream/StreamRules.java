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
package io.clearline.job.stream;

import io.clearline.inference.Strength;
import java.io.Serializable;

/**
 * How the job treats every stream. Immutable.
 *
 * @param reorderFrames how many frames of a stream wait for a missing one before it is concealed
 * @param reorderTimeoutMillis how long they wait at most; with {@link #NO_TIMEOUT} only their number counts, so that no
 *     decision depends on the clock
 * @param maxGapMillis longest gap that is concealed; a longer one resets the stream
 * @param sdrIntervalMillis stream time between two SDR estimates
 * @param wet share of the enhanced signal in the output, from 0 to 1
 * @param maxAttenuationDb largest attenuation of a time-frequency point in dB; infinity for no limit
 * @param keepsTones whether telephone tones pass unchanged
 * @param comfortNoiseDb level of the noise that is added to the output, in dB of full scale; negative infinity for none
 */
public record StreamRules(
        int reorderFrames,
        long reorderTimeoutMillis,
        long maxGapMillis,
        long sdrIntervalMillis,
        float wet,
        float maxAttenuationDb,
        boolean keepsTones,
        float comfortNoiseDb)
        implements Serializable {
    /** Value of {@code reorderTimeoutMillis} for no limit in time. */
    public static final long NO_TIMEOUT = Long.MAX_VALUE;

    /** The default rules, which are those of a replay. */
    public static final StreamRules DEFAULT = new StreamRules(3, NO_TIMEOUT, 10_000, 1_000, 1f, 100, true);

    /**
     * Limit of concealed frames in one gap. Without it, two records with frames of one sample could cause hundreds of
     * thousands.
     */
    static final int MAX_CONCEALED_FRAMES = 5000;

    /** Frames that wait for a missing one are held in memory, up to 64 KiB each. */
    private static final int MAX_REORDER_FRAMES = 1000;

    private static final float MIN_COMFORT_NOISE_DB = -100;
    /** Louder noise would disturb. */
    private static final float MAX_COMFORT_NOISE_DB = -30;

    private static final long HOUR_MILLIS = 3_600_000;

    /** Creates rules without comfort noise. */
    public StreamRules(
            int reorderFrames,
            long reorderTimeoutMillis,
            long maxGapMillis,
            long sdrIntervalMillis,
            float wet,
            float maxAttenuationDb,
            boolean keepsTones) {
        this(
                reorderFrames,
                reorderTimeoutMillis,
                maxGapMillis,
                sdrIntervalMillis,
                wet,
                maxAttenuationDb,
                keepsTones,
                ComfortNoise.NONE_DB);
    }

    /** @throws IllegalArgumentException if a value is out of range */
    public StreamRules {
        requireComfortNoise(comfortNoiseDb);
        requireInRange("frames that wait for a missing one", 0, MAX_REORDER_FRAMES, reorderFrames);
        requireInRange("milliseconds that they wait", 1, NO_TIMEOUT, reorderTimeoutMillis);
        requireInRange("milliseconds of the longest gap", 0, HOUR_MILLIS, maxGapMillis);
        requireInRange("milliseconds between two SDR estimates", 1, Integer.MAX_VALUE, sdrIntervalMillis);
        // The constructor checks wet and maxAttenuationDb.
        new Strength(wet, maxAttenuationDb);
    }

    /** Returns whether there is a limit on how long frames wait for a missing one. */
    public boolean hasTimeout() {
        return reorderTimeoutMillis != NO_TIMEOUT;
    }

    /** Returns the same rules with another limit on how long frames wait for a missing one. */
    public StreamRules withReorderTimeoutMillis(long millis) {
        return new StreamRules(
                reorderFrames,
                millis,
                maxGapMillis,
                sdrIntervalMillis,
                wet,
                maxAttenuationDb,
                keepsTones,
                comfortNoiseDb);
    }

    /**
     * Returns the same rules with noise in the output.
     *
     * @param levelDb RMS level, from -100 to -30 dB of full scale, or negative infinity for none
     * @throws IllegalArgumentException if the level is out of range
     */
    public StreamRules withComfortNoiseDb(float levelDb) {
        return new StreamRules(
                reorderFrames,
                reorderTimeoutMillis,
                maxGapMillis,
                sdrIntervalMillis,
                wet,
                maxAttenuationDb,
                keepsTones,
                levelDb);
    }

    private static void requireComfortNoise(float levelDb) {
        if (levelDb != ComfortNoise.NONE_DB && !(levelDb >= MIN_COMFORT_NOISE_DB && levelDb <= MAX_COMFORT_NOISE_DB)) {
            throw new IllegalArgumentException("Expected comfort noise of " + MIN_COMFORT_NOISE_DB + " to "
                    + MAX_COMFORT_NOISE_DB + " dB of full scale, found " + levelDb + ".");
        }
    }

    private static void requireInRange(String what, long min, long max, long found) {
        if (found < min || found > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " " + what + ", found " + found + ".");
        }
    }
}
