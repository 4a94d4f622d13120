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
 * How the job treats every stream.
 *
 * @param reorderFrames frames of a stream that wait for a missing one before it is concealed
 * @param reorderTimeoutMillis how long they wait at most; {@link #NO_TIMEOUT}: by count only, so that the clock decides
 *     nothing
 * @param maxGapMillis the longest gap that is concealed; after a longer one the stream is reset
 * @param sdrIntervalMillis stream time between two SDR estimates
 * @param wet share of the enhanced signal in the output, 0 to 1
 * @param maxAttenuationDb the most a time-frequency point is turned down; infinity is no limit
 * @param keepsTones whether telephone tones pass as they come in
 * @param comfortNoiseDb level of the noise under everything that goes out, in dB of full scale; negative infinity: none
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
    /** No bound in time on how long a frame waits for a missing one. */
    public static final long NO_TIMEOUT = Long.MAX_VALUE;

    /** The rules unless others are asked for: those of a replay. */
    public static final StreamRules DEFAULT = new StreamRules(3, NO_TIMEOUT, 10_000, 1_000, 1f, 100, true);

    /** In one gap: two records must not make hundreds of thousands, as they would with frames of one sample. */
    static final int MAX_CONCEALED_FRAMES = 5000;

    /** What waits for a missing frame is kept in memory, a frame of up to 64 KiB each. */
    private static final int MAX_REORDER_FRAMES = 1000;

    private static final float MIN_COMFORT_NOISE_DB = -100;
    /** Louder is noise that disturbs. */
    private static final float MAX_COMFORT_NOISE_DB = -30;

    private static final long HOUR_MILLIS = 3_600_000;

    /** Rules without comfort noise. */
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

    public StreamRules {
        requireComfort(comfortNoiseDb);
        requireWithin("frames that wait for a missing one", 0, MAX_REORDER_FRAMES, reorderFrames);
        requireWithin("milliseconds that they wait", 1, NO_TIMEOUT, reorderTimeoutMillis);
        requireWithin("milliseconds of the longest gap", 0, HOUR_MILLIS, maxGapMillis);
        requireWithin("milliseconds between two SDR estimates", 1, Integer.MAX_VALUE, sdrIntervalMillis);
        // Refuses what can't be a strength.
        new Strength(wet, maxAttenuationDb);
    }

    /** Whether frames wait for a missing one for a time that the clock bounds. */
    public boolean hasTimeout() {
        return reorderTimeoutMillis != NO_TIMEOUT;
    }

    /** The same rules with another bound on how long frames wait for a missing one. */
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
     * The same rules with noise under everything that goes out.
     *
     * @param levelDb its RMS level, -100 to -30 dB of full scale, or negative infinity for none
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

    private static void requireComfort(float levelDb) {
        if (levelDb != ComfortNoise.NONE_DB && !(levelDb >= MIN_COMFORT_NOISE_DB && levelDb <= MAX_COMFORT_NOISE_DB)) {
            throw new IllegalArgumentException("Expected comfort noise of " + MIN_COMFORT_NOISE_DB + " to "
                    + MAX_COMFORT_NOISE_DB + " dB of full scale, found " + levelDb + ".");
        }
    }

    private static void requireWithin(String what, long least, long most, long found) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(
                    "Expected " + least + " to " + most + " " + what + ", found " + found + ".");
        }
    }
}
