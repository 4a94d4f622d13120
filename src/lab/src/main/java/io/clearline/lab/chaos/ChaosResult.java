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
 * Findings of one chaos run. The component names are the keys of the result files. Immutable.
 *
 * @param name name of the run
 * @param mode delivery mode of the job
 * @param seed seed of samples, faults and their targets
 * @param streams number of streams
 * @param frames number of distinct input frames that the verifier read
 * @param faults number of injected faults by kind
 * @param outages effect of each fault on the output, in the order of the faults
 * @param damagedRecords number of input records that were duplicated, dropped, reordered, corrupted or truncated
 * @param clockJumps number of times that a sender's clock was set
 * @param lost number of frames that never came out
 * @param doubled number of frames that came out more than once in a replay
 * @param outOfOrder number of frames that came out after one with a higher sequence
 * @param sampleCounts number of frames with a wrong number of samples
 * @param repeats number of repeated output records, which only live mode permits
 * @param repeatsThatDiffer number of repeats whose bytes differ from the first record
 * @param concealed number of output frames that replace missing input frames
 * @param hashMismatches number of streams whose SHA-256 differs from that of the quiet run
 * @param models number of output records by model; dry ones are counted under "@"
 * @param quietSeconds duration of the reference run without faults
 * @param chaosSeconds duration of the run with faults
 * @param ok whether there are no issues and at least one frame
 * @param issues the first hundred issues of each kind
 */
public record ChaosResult(
        String name,
        String mode,
        long seed,
        long streams,
        long frames,
        Map<FaultKind, Integer> faults,
        List<Outage> outages,
        long damagedRecords,
        long clockJumps,
        long lost,
        long doubled,
        long outOfOrder,
        long sampleCounts,
        long repeats,
        long repeatsThatDiffer,
        long concealed,
        long hashMismatches,
        Map<String, Long> models,
        double quietSeconds,
        double chaosSeconds,
        boolean ok,
        List<Issue> issues) {

    /**
     * Effect of one fault on the output.
     *
     * @param fault kind of the fault
     * @param secondsWithoutOutput longest time without a new frame between the fault and the return of the output
     * @param secondsToHealth time from the fault until every task ran and another checkpoint was complete
     */
    public record Outage(FaultKind fault, double secondsWithoutOutput, double secondsToHealth) {}
}
