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
package io.clearline.gateway.media;

import java.util.concurrent.TimeUnit;

/**
 * Decides when each frame of a source is played: at the pace of the source's clock, with just enough delay that the
 * enhanced frames of the last seconds would all have arrived in time, and never later than a limit after the frame's
 * own arrival.
 *
 * <p>The state is a single number, the offset from the media clock to {@link System#nanoTime}. It grows at once to what
 * the latest enhanced frame needed, whatever delayed that frame: jitter, a burst of the sender, a step in the network's
 * delay, or the job. It shrinks by 1 % of the elapsed media time, so that it follows clock drift and forgets past
 * disturbances. Thread-confined.
 */
final class PlayoutSchedule {
    /**
     * Time between the expected arrival of an enhanced frame and its play-out. Smaller variations leave no frame dry.
     */
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

    /** The offset shrinks by this fraction, 1/100, of the elapsed media time. */
    private static final int SHRINKING_SHARE = 100;
    /** A larger deviation means that the source was stopped or its clock was set; the schedule then starts afresh. */
    private static final long JUMP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long maxDelayNanos;
    private final long firstDelayNanos;
    private boolean started;
    private long offsetNanos;
    private long newestMediaNanos;

    /** Makes a schedule that starts with the first frame. */
    PlayoutSchedule(SessionSettings settings) {
        maxDelayNanos = settings.maxDelay().toNanos();
        firstDelayNanos = Math.min(settings.firstDelay().toNanos(), maxDelayNanos);
    }

    /**
     * Takes the arrival of a frame into account.
     *
     * @param mediaNanos media time of its first sample
     * @param arrivalNanos when its packet arrived
     */
    void arrived(long mediaNanos, long arrivalNanos) {
        long early = mediaNanos + offsetNanos - arrivalNanos;
        if (!started || Math.abs(early) > JUMP_NANOS) {
            started = true;
            offsetNanos = arrivalNanos - mediaNanos + firstDelayNanos;
            newestMediaNanos = mediaNanos;
        }
    }

    /**
     * Takes the arrival of an enhanced frame into account. Ignores a frame that took longer than the maximum delay, for
     * example after an outage: no permitted schedule could have waited for it.
     *
     * @param mediaNanos media time of the first sample
     * @param arrivalNanos when the packet of the raw frame arrived
     * @param readyNanos when the enhanced frame arrived
     */
    void ready(long mediaNanos, long arrivalNanos, long readyNanos) {
        if (readyNanos - arrivalNanos > maxDelayNanos) {
            return;
        }
        long passed = Math.max(0, mediaNanos - newestMediaNanos);
        newestMediaNanos += passed;
        offsetNanos = Math.max(offsetNanos - passed / SHRINKING_SHARE, readyNanos - mediaNanos + MARGIN_NANOS);
    }

    /**
     * Returns when a frame is due, on the clock of {@link System#nanoTime}. The result may change until the frame is
     * played.
     */
    long dueNanos(long mediaNanos, long arrivalNanos) {
        return Math.min(mediaNanos + offsetNanos, arrivalNanos + maxDelayNanos);
    }
}
