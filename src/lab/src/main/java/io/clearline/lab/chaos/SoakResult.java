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

import io.clearline.kafka.verify.Issue;
import java.util.List;
import java.util.Map;

/**
 * Findings of a soak run. Lists have one entry a minute, summed over both TaskManagers. The component names are the
 * keys of the result file. Immutable.
 *
 * @param minutes duration of the run, including the replay of the reference
 * @param streams number of streams
 * @param frames number of distinct input frames
 * @param faults number of injected faults, after each of which the job became healthy again
 * @param faultsByKind the same by kind
 * @param hashMismatches number of streams whose SHA-256 differs from that of a quiet replay of the same frames, plus
 *     repeats with other bytes
 * @param repeats number of repeated output records, which live mode permits
 * @param heapAfterGcMb used heap after a full collection, in megabytes
 * @param descriptors number of open files and sockets
 * @param checkpointKb size of the newest checkpoint, which holds the state of the streams, in kilobytes
 * @param consumerLag number of raw frames that the consumer group has not committed; it commits with each checkpoint,
 *     once a second
 */
public record SoakResult(
        long seed,
        double minutes,
        long streams,
        long frames,
        int faults,
        Map<FaultKind, Integer> faultsByKind,
        long lost,
        long doubled,
        long outOfOrder,
        long hashMismatches,
        long repeats,
        List<Double> heapAfterGcMb,
        List<Integer> threads,
        List<Integer> descriptors,
        List<Long> checkpointKb,
        List<Long> consumerLag,
        boolean ok,
        List<Issue> issues) {}
