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
package io.clearline.lab.paper;

import io.clearline.training.Optimiser;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of the paper's table: a deep NMF network or a DNN. Immutable.
 *
 * @param id name of the row's files
 * @param iterations the paper's K, the number of iterations; 0 for a DNN
 * @param trainedSlots the paper's C, the number of trained dictionaries counted from the read-out; 0 for a DNN
 * @param atomsPerSource the paper's R^l, the number of atoms of each source; 0 for a DNN
 * @param hidden number of units in each hidden layer; empty for deep NMF
 * @param optimiser optimiser of the training
 */
public record PaperRow(
        String id, int iterations, int trainedSlots, int atomsPerSource, List<Integer> hidden, Optimiser optimiser) {

    /** Returns a deep NMF row that is trained by Adam. */
    static PaperRow deepNmf(int iterations, int trainedSlots, int atomsPerSource) {
        return deepNmf(iterations, trainedSlots, atomsPerSource, Optimiser.ADAM);
    }

    /** Returns a deep NMF row that is trained by multiplicative back-propagation, as in the paper. */
    static PaperRow multiplicative(int iterations, int trainedSlots, int atomsPerSource) {
        return deepNmf(iterations, trainedSlots, atomsPerSource, Optimiser.MULTIPLICATIVE);
    }

    private static PaperRow deepNmf(int iterations, int trainedSlots, int atomsPerSource, Optimiser optimiser) {
        String suffix = optimiser == Optimiser.MULTIPLICATIVE ? "-multiplicative" : "";
        return new PaperRow(
                "nmf-k" + iterations + "-r" + atomsPerSource + "-c" + trainedSlots + suffix,
                iterations,
                trainedSlots,
                atomsPerSource,
                List.of(),
                optimiser);
    }

    /** Returns a DNN row with hidden layers of equal size. */
    static PaperRow dnn(int layers, int units) {
        return new PaperRow("dnn-" + layers + "x" + units, 0, 0, 0, Collections.nCopies(layers, units), Optimiser.ADAM);
    }

    /** Returns whether the row is a DNN. */
    public boolean isDnn() {
        return !hidden.isEmpty();
    }

    /** Returns the name of the row in the table. */
    public String title() {
        if (isDnn()) {
            return "DNN " + hidden.size() + " x " + hidden.get(0);
        }
        String name = trainedSlots == 0 ? "sparse NMF" : trainedSlots == 1 ? "discriminative NMF" : "deep NMF";
        String title = name + ", K = " + iterations + ", C = " + trainedSlots + ", R = " + atomsPerSource;
        return optimiser == Optimiser.MULTIPLICATIVE ? title + ", multiplicative" : title;
    }

    /** Returns the row from whose trained slots this one starts, or null if there is none. */
    PaperRow predecessor() {
        return trainedSlots < 2 ? null : deepNmf(iterations, trainedSlots - 1, atomsPerSource, optimiser);
    }

    @Override
    public String toString() {
        return isDnn() ? id + hidden.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")")) : id;
    }
}
