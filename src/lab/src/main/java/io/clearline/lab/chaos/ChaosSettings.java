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
 * One chaos run.
 *
 * @param name first part of its topics' names
 * @param framesOfAStream length of each stream
 * @param framesPerSecond how fast live input comes, all streams together; replay has it all beforehand
 * @param linkBytesPerSecond what a connection of the job carries while faults are injected, so that replay is not over
 *     before them
 * @param faults how many of each kind
 * @param recordFaults what the input itself suffers
 * @param clockJumps share of frames before which their sender's clock is set
 * @param seed decides the samples, the order of the faults and where they hit
 */
public record ChaosSettings(
        String name,
        DeliveryMode mode,
        int streams,
        int framesOfAStream,
        int framesPerSecond,
        long linkBytesPerSecond,
        Map<FaultKind, Integer> faults,
        RecordFaults.Rates recordFaults,
        double clockJumps,
        long seed) {
    /** Frames of all streams. */
    public long frames() {
        return (long) streams * framesOfAStream;
    }
}
