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
 * How long it took after SIGKILL to one of two TaskManagers.
 *
 * @param firstNewFrameSeconds until, after the longest silence, the first frame came out that was sent after the kill
 * @param steadySeconds until the last frame that took more than {@code steadyMillis} was out
 * @param p50BeforeMillis median latency before the kill
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
