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
package io.clearline.lab.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Streams that jobs of different sizes carry, by simulation. The component names are keys of the result file.
 * Immutable.
 *
 * @param costs measured costs, in nanoseconds
 * @param carried result for each size
 * @param byRemoteBuffer results for the largest size with other costs of a buffer to another TaskManager
 */
public record ScalingExperiment(ExchangeCosts costs, List<CarriedStreams> carried, List<Assumed> byRemoteBuffer) {
    private static final long SEED = 17;
    private static final int KEY_GROUPS_PER_SUBTASK = 16;
    private static final int MIN_KEY_GROUPS = 1024;
    private static final int MAX_KEY_GROUPS = 32_768;
    private static final int CORES_EACH = 16;
    private static final long[] REMOTE_BUFFER_NANOS = {10_000, 50_000};

    /** An assumed cost of a remote buffer, and the result with it. */
    public record Assumed(long remoteBufferNanos, CarriedStreams carried) {}

    /** @param seconds simulated time of each run */
    public static ScalingExperiment run(double seconds) {
        ExchangeCosts costs = ExchangeCosts.MEASURED;
        List<CarriedStreams> carried = new ArrayList<>();
        for (Deployment each : List.of(of(1, 2), of(1, CORES_EACH), of(4, CORES_EACH), of(10, CORES_EACH), largest())) {
            carried.add(CarriedStreams.search(each, costs, seconds, SEED));
        }
        List<Assumed> assumed = new ArrayList<>();
        for (long nanos : REMOTE_BUFFER_NANOS) {
            ExchangeCosts other = costs.withRemoteBuffer(nanos);
            assumed.add(new Assumed(nanos, CarriedStreams.search(largest(), other, seconds, SEED)));
        }
        return new ScalingExperiment(costs, carried, assumed);
    }

    private static Deployment largest() {
        return of(100, CORES_EACH);
    }

    /** Returns a deployment with a power of two of key groups, enough to balance the subtasks. */
    private static Deployment of(int taskManagers, int coresEach) {
        int minKeyGroups = KEY_GROUPS_PER_SUBTASK * taskManagers * coresEach;
        int power = Integer.highestOneBit(Math.max(1, minKeyGroups - 1)) * 2;
        int keyGroups = Math.min(MAX_KEY_GROUPS, Math.max(MIN_KEY_GROUPS, power));
        return new Deployment(taskManagers, coresEach, keyGroups);
    }

    /** Returns the results as a table for a terminal. */
    public String table() {
        StringBuilder text = new StringBuilder(
                "TaskManagers  cores  key groups  streams  a core   p50   p99  mean load  busiest  frames a buffer\n");
        carried.forEach(each -> text.append(row(each)));
        for (Assumed each : byRemoteBuffer) {
            text.append(String.format(
                    Locale.ROOT, "with %d us for a buffer to another TaskManager:%n", each.remoteBufferNanos / 1000));
            text.append(row(each.carried));
        }
        return text.toString();
    }

    private static String row(CarriedStreams each) {
        ExchangeResult result = each.result();
        return String.format(
                Locale.ROOT,
                "%12d %6d %11d %8d %7d %5.1f %5.1f %10.2f %8.2f %16.2f%n",
                each.deployment().taskManagers(),
                each.deployment().subtasks(),
                each.deployment().keyGroups(),
                each.streams(),
                each.streamsPerCore(),
                result.p50Millis(),
                result.p99Millis(),
                result.meanLoad(),
                result.maxLoad(),
                result.framesPerBuffer());
    }
}
