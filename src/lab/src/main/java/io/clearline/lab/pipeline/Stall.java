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
 * A stretch in which frames came later than {@link LatencyTimeline#LATE_MILLIS}.
 *
 * @param at when the first of these frames was due, as an instant of ISO 8601: other logs have it too
 * @param seconds between the first and the last of these, in steps of {@link LatencyTimeline#SLICE_MILLIS}
 * @param worstMillis latency
 * @param meanwhile what was going on, and for how many milliseconds
 */
public record Stall(String at, double seconds, double worstMillis, List<String> meanwhile) {}
