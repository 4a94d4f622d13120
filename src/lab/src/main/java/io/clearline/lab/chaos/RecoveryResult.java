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

/**
 * Recovery times after SIGKILL to one of two TaskManagers. The component names are the keys of the result file.
 * Immutable.
 *
 * @param streams number of concurrent streams
 * @param frames number of frames that came out in the whole run
 * @param firstNewFrameSeconds time from the kill to the first frame that was sent after it and came out after the
 *     outage
 * @param steadySeconds time from the kill to the last frame with a latency above {@code steadyMillis}
 * @param steadyMillis latency up to which a frame counts as in time
 * @param p50BeforeMillis median latency in the ten seconds before the kill
 * @param p50AfterMillis median latency in the last ten seconds
 */
public record RecoveryResult(
        int streams,
        long frames,
        double firstNewFrameSeconds,
        double steadySeconds,
        int steadyMillis,
        double p50BeforeMillis,
        double p50AfterMillis) {}
