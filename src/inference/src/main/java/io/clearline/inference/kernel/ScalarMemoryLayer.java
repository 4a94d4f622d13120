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
 * An update in the space of the atoms that knows the stream's past: {@code h = h * ((d * b + A e) / max(G h + B e +
 * bias, floor))}.
 */
final class ScalarMemoryLayer implements ScalarForwardPass.ScalarLayer {

    private final int atoms;
    private final int place;
    private final float[] rates;
    private final float[] scale;
    private final float[] bias;
    private final float[][] turnedGram;
    private final float[][] turnedExcitation;
    private final float[][] turnedInhibition;
    private final float[][] products;
    private final ColumnMemories memories;
    private final float[] means;
    private final float[] numerators;
    private final float[] denominators;

    /** Products are {@code [width][atoms]}. */
    ScalarMemoryLayer(NetworkPlan.MemoryLayer layer, float[][] products, ColumnMemories memories) {
        atoms = layer.update().scale().length;
        place = layer.place();
        rates = layer.memory().rates();
        scale = layer.update().scale();
        bias = layer.update().bias();
        turnedGram = turned(layer.update().gram());
        turnedExcitation = turned(layer.memory().excitation());
        turnedInhibition = turned(layer.memory().inhibition());
        this.products = products;
        this.memories = memories;
        means = new float[atoms];
        numerators = new float[atoms];
        denominators = new float[atoms];
    }

    private float[][] turned(float[] matrix) {
        return Rows.of(Rows.transposed(matrix, atoms, atoms), atoms, atoms);
    }

    @Override
    @HotPath
    public void run(float[][] columns, float[][] activations, int fill) {
        for (int column = 0; column < fill; column++) {
            memories.rememberColumn(column, place, rates, activations[column], means, 0, atoms);
            startNumerators(products[column]);
            Rows.accumulate(turnedExcitation, 0, atoms, means, 0, numerators, atoms);
            Arrays.fill(denominators, 0);
            Rows.accumulate(turnedGram, 0, atoms, activations[column], 0, denominators, atoms);
            Rows.accumulate(turnedInhibition, 0, atoms, means, 0, denominators, atoms);
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
