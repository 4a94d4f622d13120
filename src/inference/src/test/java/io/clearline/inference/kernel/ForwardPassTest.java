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
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.inference.network.RowGroups;
import io.clearline.testkit.Allocation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class ForwardPassTest {

    private static final double[] BETAS = {0, 0.5, 1, 1.3, 1.5, 2};

    @Test
    void staysCloseToDoublePrecision() {
        for (Kernel kernel : KernelsUnderTest.all()) {
            for (double beta : BETAS) {
                DeepNmfParameters network = TestModels.deepNmf(90, 45, 11, 8, 5, beta);
                float[] input = TestModels.random(new SplittableRandom(1), 90 * 3, 0.01, 2);
                float[] masks = new float[45 * 3];
                kernel.prepare(network, 3).run(input, masks, 3);
                DMatrixRMaj expected = reference(network, input, 3);
                for (int i = 0; i < masks.length; i++) {
                    assertThat(masks[i])
                            .as("%s, beta %s, entry %d", kernel.name(), beta, i)
                            .isCloseTo((float) expected.get(i % 45, i / 45), within(1e-4f));
                }
            }
        }
    }

    @Test
    void theGramNetworkMatchesItsFormula() {
        GramNmfParameters network = TestModels.gram(10, 6, 3, 2, 2);
        float[] input = TestModels.random(new SplittableRandom(1), 10, 0.01, 2);
        float[] expected = gramMask(network, input);
        for (Kernel kernel : KernelsUnderTest.all()) {
            float[] masks = new float[6];
            kernel.prepare(network, 1).run(input, masks, 1);
            for (int bin = 0; bin < 6; bin++) {
                assertThat(masks[bin]).isCloseTo(expected[bin], within(1e-5f));
            }
        }
    }

    /**
     * Runs two hops of one stream. After the first hop the means are its activations. At the second hop each mean moves
     * by 1/2, or by the rate of its atom if that is faster.
     */
    @Test
    void theNetworkWithMemoryMatchesItsFormula() {
        GramNmfParameters network = TestModels.gram(10, 6, 3, 2, 2, true);
        float[] input = TestModels.random(new SplittableRandom(1), 2 * 10, 0.01, 2);
        double[] first = firstLayer(network, Arrays.copyOfRange(input, 0, 10));
        double[] second = firstLayer(network, Arrays.copyOfRange(input, 10, 20));
        double[] mean = new double[5];
        for (int i = 0; i < mean.length; i++) {
            double rate = Math.max(0.5, network.memories().get(0).rates()[i]);
            mean[i] = first[i] + rate * (second[i] - first[i]);
        }
        float[] expected = maskWithMemory(network, Arrays.copyOfRange(input, 10, 20), second, mean);
        for (Kernel kernel : KernelsUnderTest.all()) {
            float[] masks = new float[2 * 6];
            float[] memory = new float[network.memoryLength()];
            kernel.prepare(network, 2).run(input, new float[][] {memory, memory}, masks, 2);
            for (int bin = 0; bin < 6; bin++) {
                assertThat(masks[6 + bin]).isCloseTo(expected[bin], within(1e-5f));
            }
        }
    }

    @Test
    void allocatesNothing() {
        for (Kernel kernel : KernelsUnderTest.all()) {
            for (NetworkParameters network : List.of(
                    TestModels.deepNmf(90, 45, 11, 8, 2, 1),
                    TestModels.deepNmf(90, 45, 11, 8, 2, 0.5),
                    TestModels.gram(90, 45, 11, 8, 2),
                    TestModels.gram(90, 45, 11, 8, 2, true),
                    TestModels.localNmf(new RowGroups(45, 9, 8, 3), 2, 45, 12, 2))) {
                ForwardPass pass = kernel.prepare(network, 19);
                float[] input = TestModels.random(new SplittableRandom(1), 90 * 19, 0.01, 2);
                float[] masks = new float[45 * 19];
                float[][] memories = new float[19][network.memoryLength()];
                int[] fill = {0};
                Allocation.assertNoAllocation(20_000, 200, () -> pass.run(input, memories, masks, 1 + fill[0]++ % 19));
            }
        }
    }

    private static DMatrixRMaj reference(DeepNmfParameters network, float[] input, int columns) {
        DMatrixRMaj mixture = new DMatrixRMaj(network.inputRows(), columns);
        DMatrixRMaj initial = new DMatrixRMaj(network.atoms(), columns);
        for (int i = 0; i < input.length; i++) {
            mixture.set(i % network.inputRows(), i / network.inputRows(), input[i]);
        }
        for (int i = 0; i < initial.getNumElements(); i++) {
            initial.data[i] = network.initialActivations()[i / columns];
        }
        return DoublePrecision.speechMask(network, mixture, initial);
    }

    private static float[] gramMask(GramNmfParameters network, float[] x) {
        double[] b = numerators(network, x);
        double[] h = initial(network);
        for (int k = 0; k < network.iterations(); k++) {
            h = layer(network, k, b, h, null);
        }
        return mask(network, h);
    }

    private static double[] firstLayer(GramNmfParameters network, float[] x) {
        return layer(network, 0, numerators(network, x), initial(network), null);
    }

    private static float[] maskWithMemory(GramNmfParameters network, float[] x, double[] h, double[] mean) {
        return mask(network, layer(network, 1, numerators(network, x), h, mean));
    }

    private static double[] numerators(GramNmfParameters network, float[] x) {
        double[] b = new double[network.atoms()];
        for (int i = 0; i < b.length; i++) {
            for (int row = 0; row < x.length; row++) {
                b[i] += network.inference().at(row, i) * x[row];
            }
        }
        return b;
    }

    private static double[] initial(GramNmfParameters network) {
        double[] h = new double[network.atoms()];
        for (int i = 0; i < h.length; i++) {
            h[i] = network.initialActivations()[i];
        }
        return h;
    }

    /** @param mean the running mean of the layer's memory; null without memory */
    private static double[] layer(GramNmfParameters network, int k, double[] b, double[] h, double[] mean) {
        int atoms = network.atoms();
        double[] next = new double[atoms];
        for (int i = 0; i < atoms; i++) {
            double above = network.scales().get(k)[i] * b[i];
            double below = 0.1 * network.sparsity()[k] + 1e-8;
            for (int j = 0; j < atoms; j++) {
                below += network.grams().get(k)[i * atoms + j] * h[j];
                if (mean != null) {
                    above += network.memories().get(k - 1).excitation()[i * atoms + j] * mean[j];
                    below += network.memories().get(k - 1).inhibition()[i * atoms + j] * mean[j];
                }
            }
            next[i] = h[i] * above / below;
        }
        return next;
    }

    private static float[] mask(GramNmfParameters network, double[] h) {
        float[] mask = new float[network.bins()];
        for (int bin = 0; bin < mask.length; bin++) {
            double speech = 0;
            double all = 1e-8;
            for (int i = 0; i < h.length; i++) {
                double part = network.readOut().at(bin, i) * h[i];
                speech += i < network.speechAtoms() ? part : 0;
                all += part;
            }
            mask[bin] = (float) (speech / all);
        }
        return mask;
    }
}
