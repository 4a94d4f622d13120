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
package io.clearline.lab.chaos;

import io.clearline.kafka.DeliveryMode;
import java.util.Map;

/**
 * Settings of one chaos run. Immutable.
 *
 * @param name prefix of the topics
 * @param mode delivery mode of the job
 * @param streams number of concurrent streams
 * @param framesPerStream length of each stream
 * @param framesPerSecond rate of live input over all streams; a replay has all its input before it starts
 * @param linkBytesPerSecond rate limit of each connection of the job while faults are injected, so that a replay does
 *     not finish before them; 0 for none
 * @param faults number of faults of each kind
 * @param recordFaults rates of damaged input records
 * @param clockJumps share of frames before which the clock of their sender is set, 0 to 1
 * @param seed seed of the samples, of the order of the faults and of their targets
 */
public record ChaosSettings(
        String name,
        DeliveryMode mode,
        int streams,
        int framesPerStream,
        int framesPerSecond,
        long linkBytesPerSecond,
        Map<FaultKind, Integer> faults,
        RecordFaults.Rates recordFaults,
        double clockJumps,
        long seed) {
    /** Returns the number of frames of all streams together. */
    public long frames() {
        return (long) streams * framesPerStream;
    }
}
