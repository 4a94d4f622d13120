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
 * What a soak found; lists have an entry a minute, of both TaskManagers together.
 *
 * @param faults injected, each survived
 * @param hashMismatches streams whose SHA-256 is not that of a quiet replay of the same frames, and repeats with other
 *     bytes
 * @param checkpointKb size of the newest checkpoint, which is the state of the streams
 * @param consumerLag raw frames that the job's group has not committed; it commits with each checkpoint, once a second
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
