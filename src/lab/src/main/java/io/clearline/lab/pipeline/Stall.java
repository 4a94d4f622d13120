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

import java.util.List;

/**
 * A period in which frames had a latency above {@link LatencyTimeline#LATE_MILLIS}. Immutable.
 *
 * @param at due time of its first frame in ISO 8601, for comparison with logs
 * @param seconds duration, in steps of {@link LatencyTimeline#SLICE_MILLIS}
 * @param worstMillis maximum latency
 * @param meanwhile pauses that overlap it, with their durations
 */
public record Stall(String at, double seconds, double worstMillis, List<String> meanwhile) {}
