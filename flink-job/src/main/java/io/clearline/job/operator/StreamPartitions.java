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
 * From which partition the frames of each open stream come. Not in the state: after a restart the first frame tells
 * anew. Thread-confined; allocates only when a stream comes.
 */
final class StreamPartitions {
    /** The stream's frames come from where they came before. */
    static final int UNCHANGED = -1;

    /** Of one stream. */
    private static final class Place {
        private int partition;
        /** Where its last frames may still lie; as long as it never moved, its own. */
        private int earlier;

        private Place(int partition) {
            this.partition = partition;
            this.earlier = partition;
        }
    }

    private final Map<String, Place> places = new HashMap<>();

    /**
     * A frame of a stream comes from a partition. Where two partitions are read at a time, frames that lay in the
     * earlier one may follow: they are no change back.
     *
     * @return the partition from which the stream's frames came before, or {@link #UNCHANGED}
     */
    @HotPath
    int take(String streamId, int partition) {
        Place place = places.get(streamId);
        if (place == null) {
            begin(streamId, partition);
            return UNCHANGED;
        }
        if (partition == place.partition || partition == place.earlier) {
            return UNCHANGED;
        }
        place.earlier = place.partition;
        place.partition = partition;
        return place.earlier;
    }

    private void begin(String streamId, int partition) {
        places.put(streamId, new Place(partition));
    }

    /** A stream ended. */
    void remove(String streamId) {
        places.remove(streamId);
    }
}
