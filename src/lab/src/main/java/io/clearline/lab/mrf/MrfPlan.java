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
package io.clearline.lab.mrf;

import java.util.List;

/**
 * What the experiment does.
 *
 * @param strength of the couplings
 * @param noise standard deviation
 * @param alphas 0 is mean field, 1 belief propagation
 * @param depths numbers of updates before the read-out
 * @param tasks number of fields; each has a seed, images and trainings of its own
 * @param trainingImages drawn once a task
 * @param testImages others, likewise
 * @param batch images a step
 * @param stepSize of Adam, at its largest
 */
public record MrfPlan(
        String name,
        int rows,
        int columns,
        double strength,
        double noise,
        List<Double> alphas,
        List<Integer> depths,
        int tasks,
        int trainingImages,
        int testImages,
        int steps,
        int batch,
        double stepSize,
        long seed) {

    /** Minutes on one core. */
    public static MrfPlan full() {
        return new MrfPlan(
                "mrf", 8, 8, 2, 2, List.of(0.0, 0.5, 1.0), List.of(1, 2, 4, 8), 6, 16_000, 2_000, 1_000, 32, 0.1, 1);
    }

    /** Seconds: shows that the road is open. */
    public static MrfPlan quick() {
        return new MrfPlan("mrf-quick", 5, 5, 2, 2, List.of(0.0, 1.0), List.of(3), 3, 3_000, 500, 90, 32, 0.03, 1);
    }
}
