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

import static io.clearline.inference.kernel.PackedLayer.CHUNK_ROWS;
import static io.clearline.inference.kernel.VectorTiles.LANES;
import static io.clearline.inference.kernel.VectorTiles.SPECIES;
import static io.clearline.inference.kernel.VectorWideTiles.COLUMNS;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link VectorDivergenceLayer} for a full group of columns. Thread-confined. */
final class VectorWideDivergenceLayer implements VectorWideLayer {

    private final PackedLayer.Divergence weights;
    private final int inputRows;
    private final float[] model;
    private final float[] power;
    private final VectorPower powers;
    private final float[] numerators;
    private final float[] denominators;

    VectorWideDivergenceLayer(PackedLayer.Divergence weights, int inputRows, Scratch scratch) {
        this.weights = weights;
        this.inputRows = inputRows;
        model = scratch.model;
        power = scratch.power;
        powers = scratch.powers;
        numerators = scratch.numerators;
        denominators = scratch.denominators;
    }

    /** Buffers that the layers of a network share, because they run one after the other. */
    static final class Scratch {

        /** {@code [CHUNK_ROWS x group]}, as is the power. */
        private final float[] model = new float[CHUNK_ROWS * COLUMNS];

        private final float[] power = new float[CHUNK_ROWS * COLUMNS];

        private final VectorPower powers = new VectorPower(CHUNK_ROWS * COLUMNS);

        /** {@code [padded atoms x group]}, as are the denominators. */
        private final float[] numerators;

        private final float[] denominators;

        Scratch(int atomValues) {
            numerators = new float[atomValues];
            denominators = new float[atomValues];
        }

        float[] denominators() {
            return denominators;
        }
    }

    @Override
    @HotPath
    public void run(float[] input, float[] activations) {
        Arrays.fill(numerators, 0);
        Arrays.fill(denominators, 0);
        for (int chunk = 0; chunk < weights.synthesis().length; chunk++) {
            run(chunk, input, activations);
        }
        int length = weights.atoms() * COLUMNS;
        if (weights.kullbackLeibler()) {
            updateKullbackLeibler(activations, weights.inverse());
        } else {
            update(activations, length, weights.sparsity());
        }
    }

    @HotPath
    private void run(int chunk, float[] input, float[] activations) {
        int start = chunk * CHUNK_ROWS;
        int count = Math.min(CHUNK_ROWS, weights.rows() - start);
        int atoms = weights.atoms();
        Arrays.fill(model, 0);
        VectorWideTiles.accumulate(weights.synthesis()[chunk], count, 0, atoms, activations, 0, model);
        int at = (inputRows - weights.rows() + start) * COLUMNS;
        if (weights.kullbackLeibler()) {
            divide(input, at, count * COLUMNS);
        } else {
            powers.raise(model, power, 0, count * COLUMNS, weights.exponent());
            divideByPower(input, at, count * COLUMNS);
            VectorWideTiles.accumulate(weights.analysis(), atoms, start, count, power, 0, denominators);
        }
        VectorWideTiles.accumulate(weights.analysis(), atoms, start, count, model, 0, numerators);
    }

    /** Computes {@code model = x / max(model, floor)}. */
    @HotPath
    private void divide(float[] x, int at, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, model, i).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, x, at + i).div(value).intoArray(model, i);
        }
    }

    /** Computes {@code model = x * (power / max(model, floor))}. */
    @HotPath
    private void divideByPower(float[] x, int at, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, model, i).max(NetworkPlan.FLOOR);
            FloatVector ratio = FloatVector.fromArray(SPECIES, power, i).div(value);
            FloatVector.fromArray(SPECIES, x, at + i).mul(ratio).intoArray(model, i);
        }
    }

    @HotPath
    private void updateKullbackLeibler(float[] activations, float[] inverse) {
        for (int atom = 0; atom < weights.atoms(); atom++) {
            scale(activations, atom * COLUMNS, inverse[atom]);
            scale(activations, atom * COLUMNS + LANES, inverse[atom]);
        }
    }

    @HotPath
    private void scale(float[] activations, int at, float inverse) {
        FloatVector factor = FloatVector.fromArray(SPECIES, numerators, at).mul(inverse);
        FloatVector.fromArray(SPECIES, activations, at).mul(factor).intoArray(activations, at);
    }

    @HotPath
    private void update(float[] activations, int length, float sparsity) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, i)
                    .add(sparsity)
                    .max(NetworkPlan.FLOOR);
            FloatVector factor = FloatVector.fromArray(SPECIES, numerators, i).div(denominator);
            FloatVector.fromArray(SPECIES, activations, i).mul(factor).intoArray(activations, i);
        }
    }
}
