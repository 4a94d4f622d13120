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
 * What a chaos run found.
 *
 * @param outages what each fault did to the output, in their order
 * @param frames different frames that went in, as the verifier read them
 * @param repeats records that came again, which only live may do
 * @param hashMismatches streams whose SHA-256 is not the quiet run's
 * @param models records that came out, by their model; dry ones by "@"
 * @param quietSeconds of the run without faults
 * @param chaosSeconds of the run with them
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
     * What one fault did to the output.
     *
     * @param secondsWithoutOutput the longest time without a new frame, from the fault until frames flow again
     * @param secondsToHealth until every task ran and one more checkpoint was complete
     */
    public record Outage(FaultKind fault, double secondsWithoutOutput, double secondsToHealth) {}
}
