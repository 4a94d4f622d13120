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

/** A Euclidean update: {@code h = h * ((d * b) / max(G h + bias, floor))}. Thread-confined. */
final class VectorEuclideanLayer implements VectorLayer {

    private final PackedLayer.Euclidean weights;
    private final int stride;
    private final float[] products;
    private final float[] denominators;

    /**
     * Creates the layer. Products and denominators are {@code [width x padded atoms]}; the denominators are scratch.
     */
    VectorEuclideanLayer(PackedLayer.Euclidean weights, float[] products, float[] denominators) {
        this.weights = weights;
        stride = weights.gram().paddedOutputs();
        this.products = products;
        this.denominators = denominators;
    }

    @Override
    @HotPath
    public void run(float[] columns, float[] activations, int fill) {
        Arrays.fill(denominators, 0, fill * stride, 0);
        VectorTiles.accumulate(
                weights.gram(), 0, weights.atoms(), activations, 0, stride, denominators, 0, stride, fill);
        for (int column = 0; column < fill; column++) {
            update(activations, column * stride);
        }
    }

    @HotPath
    private void update(float[] activations, int at) {
        float[] bias = weights.bias();
        float[] scale = weights.scale();
        for (int i = 0; i < stride; i += LANES) {
            FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, at + i)
                    .add(FloatVector.fromArray(SPECIES, bias, i))
                    .max(NetworkPlan.FLOOR);
            FloatVector numerator =
                    FloatVector.fromArray(SPECIES, products, at + i).mul(FloatVector.fromArray(SPECIES, scale, i));
            FloatVector.fromArray(SPECIES, activations, at + i)
                    .mul(numerator.div(denominator))
                    .intoArray(activations, at + i);
        }
    }
}
