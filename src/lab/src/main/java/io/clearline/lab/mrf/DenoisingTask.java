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
 * Binary images under Gaussian noise. The pixels of an image are the units of a grid whose neighbours attract or repel
 * each other, each pair in its own measure J; the same for all images of a task. Seen is {@code x = s + noise}, s = -1
 * or 1; asked is which pixels are 1. The loops of the grid make this hard: neighbours bear each other out in circles.
 *
 * <p>The model knows the truth: with h = (1 + s) / 2 the posterior is a field of couplings {@code 4 J}, biases
 * {@code -2 sum J} and inputs {@code 2 x / noise^2}. Inference in it is what stays hard. Immutable.
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
     * @param clean 0 or 1, {@code [units x images]}
     * @param seen the noisy images
     */
    record Images(DMatrixRMaj clean, DMatrixRMaj seen) {}

    /**
     * Draws a task.
     *
     * @param strength J lies between it and its negative
     * @param noise standard deviation of what is added
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

    /** The grid. */
    MrfGraph graph() {
        return graph;
    }

    /** The true model's weights, as one slot. */
    DMatrixRMaj slot() {
        DMatrixRMaj inputs = new DMatrixRMaj(biases.length, biases.length);
        for (int unit = 0; unit < biases.length; unit++) {
            inputs.set(unit, unit, inputWeight());
        }
        return graph.slot(couplings, inputs, biases);
    }

    /** Draws images. */
    Images draw(int images, SplittableRandom random) {
        DMatrixRMaj clean = exact.sample(biases, images, random);
        DMatrixRMaj seen = new DMatrixRMaj(clean.numRows, images);
        for (int i = 0; i < clean.getNumElements(); i++) {
            seen.data[i] = 2 * clean.data[i] - 1 + noise * random.nextGaussian();
        }
        return new Images(clean, seen);
    }

    /**
     * The best that anyone can do: the probability of 1 of each pixel given the whole noisy image, {@code [units x
     * images]}.
     */
    DMatrixRMaj exactProbabilities(DMatrixRMaj seen) {
        DMatrixRMaj result = new DMatrixRMaj(seen.numRows, seen.numCols);
        double[] fields = new double[seen.numRows];
        for (int image = 0; image < seen.numCols; image++) {
            for (int unit = 0; unit < fields.length; unit++) {
                fields[unit] = biases[unit] + inputWeight() * seen.get(unit, image);
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
