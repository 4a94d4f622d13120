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
package io.clearline.inference.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.inference.TestModels;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowGroups;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The local network against its formulas, written once more in double precision, hop after hop of a stream. */
@Tag("jdk")
class LocalNmfPassTest {

    private static final int HOPS = 5;

    private final LocalNmfParameters network = TestModels.localNmf(new RowGroups(10, 4, 4, 2), 2, 13, 6, 2);
    private final int groups = network.groups().groups();
    private final int channels = network.channels();
    private final double[][][] memory = new double[network.iterations()][groups][channels];

    @Test
    void isItsFormula() {
        float[] input = TestModels.random(new SplittableRandom(1), HOPS * network.inputRows(), 0, 3);
        float[][] memories = new float[HOPS][];
        float[] ofStream = new float[network.memoryLength()];
        for (int hop = 0; hop < HOPS; hop++) {
            memories[hop] = ofStream;
        }
        float[] masks = new float[HOPS * network.bins()];
        Kernels.scalar().prepare(network, HOPS).run(input, memories, masks, HOPS);

        for (int hop = 0; hop < HOPS; hop++) {
            double[] expected = mask(input, hop * network.inputRows());
            for (int bin = 0; bin < network.bins(); bin++) {
                assertThat((double) masks[hop * network.bins() + bin])
                        .as("hop %d, bin %d", hop, bin)
                        .isCloseTo(expected[bin], within(2e-5));
            }
        }
    }

    private double[] mask(float[] input, int at) {
        double[][] y = new double[groups][];
        for (int g = 0; g < groups; g++) {
            y[g] = leak(plus(times(look(input, at, g), ofSection(network.embedding(), g)), network.places(), g));
        }
        for (int k = 0; k < network.iterations(); k++) {
            y = block(network.blocks().get(k), memory[k], y);
        }
        return readOut(y);
    }

    private double[] look(float[] input, int at, int group) {
        int width = network.groups().width();
        double[] seen = new double[network.kinds() * width];
        for (int i = 0; i < seen.length; i++) {
            int row = i / width * network.groups().rows() + network.groups().start(group) + i % width;
            seen[i] = 0.4 * Math.log(input[at + row] + 1e-3);
        }
        return seen;
    }

    private double[][] block(LocalNmfParameters.Block block, double[][] h, double[][] y) {
        for (int g = 0; g < groups; g++) {
            double[] z = plus(times(y[g], ofSection(block.rate(), g)), block.rateBias(), section(g));
            double[] c = plus(times(y[g], ofSection(block.candidate(), g)), block.candidateBias(), section(g));
            for (int i = 0; i < channels; i++) {
                double s = (1 + z[i] / (1 + Math.abs(z[i]))) / 2;
                h[g][i] += s * s * (c[i] - h[g][i]);
                y[g][i] += h[g][i];
            }
        }
        double[][] after = new double[groups][];
        for (int g = 0; g < groups; g++) {
            double[] mixed = new double[channels];
            for (int other = 0; other < groups; other++) {
                for (int i = 0; i < channels; i++) {
                    mixed[i] += block.mixing()[g * groups + other] * y[other][i];
                }
            }
            after[g] = times(leak(plus(mixed, block.mixingBias(), g)), ofSection(block.update(), g));
            for (int i = 0; i < channels; i++) {
                after[g][i] += y[g][i];
            }
        }
        return after;
    }

    private double[] readOut(double[][] y) {
        int rows = network.groups().rows();
        double[] speech = new double[rows];
        double[] noise = new double[rows];
        int[] counts = new int[rows];
        for (int g = 0; g < groups; g++) {
            double[] v = plus(times(y[g], ofSection(network.inference(), g)), network.inferenceBias(), section(g));
            for (int i = 0; i < network.groups().width(); i++) {
                int row = network.groups().start(g) + i;
                counts[row]++;
                for (int atom = 0; atom < network.atoms(); atom++) {
                    double root = v[atom] > 0 ? 1 + v[atom] : 1 / (1 - v[atom]);
                    double part = network.dictionaries().get(section(g)).at(i, atom) * root * root;
                    (atom < network.speechAtoms() ? speech : noise)[row] += part;
                }
            }
        }
        double[] mask = new double[network.bins()];
        for (int bin = 0; bin < mask.length; bin++) {
            double weighted = network.binWeights()[bin] * between(speech, counts, bin);
            mask[bin] = weighted / (weighted + between(noise, counts, bin) + 1e-8);
        }
        return mask;
    }

    private double between(double[] rows, int[] counts, int bin) {
        float[] centres = network.rowBins();
        int row = 0;
        while (row < centres.length - 2 && centres[row + 1] <= bin) {
            row++;
        }
        double share = Math.min(1, Math.max(0, (bin - centres[row]) / (centres[row + 1] - centres[row])));
        return (1 - share) * rows[row] / counts[row] + share * rows[row + 1] / counts[row + 1];
    }

    private int section(int group) {
        return group / network.groups().sectionGroups();
    }

    private float[] ofSection(float[] matrices, int group) {
        int size = matrices.length / network.groups().sections();
        return Arrays.copyOfRange(matrices, section(group) * size, (section(group) + 1) * size);
    }

    private static double[] times(double[] x, float[] matrix) {
        int outputs = matrix.length / x.length;
        double[] product = new double[outputs];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < outputs; j++) {
                product[j] += x[i] * matrix[i * outputs + j];
            }
        }
        return product;
    }

    private static double[] plus(double[] values, float[] biases, int row) {
        for (int i = 0; i < values.length; i++) {
            values[i] += biases[row * values.length + i];
        }
        return values;
    }

    private static double[] leak(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], values[i] / 10);
        }
        return values;
    }
}
