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

/**
 * The most streams that a simulated job carries with a p99 of 50 ms.
 *
 * @param streamsPerCore of the job's cores
 */
public record CarriedStreams(Deployment deployment, int streams, double streamsPerCore, ExchangeResult result) {
    private static final double MAX_P99_MILLIS = 50;
    private static final int MIN_PER_CORE = 8;
    private static final int MAX_PER_CORE = 400;
    private static final int STEP_PER_CORE = 4;

    /**
     * Searches by bisection.
     *
     * @param seconds of each simulation
     */
    static CarriedStreams search(Deployment deployment, ExchangeCosts costs, double seconds, long seed) {
        int carried = MIN_PER_CORE;
        int failed = MAX_PER_CORE;
        ExchangeResult best = null;
        while (failed - carried > STEP_PER_CORE) {
            int perCore = (carried + failed) / 2;
            ExchangeResult result =
                    new ExchangeSimulation(deployment, costs, perCore * deployment.subtasks(), seed).run(seconds);
            if (result.p99Millis() <= MAX_P99_MILLIS) {
                carried = perCore;
                best = result;
            } else {
                failed = perCore;
            }
        }
        return new CarriedStreams(deployment, carried * deployment.subtasks(), carried, best);
    }
}
