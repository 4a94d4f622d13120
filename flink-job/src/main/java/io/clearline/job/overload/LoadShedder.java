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
package io.clearline.job.overload;

import io.clearline.dsp.HotPath;

/**
 * Keeps a subtask's streams within their deadline when more frames arrive than can be enhanced. It bypasses whole
 * streams, the newest first, until the subtask keeps up, and enhances them again, the oldest first, once there is
 * capacity.
 *
 * <p>Decisions are based on load, not on the age of frames. A stream is late if its frames wait longer than they did at
 * best ({@link StreamDelay}), so a wrong clock makes no stream late. Nor does a backlog after a start or an outage,
 * which is worked off by enhancing. Streams are bypassed only if many frames are late, their lateness does not shrink,
 * and enhancement is what takes the time ({@link Backlog}).
 *
 * <p>Streams are bypassed fast and taken back slowly. During overload, a quarter of the streams that are still
 * enhanced, or more if lateness grows faster, is bypassed twenty times a second. After a stable period, in which no
 * frame is late and no backlog shrinks, a few streams are enhanced again, then more. The required length of the period
 * doubles whenever the streams that were taken back caused another overload. Lateness that enhancement does not cause,
 * for example because other programs use the processor, does not interrupt the stable period.
 *
 * <p>If bypassing all streams is not enough, because reading and writing alone exceed the capacity, frames whose
 * lateness is above {@link OverloadRules#maxAgeMillis()} are dropped until it has fallen to half of that. No delay
 * therefore grows without bound, whatever the load.
 *
 * <p>Thread-confined; allocates only when a stream opens or ends.
 */
public final class LoadShedder {
    /** Age of a frame whose record has no timestamp. */
    public static final long UNKNOWN_AGE = Long.MIN_VALUE;

    /** Least share of the enhanced streams that one step of overload bypasses. */
    private static final double MIN_BYPASSED_SHARE = 0.25;
    /** The first step after an overload takes back one stream in this many, and one more. */
    private static final int MIN_RETURNING_DIVISOR = 16;
    /** No step takes back more than one stream in this many, and one more. */
    private static final int MAX_RETURNING_DIVISOR = 8;
    /** Required length of the stable period, unless taking streams back has failed before. */
    private static final long MIN_STABLE_MILLIS = 500;
    /** Limit of the required length, which doubles after each failure. */
    private static final long MAX_STABLE_MILLIS = 4_000;
    /** While all streams are bypassed, one stream is enhanced again after this time, to measure the cost. */
    private static final long PROBE_INTERVAL_MILLIS = 1_000;
    /**
     * A longer time between two frames, of any stream, means that the clock was set or that the subtask stood still.
     */
    private static final long STANDSTILL_MILLIS = 1_000;

    private final OverloadRules rules;
    private final StreamQueue streams = new StreamQueue();
    private final Backlog backlog;

    /** Time of the last frame with a known age. */
    private long lastMillis = Long.MAX_VALUE;
    /** Number of clock changes and standstills so far; each makes earlier delays incomparable. */
    private int epoch;

    /** Start of the current stable period. */
    private long stableSinceMillis;
    /** When streams were last bypassed, or one was last enhanced as a probe. */
    private long changedMillis;

    /** How long the stable period must be before streams are taken back. */
    private long requiredStableMillis = MIN_STABLE_MILLIS;
    /** Number of streams that the last step took back; 0 if an overload followed it. */
    private int returned;

    /** Whether late frames are being dropped. */
    private boolean dropping;

    /** Creates a load shedder without streams. */
    public LoadShedder(OverloadRules rules) {
        this.rules = rules;
        // Acting only at the deadline would miss it, so half of it counts as late.
        backlog = new Backlog(rules.deadlineMillis() / 2);
    }

    /**
     * Decides how the next frame of a stream is treated.
     *
     * @param open whether the stream is open
     * @param bypassed whether its last frame was bypassed; a stream of a restored job continues that way
     * @param ageMillis time since the frame's timestamp in Kafka; clocks may differ, so it may be negative; or
     *     {@link #UNKNOWN_AGE}
     * @param nowMillis wall-clock time
     */
    @HotPath
    public Treatment next(String streamId, boolean open, boolean bypassed, long ageMillis, long nowMillis) {
        if (rules.deadlineMillis() == 0) {
            return Treatment.of(false, bypassed);
        }
        StreamQueue.Place place = streams.place(streamId, open, bypassed);
        if (ageMillis == UNKNOWN_AGE) {
            return streams.next(place);
        }
        checkClock(nowMillis);
        if (backlog.endSpanIfDue(nowMillis)) {
            adapt(nowMillis);
        }
        boolean enhanced = place.wasEnhanced() && !dropping;
        long lateMillis = place.delay().update(ageMillis, nowMillis, enhanced, epoch, backlog);
        backlog.add(lateMillis);
        return isTooLate(lateMillis) ? streams.drop(place) : streams.next(place);
    }

    /**
     * Adds processor time that the kernel took. This is what bypassing would save; time in which other threads had the
     * processor is not included.
     */
    @HotPath
    public void addKernelTime(long nanos) {
        backlog.addKernelTime(nanos);
    }

    /** Detects a clock that was set and a standstill of the subtask, after which earlier measurements do not count. */
    @HotPath
    private void checkClock(long nowMillis) {
        if (nowMillis < lastMillis) {
            backlog.restartSpan(nowMillis);
            stableSinceMillis = nowMillis;
            changedMillis = nowMillis;
            epoch++;
        } else if (nowMillis - lastMillis > STANDSTILL_MILLIS) {
            backlog.reset();
            epoch++;
        }
        lastMillis = nowMillis;
    }

    /**
     * Returns whether the frame is dropped. Dropping ends at half the limit, so that it does not start again at once.
     */
    @HotPath
    private boolean isTooLate(long lateMillis) {
        if (rules.maxAgeMillis() == 0 || streams.enhancedStreams() > 0) {
            dropping = false;
        } else if (lateMillis > rules.maxAgeMillis()) {
            dropping = true;
        } else if (2 * lateMillis < rules.maxAgeMillis()) {
            dropping = false;
        }
        return dropping;
    }

    /** Removes a stream that has ended. */
    public void remove(String streamId) {
        streams.remove(streamId);
    }

    /** Returns the number of streams that are bypassed. */
    public int bypassedStreams() {
        return streams.bypassedStreams();
    }

    /** Bypasses streams or takes them back, at the end of a span. */
    private void adapt(long nowMillis) {
        boolean late = backlog.isLate() || backlog.isShrinking();
        if (late && backlog.isOverloaded(streams.size(), streams.enhancedStreams())) {
            stableSinceMillis = nowMillis;
            changedMillis = nowMillis;
            bypassMore();
            return;
        }
        if (late && !backlog.isLightLoad(streams.size(), streams.enhancedStreams())) {
            stableSinceMillis = nowMillis;
        }
        if (streams.enhancedStreams() == 0) {
            probe(nowMillis);
        }
        if (streams.bypassedStreams() > 0 && nowMillis - stableSinceMillis >= requiredStableMillis) {
            stableSinceMillis = nowMillis;
            enhanceMore();
        }
    }

    /**
     * Enhances one stream from time to time, whether frames are late or not: the cost of enhancement is known only
     * while some stream is enhanced.
     */
    private void probe(long nowMillis) {
        if (!dropping && nowMillis - changedMillis >= PROBE_INTERVAL_MILLIS) {
            changedMillis = nowMillis;
            streams.enhance(1);
        }
    }

    /** Bypasses the share of the enhanced streams by which lateness grows, but at least a quarter. */
    private void bypassMore() {
        if (returned > 0) {
            requiredStableMillis = Math.min(2 * requiredStableMillis, MAX_STABLE_MILLIS);
            returned = 0;
        }
        double share = Math.min(1, Math.max(MIN_BYPASSED_SHARE, backlog.growth()));
        streams.bypass((int) Math.ceil(share * (streams.size() - streams.bypassedStreams())));
    }

    /** Takes streams back, twice as many as in the step before. */
    private void enhanceMore() {
        if (returned > 0) {
            // The streams that the last step took back caused no overload.
            requiredStableMillis = MIN_STABLE_MILLIS;
        }
        int atLeast = streams.size() / MIN_RETURNING_DIVISOR + 1;
        int atMost = streams.size() / MAX_RETURNING_DIVISOR + 1;
        returned = Math.min(atMost, Math.max(2 * returned, atLeast));
        streams.enhance(returned);
    }
}
