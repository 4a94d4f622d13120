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
package io.clearline.job.operator;

import io.clearline.dsp.HotPath;
import java.util.HashMap;
import java.util.Map;

/**
 * The partition that each open stream's frames come from. Not part of the state: after a restart it is known again from
 * the first frame. Thread-confined; allocates only when a stream opens.
 */
final class StreamPartitions {
    /** Returned by {@link #update} if the stream has not moved. */
    static final int UNCHANGED = -1;

    /** The partitions of one stream. */
    private static final class Place {
        private int partition;
        /**
         * The partition before the last move, which may still hold frames; the same as {@link #partition} if the stream
         * has never moved.
         */
        private int previous;

        private Place(int partition) {
            this.partition = partition;
            this.previous = partition;
        }
    }

    private final Map<String, Place> places = new HashMap<>();

    /**
     * Records the partition of a stream's frame. Frames that were left in the previous partition do not count as a move
     * back, because two partitions may be read at the same time.
     *
     * @return the partition that the stream has left, or {@link #UNCHANGED}
     */
    @HotPath
    int update(String streamId, int partition) {
        Place place = places.get(streamId);
        if (place == null) {
            begin(streamId, partition);
            return UNCHANGED;
        }
        if (partition == place.partition || partition == place.previous) {
            return UNCHANGED;
        }
        place.previous = place.partition;
        place.partition = partition;
        return place.previous;
    }

    /** Adds a stream. Separate from {@link #update}, which must not allocate. */
    private void begin(String streamId, int partition) {
        places.put(streamId, new Place(partition));
    }

    /** Removes a stream that has ended. */
    void remove(String streamId) {
        places.remove(streamId);
    }
}
