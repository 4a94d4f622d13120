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
 * The streams of a subtask in the order they came, cut in two: the earlier ones are enhanced, the later ones bypassed.
 * So whoever came first is served, a stream that is served stays so while newer ones can give way, and a new stream
 * waits behind those that wait. Thread-confined; allocates only when a stream comes or goes.
 */
final class StreamQueue {
    private static final long NONE = Long.MAX_VALUE;

    /** A stream's place. */
    static final class Place {
        private final long number;
        private final StreamDelay delay = new StreamDelay();
        /** How the stream's last frame was treated. */
        private boolean lastBypassed;

        private Place(long number, boolean lastBypassed) {
            this.number = number;
            this.lastBypassed = lastBypassed;
        }

        /** Whether the stream's last frame was enhanced. */
        boolean wasEnhanced() {
            return !lastBypassed;
        }

        /** How late the stream is. */
        StreamDelay delay() {
            return delay;
        }
    }

    private final Map<String, Place> places = new HashMap<>();
    private final NavigableMap<Long, Place> order = new TreeMap<>();
    private long nextNumber;
    /** Streams that were open and enhanced before a restore stand before all others. */
    private long firstNumber;
    /** Places from this number on are bypassed. */
    private long firstBypassed = NONE;

    private int bypassedStreams;

    int size() {
        return places.size();
    }

    int bypassedStreams() {
        return bypassedStreams;
    }

    int enhancedStreams() {
        return places.size() - bypassedStreams;
    }

    /**
     * A stream's place. One that is not known takes the last, unless it was open before the job was restored: it is
     * treated as it was.
     *
     * @param open whether the stream is open
     * @param bypassed whether its last frame was bypassed
     */
    @HotPath
    Place place(String streamId, boolean open, boolean bypassed) {
        Place place = places.get(streamId);
        return place == null ? take(streamId, open, bypassed) : place;
    }

    /** What becomes of the next frame of the stream in a place. */
    @HotPath
    Treatment next(Place place) {
        boolean bypass = place.number >= firstBypassed;
        boolean changed = bypass != place.lastBypassed;
        place.lastBypassed = bypass;
        return Treatment.of(bypass, changed);
    }

    /** The stream's next frame is dropped, and with it the stream starts anew; it keeps its place. */
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

    /** Forgets a stream; if it comes again, it comes last. */
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

    /** Bypasses so many more, the latest first. */
    void bypass(int streams) {
        Iterator<Long> latestFirst =
                order.headMap(firstBypassed, false).descendingKeySet().iterator();
        for (int i = 0; i < streams && latestFirst.hasNext(); i++) {
            firstBypassed = latestFirst.next();
            bypassedStreams++;
        }
    }

    /** Enhances so many again, the earliest first. */
    void enhance(int streams) {
        Iterator<Long> earliestFirst =
                order.tailMap(firstBypassed, true).keySet().iterator();
        for (int i = 0; i < streams && earliestFirst.hasNext(); i++) {
            earliestFirst.next();
            bypassedStreams--;
        }
        firstBypassed = earliestFirst.hasNext() ? earliestFirst.next() : NONE;
    }
}
