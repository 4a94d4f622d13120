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

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Largest number of streams that a simulated job carries with a p99 latency of at most 50 ms. The component names are
 * keys of the result file. Immutable.
 *
 * @param deployment size of the job
 * @param streamsPerCore number of streams for each core of the job
 * @param result result of the simulation with these streams
 */
public record CarriedStreams(Deployment deployment, int streamsPerCore, ExchangeResult result) {
    private static final double MAX_P99_MILLIS = 50;
    private static final int MIN_PER_CORE = 8;
    private static final int MAX_PER_CORE = 400;
    private static final int STEP_PER_CORE = 4;

    /**
     * Searches the number by bisection. The smallest number is assumed to be carried.
     *
     * @param seconds simulated time of each run
     */
    static CarriedStreams search(Deployment deployment, ExchangeCosts costs, double seconds, long seed) {
        int carried = MIN_PER_CORE;
        int failed = MAX_PER_CORE;
        ExchangeResult result = simulate(deployment, costs, carried, seconds, seed);
        while (failed - carried > STEP_PER_CORE) {
            int middle = (carried + failed) / 2;
            ExchangeResult tried = simulate(deployment, costs, middle, seconds, seed);
            if (tried.p99Millis() <= MAX_P99_MILLIS) {
                carried = middle;
                result = tried;
            } else {
                failed = middle;
            }
        }
        return new CarriedStreams(deployment, carried, result);
    }

    private static ExchangeResult simulate(
            Deployment deployment, ExchangeCosts costs, int perCore, double seconds, long seed) {
        return new ExchangeSimulation(deployment, costs, perCore * deployment.subtasks(), seed).run(seconds);
    }

    /** Returns the number of streams of the whole job. */
    @JsonProperty
    public int streams() {
        return streamsPerCore * deployment.subtasks();
    }
}
