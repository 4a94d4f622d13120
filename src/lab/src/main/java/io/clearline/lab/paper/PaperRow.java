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
 * One row of the paper's table: a deep NMF network or a DNN.
 *
 * @param id names its files
 * @param iterations K; 0 for a DNN
 * @param trainedSlots C, counted from the read-out
 * @param atomsPerSource R^l
 * @param hidden units of each hidden layer; empty for deep NMF
 * @param optimiser how the row is trained
 */
public record PaperRow(
        String id, int iterations, int trainedSlots, int atomsPerSource, List<Integer> hidden, Optimiser optimiser) {

    static PaperRow deepNmf(int iterations, int trainedSlots, int atomsPerSource) {
        return deepNmf(iterations, trainedSlots, atomsPerSource, Optimiser.ADAM);
    }

    /** Trained by multiplicative back-propagation, as the paper's networks were. */
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

    static PaperRow dnn(int layers, int units) {
        return new PaperRow("dnn-" + layers + "x" + units, 0, 0, 0, Collections.nCopies(layers, units), Optimiser.ADAM);
    }

    /** Whether the row is a DNN. */
    public boolean isDnn() {
        return !hidden.isEmpty();
    }

    /** What the table calls it. */
    public String title() {
        if (isDnn()) {
            return "DNN " + hidden.size() + " x " + hidden.get(0);
        }
        String name = trainedSlots == 0 ? "sparse NMF" : trainedSlots == 1 ? "discriminative NMF" : "deep NMF";
        String title = name + ", K = " + iterations + ", C = " + trainedSlots + ", R = " + atomsPerSource;
        return optimiser == Optimiser.MULTIPLICATIVE ? title + ", multiplicative" : title;
    }

    /** The row whose trained slots this one begins with; null where there is none. */
    PaperRow below() {
        return trainedSlots < 2 ? null : deepNmf(iterations, trainedSlots - 1, atomsPerSource, optimiser);
    }

    @Override
    public String toString() {
        return isDnn() ? id + hidden.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")")) : id;
    }
}
