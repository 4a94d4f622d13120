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
 * first, until frames are in time, and takes them back, the oldest first, while they stay so.
 *
 * <p>What it goes by is the age of frames when their turn comes: how long ago Kafka was given them. That is the time
 * they waited, wherever they did, and it is right after a stall too. Capture times are the sender's business and play
 * no part. Only when many frames are late anything is done, so a few senders with a wrong clock move nothing.
 *
 * <p>Down fast, up with care. While frames are late and not about to be in time again, a quarter of the streams that
 * are left is bypassed twenty times a second, more when the age grows faster: a long backlog meets a job that bypasses
 * all within a second. After a calm time a few streams come back, then twice as many, and so on; the calm time asked
 * for doubles whenever that was too much.
 *
 * <p>Where bypassing all is not enough, because reading and writing alone take longer than there is time, frames over
 * the greatest age are dropped until they come at half of it. So no delay grows without bound, whatever the load.
 *
 * <p>Thread-confined; allocates only when a stream comes or goes.
 */
public final class LoadShedder {
    private static final double MIN_BYPASSED_SHARE = 0.25;
    private static final int RETURNING_SHARE = 16;
    private static final long SHORTEST_CALM_MILLIS = 500;
    private static final long LONGEST_CALM_MILLIS = 4_000;

    private final OverloadRules rules;
    private final StreamQueue streams = new StreamQueue();
    private final FrameAges ages;

    private long calmSinceMillis;
    private long calmMillis = SHORTEST_CALM_MILLIS;
    /** Streams that came back last, if no frame was late since; else 0. */
    private int returned;

    private boolean dropping;

    /** Starts with no streams. */
    public LoadShedder(OverloadRules rules) {
        this.rules = rules;
        // Who acts when the deadline is over has missed it.
        ages = new FrameAges(rules.deadlineMillis() / 2);
    }

    /**
     * Decides about a stream's next frame.
     *
     * @param ageMillis how long the frame has waited
     */
    @HotPath
    public Treatment next(String streamId, long ageMillis, long nowMillis) {
        if (rules.deadlineMillis() == 0) {
            return Treatment.ENHANCED;
        }
        if (ages.spanEnded(nowMillis)) {
            adapt(nowMillis);
        }
        ages.add(ageMillis);
        return isTooOld(ageMillis) ? streams.drop(streamId) : streams.next(streamId);
    }

    @HotPath
    private boolean isTooOld(long ageMillis) {
        if (rules.maxAgeMillis() == 0 || streams.bypassedStreams() < streams.size()) {
            dropping = false;
        } else if (ageMillis > rules.maxAgeMillis()) {
            dropping = true;
        } else if (2 * ageMillis < rules.maxAgeMillis()) {
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
        if (ages.isLate()) {
            calmSinceMillis = nowMillis;
            if (ages.staysLate()) {
                giveWay();
            }
        } else if (streams.bypassedStreams() > 0 && nowMillis - calmSinceMillis >= calmMillis) {
            calmSinceMillis = nowMillis;
            comeBack();
        }
    }

    private void giveWay() {
        if (returned > 0) {
            calmMillis = Math.min(2 * calmMillis, LONGEST_CALM_MILLIS);
            returned = 0;
        }
        double share = Math.min(1, Math.max(MIN_BYPASSED_SHARE, ages.growth()));
        streams.bypass((int) Math.ceil(share * (streams.size() - streams.bypassedStreams())));
    }

    private void comeBack() {
        if (returned > 0) {
            // The last that came back did no harm.
            calmMillis = SHORTEST_CALM_MILLIS;
        }
        returned = Math.max(2 * returned, streams.size() / RETURNING_SHARE + 1);
        streams.enhance(returned);
    }
}
