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
package io.clearline.lab.pipeline;

/**
 * What a {@link LatencyWindow} saw.
 *
 * @param sent frames of the input that were due in it
 * @param arrived frames of the output that these completed and that came out
 * @param missing those that did not
 * @param bypassed those that came out dry because the job was overloaded
 * @param deadlineMisses those not bypassed that came later than the deadline, or not at all
 * @param latencyMillis of all that were not bypassed
 * @param dryLatencyMillis of those that were
 * @param timeline of all that were not bypassed
 */
record LatencyResult(
        long sent,
        long arrived,
        long missing,
        long bypassed,
        long deadlineMisses,
        Percentiles latencyMillis,
        Percentiles dryLatencyMillis,
        LatencyTimeline timeline) {
    /** Whether everything came, enhanced, and so early. */
    boolean allWithin(double millis) {
        return missing == 0 && bypassed == 0 && latencyMillis.max() < millis;
    }
}
