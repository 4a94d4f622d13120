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
 * Parameters of the experiment. The component names are keys of the result file. Immutable.
 *
 * @param name name of the result files
 * @param rows height of an image
 * @param columns width of an image
 * @param strength bound of the coupling strengths
 * @param noise standard deviation of the noise
 * @param alphas members of the message family; 0 is mean field, 1 is belief propagation
 * @param depths numbers of updates before the read-out
 * @param tasks number of fields, each with a seed, images and trainings of its own
 * @param trainingImages number of training images for each field
 * @param testImages number of test images for each field
 * @param steps number of training steps
 * @param batch number of images in one step
 * @param stepSize largest step size of Adam
 * @param seed seed of the first field; each further field has the next one
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

    /** Returns the full plan, which takes some minutes on one core. */
    public static MrfPlan full() {
        return new MrfPlan(
                "mrf", 8, 8, 2, 2, List.of(0.0, 0.5, 1.0), List.of(1, 2, 4, 8), 6, 16_000, 2_000, 1_000, 32, 0.1, 1);
    }

    /** Returns a plan of some seconds, which checks that the experiment runs. */
    public static MrfPlan quick() {
        return new MrfPlan("mrf-quick", 5, 5, 2, 2, List.of(0.0, 1.0), List.of(3), 3, 3_000, 500, 90, 32, 0.03, 1);
    }
}
