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

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/**
 * A Euclidean update with a memory: {@code h = h * ((d * b + A e) / max(G h + B e + bias, floor))}, where e is the
 * running mean of the layer's input activations. Thread-confined.
 */
final class ScalarMemoryLayer implements ScalarForwardPass.ScalarLayer {

    private final int atoms;
    private final int memoryOffset;
    private final float[] rates;
    private final float[] scale;
    private final float[] bias;
    private final float[][] transposedGram;
    private final float[][] transposedExcitation;
    private final float[][] transposedInhibition;
    private final float[][] products;
    private final ColumnMemories memories;
    private final float[] means;
    private final float[] numerators;
    private final float[] denominators;

    /** Creates the layer with the input's products b, {@code [width][atoms]}. */
    ScalarMemoryLayer(NetworkPlan.MemoryLayer layer, float[][] products, ColumnMemories memories) {
        atoms = layer.update().scale().length;
        memoryOffset = layer.memoryOffset();
        rates = layer.memory().rates();
        scale = layer.update().scale();
        bias = layer.update().bias();
        transposedGram = transposed(layer.update().gram());
        transposedExcitation = transposed(layer.memory().excitation());
        transposedInhibition = transposed(layer.memory().inhibition());
        this.products = products;
        this.memories = memories;
        means = new float[atoms];
        numerators = new float[atoms];
        denominators = new float[atoms];
    }

    private float[][] transposed(float[] matrix) {
        return Rows.of(Rows.transposed(matrix, atoms, atoms), atoms, atoms);
    }

    @Override
    @HotPath
    public void run(float[][] columns, float[][] activations, int fill) {
        for (int column = 0; column < fill; column++) {
            memories.updateColumn(column, memoryOffset, rates, activations[column], means, 0, atoms);
            startNumerators(products[column]);
            Rows.accumulate(transposedExcitation, 0, atoms, means, 0, numerators, atoms);
            Arrays.fill(denominators, 0);
            Rows.accumulate(transposedGram, 0, atoms, activations[column], 0, denominators, atoms);
            Rows.accumulate(transposedInhibition, 0, atoms, means, 0, denominators, atoms);
            update(activations[column]);
        }
    }

    @HotPath
    private void startNumerators(float[] b) {
        for (int i = 0; i < atoms; i++) {
            numerators[i] = scale[i] * b[i];
        }
    }

    @HotPath
    private void update(float[] h) {
        for (int i = 0; i < atoms; i++) {
            float denominator = Math.max(denominators[i] + bias[i], NetworkPlan.FLOOR);
            h[i] = h[i] * (numerators[i] / denominator);
        }
    }
}
