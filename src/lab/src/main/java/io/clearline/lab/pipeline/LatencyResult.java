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
 * Result of a {@link LatencyWindow}. The timeline is a copy.
 *
 * @param sent number of input frames that were due in the window
 * @param arrived number of output frames that these completed and that came out
 * @param missing number of output frames that did not come out
 * @param bypassed number of output frames that came out dry because the job was overloaded
 * @param deadlineMisses number of frames, without the bypassed ones, that came after the deadline or not at all
 * @param latencyMillis latency of the frames that were not bypassed
 * @param dryLatencyMillis latency of the bypassed frames
 * @param timeline latency over time of the frames that were not bypassed
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
    /** Returns whether every frame came out enhanced and with a latency below the limit. */
    boolean allWithin(double millis) {
        return missing == 0 && bypassed == 0 && latencyMillis.max() < millis;
    }
}
