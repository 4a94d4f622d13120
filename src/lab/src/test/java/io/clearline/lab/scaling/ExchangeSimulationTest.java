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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExchangeSimulationTest {
    private static final ExchangeCosts COSTS = ExchangeCosts.MEASURED;
    private static final Deployment TWO_CORES = new Deployment(1, 2, 1024);
    private static final double SECONDS = 1;
    private static final long SEED = 3;

    private static ExchangeResult run(Deployment deployment, ExchangeCosts costs, int streams) {
        return new ExchangeSimulation(deployment, costs, streams, SEED).run(SECONDS);
    }

    @Test
    void aFewStreamsPassWithoutAQueue() {
        ExchangeResult result = run(TWO_CORES, COSTS, 4);

        assertThat(result.p99Millis()).isBetween(2.0, 4.0);
        assertThat(result.maxLoad()).isLessThan(0.1);
    }

    @Test
    void theLoadIsTheCostOfTheFrames() {
        ExchangeCosts onlyHops = new ExchangeCosts(0, 0, 0, 0, 100_000, 0, 0, 0);

        ExchangeResult result = run(TWO_CORES, onlyHops, 200);

        assertThat(result.meanLoad()).isCloseTo(200 * 50 * 100e-6 / 2, within(0.01));
    }

    @Test
    void anOverloadMakesTheQueueGrow() {
        ExchangeResult result = run(TWO_CORES, COSTS, 800);

        assertThat(result.meanLoad()).isGreaterThan(0.85);
        assertThat(result.p99Millis()).isGreaterThan(200);
    }

    @Test
    void withManySubtasksABufferHasFewFrames() {
        ExchangeResult few = run(TWO_CORES, COSTS, 200);
        ExchangeResult many = run(new Deployment(4, 16, 1024), COSTS, 6400);

        assertThat(few.framesPerBuffer()).isGreaterThan(5 * many.framesPerBuffer());
        assertThat(many.framesPerBuffer()).isBetween(1.0, 1.5);
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        assertThat(run(TWO_CORES, COSTS, 300)).isEqualTo(run(TWO_CORES, COSTS, 300));
    }
}
