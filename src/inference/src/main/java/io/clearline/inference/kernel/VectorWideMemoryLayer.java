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
import static io.clearline.inference.kernel.VectorWideTiles.COLUMNS;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link VectorMemoryLayer} for a full group of columns. Thread-confined. */
final class VectorWideMemoryLayer implements VectorWideLayer {

    private final PackedLayer.Remembering weights;
    private final float[] products;
    private final float[] denominators;
    private final ColumnMemories memories;
    private final float[] means;
    private final float[] numerators;

    /**
     * Creates the layer. Products and denominators are {@code [padded atoms x group]}; the denominators are scratch.
     */
    VectorWideMemoryLayer(
            PackedLayer.Remembering weights, float[] products, float[] denominators, ColumnMemories memories) {
        this.weights = weights;
        this.products = products;
        this.denominators = denominators;
        this.memories = memories;
        means = new float[products.length];
        numerators = new float[products.length];
    }

    @Override
    @HotPath
    public void run(float[] input, float[] activations) {
        PackedLayer.Euclidean update = weights.update();
        int atoms = update.atoms();
        memories.updateGroup(weights.memoryOffset(), weights.rates(), activations, means, atoms, COLUMNS);
        for (int atom = 0; atom < atoms; atom++) {
            startNumerators(atom * COLUMNS, update.scale()[atom]);
        }
        VectorWideTiles.accumulate(weights.excitation(), atoms, 0, atoms, means, 0, numerators);
        Arrays.fill(denominators, 0);
        VectorWideTiles.accumulate(update.gram(), atoms, 0, atoms, activations, 0, denominators);
        VectorWideTiles.accumulate(weights.inhibition(), atoms, 0, atoms, means, 0, denominators);
        float[] bias = update.bias();
        for (int atom = 0; atom < atoms; atom++) {
            update(activations, atom * COLUMNS, bias[atom]);
            update(activations, atom * COLUMNS + LANES, bias[atom]);
        }
    }

    @HotPath
    private void startNumerators(int at, float scale) {
        FloatVector.fromArray(SPECIES, products, at).mul(scale).intoArray(numerators, at);
        FloatVector.fromArray(SPECIES, products, at + LANES).mul(scale).intoArray(numerators, at + LANES);
    }

    @HotPath
    private void update(float[] activations, int at, float bias) {
        FloatVector denominator =
                FloatVector.fromArray(SPECIES, denominators, at).add(bias).max(NetworkPlan.FLOOR);
        FloatVector ratio = FloatVector.fromArray(SPECIES, numerators, at).div(denominator);
        FloatVector.fromArray(SPECIES, activations, at).mul(ratio).intoArray(activations, at);
    }
}
