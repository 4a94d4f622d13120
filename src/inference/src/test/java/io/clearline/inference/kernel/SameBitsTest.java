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

import io.clearline.inference.TestModels;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.inference.network.RowGroups;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** For every kernel, width, fill and column, the masks have the bits of the scalar kernel with a single column. */
@Tag("jdk")
class SameBitsTest {

    private static final double[] BETAS = {1, 0, 0.5, 1.3, 2};

    private static final int SHAPES_A_KIND = 60;

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void deepNmfOfAnyShape() {
        for (int shape = 0; shape < SHAPES_A_KIND * BETAS.length; shape++) {
            int bins = 1 + random.nextInt(60);
            int inputRows = bins * (1 + random.nextInt(5));
            NetworkParameters network = TestModels.deepNmf(
                    inputRows,
                    bins,
                    1 + random.nextInt(30),
                    1 + random.nextInt(30),
                    1 + random.nextInt(4),
                    BETAS[shape % BETAS.length]);
            assertSameBits(network);
        }
    }

    @Test
    void gramNetworksOfAnyShape() {
        for (int shape = 0; shape < SHAPES_A_KIND; shape++) {
            assertSameBits(TestModels.gram(
                    1 + random.nextInt(400),
                    1 + random.nextInt(60),
                    1 + random.nextInt(30),
                    1 + random.nextInt(30),
                    1 + random.nextInt(4)));
        }
    }

    @Test
    void networksWithMemoryOfAnyShape() {
        for (int shape = 0; shape < SHAPES_A_KIND; shape++) {
            assertSameBits(TestModels.gram(
                    1 + random.nextInt(400),
                    1 + random.nextInt(60),
                    1 + random.nextInt(30),
                    1 + random.nextInt(30),
                    2 + random.nextInt(3),
                    true));
        }
    }

    @Test
    void localNetworksOfAnyShape() {
        for (int shape = 0; shape < SHAPES_A_KIND; shape++) {
            int rows = 4 + random.nextInt(60);
            int width = 1 + random.nextInt(rows);
            int minGroups = Math.max(2, (rows + width - 1) / width);
            int count = minGroups + random.nextInt(rows - minGroups + 1);
            int sections = count % 3 == 0 ? 3 : count % 2 == 0 ? 2 : 1;
            RowGroups groups = new RowGroups(rows, count, width, sections);
            assertSameBits(TestModels.localNmf(
                    groups,
                    1 + random.nextInt(4),
                    1 + random.nextInt(90),
                    1 + random.nextInt(40),
                    1 + random.nextInt(3)));
        }
    }

    @Test
    void dictionariesOfSeveralChunks() {
        for (int inputRows : new int[] {191, 192, 193, 255, 256, 257, 385, 700}) {
            for (double beta : BETAS) {
                assertSameBits(TestModels.deepNmf(inputRows, 37, 13, 12, 2, beta));
            }
        }
    }

    @Test
    void productsOfAnyShape() {
        for (int shape = 0; shape < SHAPES_A_KIND; shape++) {
            // Every tenth shape exceeds a block in one dimension.
            int rows = 1 + random.nextInt(shape % 10 == 0 ? 700 : 70);
            int inner = 1 + random.nextInt(400);
            int columns = 1 + random.nextInt(shape % 10 == 1 ? 900 : 90);
            float[] a = TestModels.random(random, rows * inner, -1, 1);
            float[] b = TestModels.random(random, inner * columns, -1, 1);
            float[] expected = new float[rows * columns];
            Kernels.scalar().products().multiply(a, b, expected, rows, inner, columns);
            for (Kernel kernel : KernelsUnderTest.all()) {
                float[] c = new float[rows * columns];
                MatrixProducts products = kernel.products();
                products.multiply(a, b, c, rows, inner, columns);
                assertBits(c, expected, kernel.name());
                products.multiplyTransposedLeft(Rows.transposed(a, rows, inner), b, c, rows, inner, columns);
                assertBits(c, expected, kernel.name());
                products.multiplyTransposedRight(a, Rows.transposed(b, inner, columns), c, rows, inner, columns);
                assertBits(c, expected, kernel.name());
                Arrays.fill(c, 0f);
                products.accumulate(a, 0, inner, 1, b, 0, c, 0, rows, inner, columns);
                assertBits(c, expected, kernel.name());
                Arrays.fill(c, 0f);
                products.accumulate(Rows.transposed(a, rows, inner), 0, 1, rows, b, 0, c, 0, rows, inner, columns);
                assertBits(c, expected, kernel.name());
            }
        }
    }

    private void assertSameBits(NetworkParameters network) {
        int width = 1 + random.nextInt(70);
        int fill = 1 + random.nextInt(width);
        float[] input = TestModels.random(random, network.inputRows() * width, 0, 3);
        for (int i = 0; i < input.length; i += 5) {
            input[i] = 0;
        }
        int streams = 1 + random.nextInt(width);
        float[] expected = oneByOne(network, input, width, fill, streams);
        for (Kernel kernel : KernelsUnderTest.all()) {
            float[] masks = new float[network.bins() * width];
            ForwardPass pass = kernel.prepare(network, width);
            pass.run(input, memories(network, width, width), masks, width);
            pass.run(input, memories(network, streams, width), masks, fill);
            for (int bin = 0; bin < network.bins(); bin++) {
                for (int column = 0; column < fill; column++) {
                    int at = column * network.bins() + bin;
                    if (Float.floatToRawIntBits(masks[at]) != Float.floatToRawIntBits(expected[at])) {
                        throw new AssertionError(kernel.name() + ", width " + width + ", fill " + fill + ", column "
                                + column + ", bin " + bin + ": expected " + expected[at] + ", found " + masks[at]
                                + ", network " + network.getClass().getSimpleName() + " [" + network.inputRows() + " x "
                                + network.atoms() + "]");
                    }
                }
            }
        }
    }

    /** Returns the memories of the columns. Column c is a hop of stream {@code c % streams}. */
    private static float[][] memories(NetworkParameters network, int streams, int width) {
        float[][] ofStream = new float[streams][network.memoryLength()];
        float[][] ofColumn = new float[width][];
        for (int column = 0; column < width; column++) {
            ofColumn[column] = ofStream[column % streams];
        }
        return ofColumn;
    }

    private static float[] oneByOne(NetworkParameters network, float[] input, int width, int fill, int streams) {
        ForwardPass pass = Kernels.scalar().prepare(network, 1);
        float[] column = new float[network.inputRows()];
        float[] mask = new float[network.bins()];
        float[] masks = new float[network.bins() * width];
        float[][] memories = memories(network, streams, width);
        for (int c = 0; c < fill; c++) {
            System.arraycopy(input, c * column.length, column, 0, column.length);
            pass.run(column, new float[][] {memories[c]}, mask, 1);
            System.arraycopy(mask, 0, masks, c * mask.length, mask.length);
        }
        return masks;
    }

    private static void assertBits(float[] found, float[] expected, String kernel) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(Float.floatToRawIntBits(found[i]))
                    .as("%s, entry %d", kernel, i)
                    .isEqualTo(Float.floatToRawIntBits(expected[i]));
        }
    }
}
