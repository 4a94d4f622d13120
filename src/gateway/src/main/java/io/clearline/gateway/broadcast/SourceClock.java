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
 * Compares the samples that have arrived with the clock of their source, and decides where silence must be inserted or
 * audio removed. Uses only the time stamps of the source, never arrival times. Thread-confined.
 *
 * <p>Containers round time stamps, RTMP to a millisecond, so a deviation below the tolerance is not a gap. The
 * deviation is measured from the first sample, so that small ones that add up are corrected too. Beyond the limit, the
 * source has set its clock or is another one.
 */
final class SourceClock {
    /** Reports that the source's clock does not continue, so that a new session is needed. */
    static final long JUMPED = Long.MIN_VALUE;

    /** A smaller deviation is not corrected. */
    static final int TOLERANCE_MILLIS = 10;
    /** A larger deviation is a jump of the clock. */
    static final int LIMIT_SECONDS = 30;

    private final long toleranceSamples;
    private final long limitSamples;
    private final long firstPts;
    private long position;

    /**
     * Starts with the first sample of a session.
     *
     * @param firstPts its presentation time, in samples; {@link DecodedBlock#NO_PTS} if the source has no clock
     */
    SourceClock(int sampleRateHz, long firstPts) {
        toleranceSamples = (long) sampleRateHz * TOLERANCE_MILLIS / 1000;
        limitSamples = (long) sampleRateHz * LIMIT_SECONDS;
        this.firstPts = firstPts;
    }

    /**
     * Returns the correction that is needed before a block.
     *
     * @param pts presentation time of the block's first sample, in samples
     * @return if positive, samples of silence to insert; if negative, samples to remove from this block and those after
     *     it; 0 if the block is in time; {@link #JUMPED} if the clock does not continue
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

    /** Advances by samples that were output, whether audio or silence. */
    void advance(long samples) {
        position += samples;
    }
}
