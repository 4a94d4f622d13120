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

import io.clearline.unfolding.mrf.MrfGraph;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/**
 * Denoising of binary images with Gaussian noise. The pixels s = -1 or 1 of an image are the units of a grid. Each pair
 * of neighbours attracts or repels each other with a strength J of its own, which is the same for all images of a task.
 * The observation is {@code x = s + noise}; the task is to infer the pixels. The loops of the grid make inference hard.
 *
 * <p>The true model is known. With h = (1 + s) / 2 the posterior is a Markov random field with the couplings {@code 4
 * J}, the biases {@code -2 sum J} and the inputs {@code 2 x / noise^2}. Immutable.
 */
final class DenoisingTask {
    private final MrfGraph graph;
    private final ExactGrid exact;
    private final DMatrixRMaj couplings;
    private final double[] biases;
    private final double noise;

    /**
     * Images with their observations.
     *
     * @param clean the true states h, 0 or 1, {@code [units x images]}
     * @param observed the noisy images x, {@code [units x images]}
     */
    record Images(DMatrixRMaj clean, DMatrixRMaj observed) {}

    /**
     * Draws a task.
     *
     * @param rows height of an image
     * @param columns width of an image
     * @param strength bound of the uniform distribution of J, from {@code -strength} to {@code strength}
     * @param noise standard deviation of the noise
     * @param random source of the strengths J
     */
    DenoisingTask(int rows, int columns, double strength, double noise, SplittableRandom random) {
        graph = MrfGraph.grid(rows, columns);
        this.noise = noise;
        int units = rows * columns;
        couplings = new DMatrixRMaj(units, units);
        biases = new double[units];
        for (MrfGraph.Edge edge : graph.edges()) {
            if (edge.from() < edge.to()) {
                double j = strength * (2 * random.nextDouble() - 1);
                couplings.set(edge.from(), edge.to(), 4 * j);
                couplings.set(edge.to(), edge.from(), 4 * j);
                biases[edge.from()] -= 2 * j;
                biases[edge.to()] -= 2 * j;
            }
        }
        exact = new ExactGrid(rows, columns, couplings);
    }

    /** Returns the grid. */
    MrfGraph graph() {
        return graph;
    }

    /** Returns the weights of the true model as one slot. */
    DMatrixRMaj slot() {
        DMatrixRMaj inputs = new DMatrixRMaj(biases.length, biases.length);
        for (int unit = 0; unit < biases.length; unit++) {
            inputs.set(unit, unit, inputWeight());
        }
        return graph.slot(couplings, inputs, biases);
    }

    /** Draws images exactly from the field, and their observations. */
    Images draw(int images, SplittableRandom random) {
        DMatrixRMaj clean = exact.sample(biases, images, random);
        DMatrixRMaj observed = new DMatrixRMaj(clean.numRows, images);
        for (int i = 0; i < clean.getNumElements(); i++) {
            observed.data[i] = 2 * clean.data[i] - 1 + noise * random.nextGaussian();
        }
        return new Images(clean, observed);
    }

    /**
     * Returns the exact posterior probability of 1 for each pixel given the whole noisy image, {@code [units x
     * images]}. No inference can be better.
     */
    DMatrixRMaj exactProbabilities(DMatrixRMaj observed) {
        DMatrixRMaj result = new DMatrixRMaj(observed.numRows, observed.numCols);
        double[] fields = new double[observed.numRows];
        for (int image = 0; image < observed.numCols; image++) {
            for (int unit = 0; unit < fields.length; unit++) {
                fields[unit] = biases[unit] + inputWeight() * observed.get(unit, image);
            }
            double[] marginals = exact.marginals(fields);
            for (int unit = 0; unit < fields.length; unit++) {
                result.set(unit, image, marginals[unit]);
            }
        }
        return result;
    }

    private double inputWeight() {
        return 2 / (noise * noise);
    }
}
