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
 * Keeps the deadline of a subtask's streams when more comes than can be enhanced: bypasses whole streams, the newest
 * first, until the job keeps up, and takes them back, the oldest first, while it does.
 *
 * <p>What it goes by is work, not age. A stream is late when its frames wait longer than they did at best
 * ({@link StreamDelay}), so a wrong clock makes nobody late, and a backlog, after a start or an outage, does not
 * either: it is caught up with by enhancing. Only when many frames are late, are not getting less so, and it is
 * enhancement that takes the time ({@link Backlog}), the job can't keep up, and streams give way.
 *
 * <p>Down fast, up with care. While it is too much, a quarter of the streams that are left is bypassed twenty times a
 * second, more when lateness grows faster. After a calm time, in which nothing is late and no backlog is worked off any
 * more, a few streams come back, then more; the calm time asked for doubles whenever that was too much. Lateness that
 * enhancement has no part in, because other programs have the processor, keeps no stream from coming back.
 *
 * <p>Where bypassing all is not enough, because reading and writing alone take longer than there is time, frames later
 * than the greatest age are dropped until they come at half of it. So no delay grows without bound, whatever the load.
 *
 * <p>Thread-confined; allocates only when a stream comes or goes.
 */
public final class LoadShedder {
    /** The age of a frame of which nobody knows when Kafka was given it. */
    public static final long UNKNOWN_AGE = Long.MIN_VALUE;

    private static final double MIN_BYPASSED_SHARE = 0.25;
    private static final int MIN_RETURNING_SHARE = 16;
    private static final int MAX_RETURNING_SHARE = 8;
    private static final long SHORTEST_CALM_MILLIS = 500;
    private static final long LONGEST_CALM_MILLIS = 4_000;
    private static final long TRY_MILLIS = 1_000;
    /** Between two frames of all streams: the clock was set, or the subtask stood still. */
    private static final long STANDSTILL_MILLIS = 1_000;

    private final OverloadRules rules;
    private final StreamQueue streams = new StreamQueue();
    private final Backlog backlog;

    private long lastMillis = Long.MAX_VALUE;
    /** Counts how often the clock was set or stood still. */
    private int epoch;

    private long calmSinceMillis;
    /** When streams last gave way, or one tried. */
    private long changedMillis;

    private long calmMillis = SHORTEST_CALM_MILLIS;
    /** Streams that came back last, if no frame was late since; else 0. */
    private int returned;

    private boolean dropping;

    /** Starts with no streams. */
    public LoadShedder(OverloadRules rules) {
        this.rules = rules;
        // Who acts when the deadline is over has missed it.
        backlog = new Backlog(rules.deadlineMillis() / 2);
    }

    /**
     * Decides about a stream's next frame.
     *
     * @param open whether the stream is open
     * @param bypassed whether its last frame was bypassed; how a stream of a restored job goes on
     * @param ageMillis how long ago Kafka was given the frame, by clocks that may differ; or {@link #UNKNOWN_AGE}
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
        watchClock(nowMillis);
        if (backlog.spanEnded(nowMillis)) {
            adapt(nowMillis);
        }
        boolean enhanced = place.wasEnhanced() && !dropping;
        long lateMillis = place.delay().take(ageMillis, nowMillis, enhanced, epoch, backlog);
        backlog.add(lateMillis);
        return isTooLate(lateMillis) ? streams.drop(place) : streams.next(place);
    }

    /**
     * The kernel took so much processor time, which is what bypassing would spare; time that others had the processor
     * is not its.
     */
    @HotPath
    public void worked(long nanos) {
        backlog.worked(nanos);
    }

    @HotPath
    private void watchClock(long nowMillis) {
        if (nowMillis < lastMillis) {
            backlog.restartSpan(nowMillis);
            calmSinceMillis = nowMillis;
            changedMillis = nowMillis;
            epoch++;
        } else if (nowMillis - lastMillis > STANDSTILL_MILLIS) {
            backlog.forget();
            epoch++;
        }
        lastMillis = nowMillis;
    }

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

    /** Forgets a stream that ended. */
    public void remove(String streamId) {
        streams.remove(streamId);
    }

    /** Streams that are bypassed now. */
    public int bypassedStreams() {
        return streams.bypassedStreams();
    }

    private void adapt(long nowMillis) {
        boolean late = backlog.isLate() || backlog.isWorkedOff();
        if (late && backlog.isTooMuch(streams.size(), streams.enhancedStreams())) {
            calmSinceMillis = nowMillis;
            changedMillis = nowMillis;
            giveWay();
            return;
        }
        if (late && !backlog.isLittle(streams.size(), streams.enhancedStreams())) {
            calmSinceMillis = nowMillis;
        }
        if (streams.enhancedStreams() == 0) {
            tryOne(nowMillis);
        }
        if (streams.bypassedStreams() > 0 && nowMillis - calmSinceMillis >= calmMillis) {
            calmSinceMillis = nowMillis;
            comeBack();
        }
    }

    /** What enhancement takes now, nobody knows while none is enhanced: so one stream is now and then, late or not. */
    private void tryOne(long nowMillis) {
        if (!dropping && nowMillis - changedMillis >= TRY_MILLIS) {
            changedMillis = nowMillis;
            streams.enhance(1);
        }
    }

    private void giveWay() {
        if (returned > 0) {
            calmMillis = Math.min(2 * calmMillis, LONGEST_CALM_MILLIS);
            returned = 0;
        }
        double share = Math.min(1, Math.max(MIN_BYPASSED_SHARE, backlog.growth()));
        streams.bypass((int) Math.ceil(share * (streams.size() - streams.bypassedStreams())));
    }

    private void comeBack() {
        if (returned > 0) {
            // The last that came back did no harm.
            calmMillis = SHORTEST_CALM_MILLIS;
        }
        int atLeast = streams.size() / MIN_RETURNING_SHARE + 1;
        int atMost = streams.size() / MAX_RETURNING_SHARE + 1;
        returned = Math.min(atMost, Math.max(2 * returned, atLeast));
        streams.enhance(returned);
    }
}
