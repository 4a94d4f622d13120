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
 * Tells when each frame of a source is played: at the pace of the source's clock, so late that the enhanced frames of
 * the last seconds would all have been there, and never later than a limit after its own arrival.
 *
 * <p>The whole of it is one number, the offset from the media's clock to ours. It grows at once to what the latest
 * enhanced frame needed, whatever made it late: jitter, a burst of the sender, a step in the network's delay, the job.
 * It shrinks by 1 % of the time that passes, so that it follows the drift between the clocks, and forgets what is over.
 * Thread-confined.
 */
final class PlayoutSchedule {
    /** Between an enhanced frame's coming and its time: less than it varies is no reason to play it dry. */
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

    private static final int SHRINKING_SHARE = 100;
    /** Beyond it the source was stopped, or its clock was set: the past says nothing. */
    private static final long JUMP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long maxDelayNanos;
    private final long firstDelayNanos;
    private boolean started;
    private long offsetNanos;
    private long newestMediaNanos;

    PlayoutSchedule(SessionSettings settings) {
        maxDelayNanos = settings.maxDelay().toNanos();
        firstDelayNanos = Math.min(settings.firstDelay().toNanos(), maxDelayNanos);
    }

    /** Takes into account when a frame came. {@code mediaNanos} is of its first sample. */
    void arrived(long mediaNanos, long arrivalNanos) {
        long early = mediaNanos + offsetNanos - arrivalNanos;
        if (!started || Math.abs(early) > JUMP_NANOS) {
            started = true;
            offsetNanos = arrivalNanos - mediaNanos + firstDelayNanos;
            newestMediaNanos = mediaNanos;
        }
    }

    /**
     * Takes into account when an enhanced frame came. One that no delay within the limit could have waited for, such as
     * after an outage, says nothing.
     */
    void ready(long mediaNanos, long arrivalNanos, long readyNanos) {
        if (readyNanos - arrivalNanos > maxDelayNanos) {
            return;
        }
        long passed = Math.max(0, mediaNanos - newestMediaNanos);
        newestMediaNanos += passed;
        offsetNanos = Math.max(offsetNanos - passed / SHRINKING_SHARE, readyNanos - mediaNanos + MARGIN_NANOS);
    }

    /** When a frame is played; this changes until then. */
    long dueNanos(long mediaNanos, long arrivalNanos) {
        return Math.min(mediaNanos + offsetNanos, arrivalNanos + maxDelayNanos);
    }
}
