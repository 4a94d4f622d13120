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
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The streams of a subtask in order of arrival. The earlier ones are enhanced and the later ones are bypassed, so the
 * state is one position in the queue. A stream that is enhanced stays so while newer ones can be bypassed instead, and
 * a new stream queues behind those that are bypassed already.
 *
 * <p>Thread-confined; allocates only when a stream is added or removed.
 */
final class StreamQueue {
    /** Value of {@link #firstBypassed} while no stream is bypassed. */
    private static final long NONE = Long.MAX_VALUE;

    /** The position of a stream in the queue, and its delay. */
    static final class Place {
        private final long number;
        private final StreamDelay delay = new StreamDelay();
        /** Whether the stream's last frame was bypassed. */
        private boolean lastBypassed;

        private Place(long number, boolean lastBypassed) {
            this.number = number;
            this.lastBypassed = lastBypassed;
        }

        /** Returns whether the stream's last frame was enhanced. */
        boolean wasEnhanced() {
            return !lastBypassed;
        }

        /** Returns the delay of the stream. */
        StreamDelay delay() {
            return delay;
        }
    }

    private final Map<String, Place> places = new HashMap<>();
    private final NavigableMap<Long, Place> order = new TreeMap<>();
    private long nextNumber;
    /**
     * Lowest number so far. Streams that were enhanced before a restore get descending numbers below 0, so that they
     * precede all others.
     */
    private long firstNumber;
    /** Streams with this number or a higher one are bypassed. */
    private long firstBypassed = NONE;

    private int bypassedStreams;

    /** Returns the number of streams. */
    int size() {
        return places.size();
    }

    /** Returns how many of the streams are bypassed. */
    int bypassedStreams() {
        return bypassedStreams;
    }

    /** Returns how many of the streams are enhanced. */
    int enhancedStreams() {
        return places.size() - bypassedStreams;
    }

    /**
     * Returns the place of a stream. An unknown stream is appended to the queue. If it was open before the job was
     * restored, it keeps the treatment that it had.
     *
     * @param open whether the stream is open
     * @param bypassed whether its last frame was bypassed
     */
    @HotPath
    Place place(String streamId, boolean open, boolean bypassed) {
        Place place = places.get(streamId);
        return place == null ? take(streamId, open, bypassed) : place;
    }

    /** Returns the treatment of the stream's next frame. */
    @HotPath
    Treatment next(Place place) {
        boolean bypass = place.number >= firstBypassed;
        boolean changed = bypass != place.lastBypassed;
        place.lastBypassed = bypass;
        return Treatment.of(bypass, changed);
    }

    /** Drops the stream's next frame. The stream keeps its place, but starts afresh with the frame after that. */
    @HotPath
    Treatment drop(Place place) {
        place.lastBypassed = false;
        return Treatment.DROPPED;
    }

    private Place take(String streamId, boolean open, boolean bypassed) {
        Place place = new Place(open && !bypassed ? --firstNumber : nextNumber++, open && bypassed);
        places.put(streamId, place);
        order.put(place.number, place);
        if (open && bypassed) {
            firstBypassed = Math.min(firstBypassed, place.number);
        }
        if (place.number >= firstBypassed) {
            bypassedStreams++;
        }
        return place;
    }

    /** Removes a stream. If it returns, it is appended to the queue. */
    void remove(String streamId) {
        Place place = places.remove(streamId);
        if (place == null) {
            return;
        }
        order.remove(place.number);
        if (place.number >= firstBypassed && --bypassedStreams == 0) {
            firstBypassed = NONE;
        }
    }

    /** Bypasses up to {@code streams} more streams, the newest first. */
    void bypass(int streams) {
        Iterator<Long> newestFirst =
                order.headMap(firstBypassed, false).descendingKeySet().iterator();
        for (int i = 0; i < streams && newestFirst.hasNext(); i++) {
            firstBypassed = newestFirst.next();
            bypassedStreams++;
        }
    }

    /** Enhances up to {@code streams} more streams, the oldest first. */
    void enhance(int streams) {
        Iterator<Long> oldestFirst = order.tailMap(firstBypassed, true).keySet().iterator();
        for (int i = 0; i < streams && oldestFirst.hasNext(); i++) {
            oldestFirst.next();
            bypassedStreams--;
        }
        firstBypassed = oldestFirst.hasNext() ? oldestFirst.next() : NONE;
    }
}
