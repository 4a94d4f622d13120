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

/** {@link VectorEuclideanLayer} for a full group of columns. Thread-confined. */
final class VectorWideEuclideanLayer implements VectorWideLayer {

    private final PackedLayer.Euclidean weights;
    private final float[] products;
    private final float[] denominators;

    /**
     * Creates the layer. Products and denominators are {@code [padded atoms x group]}; the denominators are scratch.
     */
    VectorWideEuclideanLayer(PackedLayer.Euclidean weights, float[] products, float[] denominators) {
        this.weights = weights;
        this.products = products;
        this.denominators = denominators;
    }

    @Override
    @HotPath
    public void run(float[] input, float[] activations) {
        int atoms = weights.atoms();
        Arrays.fill(denominators, 0);
        VectorWideTiles.accumulate(weights.gram(), atoms, 0, atoms, activations, 0, denominators);
        float[] scale = weights.scale();
        float[] bias = weights.bias();
        for (int atom = 0; atom < atoms; atom++) {
            update(activations, atom * COLUMNS, scale[atom], bias[atom]);
            update(activations, atom * COLUMNS + LANES, scale[atom], bias[atom]);
        }
    }

    @HotPath
    private void update(float[] activations, int at, float scale, float bias) {
        FloatVector denominator =
                FloatVector.fromArray(SPECIES, denominators, at).add(bias).max(NetworkPlan.FLOOR);
        FloatVector numerator = FloatVector.fromArray(SPECIES, products, at).mul(scale);
        FloatVector.fromArray(SPECIES, activations, at)
                .mul(numerator.div(denominator))
                .intoArray(activations, at);
    }
}
