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

import static io.clearline.inference.kernel.VectorTiles.LANES;
import static io.clearline.inference.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A Euclidean update with a memory: {@code h = h * ((d * b + A e) / max(G h + B e + bias, floor))}, where e is the
 * running mean of the layer's input activations. Thread-confined.
 */
final class VectorMemoryLayer implements VectorLayer {

    private final PackedLayer.Remembering weights;
    private final int stride;
    private final float[] products;
    private final float[] denominators;
    private final ColumnMemories memories;
    private final float[] means;
    private final float[] numerators;

    /**
     * Creates the layer. Products and denominators are {@code [width x padded atoms]}; the denominators are scratch.
     */
    VectorMemoryLayer(
            PackedLayer.Remembering weights, float[] products, float[] denominators, ColumnMemories memories) {
        this.weights = weights;
        stride = weights.update().gram().paddedOutputs();
        this.products = products;
        this.denominators = denominators;
        this.memories = memories;
        means = new float[products.length];
        numerators = new float[products.length];
    }

    @Override
    @HotPath
    public void run(float[] columns, float[] activations, int fill) {
        PackedLayer.Euclidean update = weights.update();
        int atoms = update.atoms();
        for (int column = 0; column < fill; column++) {
            memories.updateColumn(
                    column, weights.memoryOffset(), weights.rates(), activations, means, column * stride, atoms);
            startNumerators(column * stride);
        }
        VectorTiles.accumulate(weights.excitation(), 0, atoms, means, 0, stride, numerators, 0, stride, fill);
        Arrays.fill(denominators, 0, fill * stride, 0);
        VectorTiles.accumulate(update.gram(), 0, atoms, activations, 0, stride, denominators, 0, stride, fill);
        VectorTiles.accumulate(weights.inhibition(), 0, atoms, means, 0, stride, denominators, 0, stride, fill);
        for (int column = 0; column < fill; column++) {
            update(activations, column * stride);
        }
    }

    @HotPath
    private void startNumerators(int at) {
        float[] scale = weights.update().scale();
        for (int i = 0; i < stride; i += LANES) {
            FloatVector.fromArray(SPECIES, products, at + i)
                    .mul(FloatVector.fromArray(SPECIES, scale, i))
                    .intoArray(numerators, at + i);
        }
    }

    @HotPath
    private void update(float[] activations, int at) {
        float[] bias = weights.update().bias();
        for (int i = 0; i < stride; i += LANES) {
            FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, at + i)
                    .add(FloatVector.fromArray(SPECIES, bias, i))
                    .max(NetworkPlan.FLOOR);
            FloatVector ratio =
                    FloatVector.fromArray(SPECIES, numerators, at + i).div(denominator);
            FloatVector.fromArray(SPECIES, activations, at + i).mul(ratio).intoArray(activations, at + i);
        }
    }
}
