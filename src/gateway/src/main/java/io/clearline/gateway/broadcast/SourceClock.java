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
package io.clearline.gateway.broadcast;

/**
 * Holds the samples that came against the clock of their source, and says where silence is missing or sound is too
 * much. Nothing but the source's time stamps counts, never an arrival. Thread-confined.
 *
 * <p>Time stamps of containers are rounded, in RTMP to a millisecond: what deviates by less than the tolerance is no
 * gap. The deviation is measured from the first sample on, so that small ones that add up are mended too. Beyond the
 * limit the source has set its clock anew, or is another one.
 */
final class SourceClock {
    /** The source's clock does not go on: another session. */
    static final long JUMPED = Long.MIN_VALUE;

    static final int TOLERANCE_MILLIS = 10;
    static final int LIMIT_SECONDS = 30;

    private final long toleranceSamples;
    private final long limitSamples;
    private final long firstPts;
    private long position;

    /** @param firstPts of the first sample; {@link DecodedBlock#NO_PTS} where the source has no clock */
    SourceClock(int sampleRateHz, long firstPts) {
        toleranceSamples = (long) sampleRateHz * TOLERANCE_MILLIS / 1000;
        limitSamples = (long) sampleRateHz * LIMIT_SECONDS;
        this.firstPts = firstPts;
    }

    /**
     * What has to be done before a block: so many samples of silence are missing, or, below 0, so many of the block's
     * and the following samples are too much.
     *
     * @return 0 when it comes when it should; {@link #JUMPED} when the clock does not go on
     */
    long correction(long pts) {
        if (pts == DecodedBlock.NO_PTS || firstPts == DecodedBlock.NO_PTS) {
            return 0;
        }
        long deviation = pts - firstPts - position;
        if (Math.abs(deviation) > limitSamples) {
            return JUMPED;
        }
        return Math.abs(deviation) <= toleranceSamples ? 0 : deviation;
    }

    /** Goes on by samples that were put out, of sound or of silence. */
    void advance(long samples) {
        position += samples;
    }

    /** Samples put out since the first. */
    long position() {
        return position;
    }

    /** The first sample's place on the source's clock, in samples; 0 where it has none. */
    long firstPts() {
        return firstPts == DecodedBlock.NO_PTS ? 0 : firstPts;
    }
}
