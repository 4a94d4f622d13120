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

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * An update that needs the reconstruction {@code L = W h}. For each chunk of rows it computes the reconstruction,
 * divides the input by it and adds the second product to the numerators. The scratch of a chunk is small and stays in
 * the cache. Thread-confined.
 */
final class VectorDivergenceLayer implements VectorLayer {

    private final PackedLayer.Divergence weights;
    private final int inputRows;
    private final int stride;
    private final float[] model;
    private final float[] power;
    private final VectorPower powers;
    private final float[] numerators;
    private final float[] denominators;

    VectorDivergenceLayer(PackedLayer.Divergence weights, int inputRows, Scratch scratch) {
        this.weights = weights;
        this.inputRows = inputRows;
        stride = weights.analysis().paddedOutputs();
        model = scratch.model;
        power = scratch.power;
        powers = scratch.powers;
        numerators = scratch.numerators;
        denominators = scratch.denominators;
    }

    /** Buffers that the layers of a network share, because they run one after the other. */
    static final class Scratch {

        /** {@code [width x CHUNK_ROWS]}, as is the power. */
        private final float[] model;

        private final float[] power;

        private final VectorPower powers = new VectorPower(CHUNK_ROWS);

        /** {@code [width x padded atoms]}, as are the denominators. */
        private final float[] numerators;

        private final float[] denominators;

        Scratch(int width, int atomStride) {
            model = new float[width * CHUNK_ROWS];
            power = new float[width * CHUNK_ROWS];
            numerators = new float[width * atomStride];
            denominators = new float[width * atomStride];
        }

        float[] denominators() {
            return denominators;
        }
    }

    @Override
    @HotPath
    public void run(float[] columns, float[] activations, int fill) {
        Arrays.fill(numerators, 0, fill * stride, 0);
        if (!weights.kullbackLeibler()) {
            Arrays.fill(denominators, 0, fill * stride, 0);
        }
        for (int chunk = 0; chunk < weights.synthesis().length; chunk++) {
            run(chunk, columns, activations, fill);
        }
        if (weights.kullbackLeibler()) {
            for (int column = 0; column < fill; column++) {
                updateKullbackLeibler(activations, column * stride);
            }
        } else {
            update(activations, fill * stride);
        }
    }

    @HotPath
    private void run(int chunk, float[] columns, float[] activations, int fill) {
        int start = chunk * CHUNK_ROWS;
        int count = Math.min(CHUNK_ROWS, weights.rows() - start);
        Arrays.fill(model, 0, fill * CHUNK_ROWS, 0);
        VectorTiles.accumulate(
                weights.synthesis()[chunk], 0, weights.atoms(), activations, 0, stride, model, 0, CHUNK_ROWS, fill);
        int from = inputRows - weights.rows() + start;
        for (int column = 0; column < fill; column++) {
            if (weights.kullbackLeibler()) {
                divide(columns, column * inputRows + from, column * CHUNK_ROWS, count);
            } else {
                powers.raise(model, power, column * CHUNK_ROWS, count, weights.exponent());
                divideByPower(columns, column * inputRows + from, column * CHUNK_ROWS, count);
            }
        }
        if (!weights.kullbackLeibler()) {
            VectorTiles.accumulate(
                    weights.analysis(), start, count, power, 0, CHUNK_ROWS, denominators, 0, stride, fill);
        }
        VectorTiles.accumulate(weights.analysis(), start, count, model, 0, CHUNK_ROWS, numerators, 0, stride, fill);
    }

    /**
     * Computes {@code model = x / max(model, floor)}. The last vector may include padding, whose results are unused.
     */
    @HotPath
    private void divide(float[] x, int xAt, int at, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, model, at + i).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, x, xAt + i).div(value).intoArray(model, at + i);
        }
    }

    /** Computes {@code model = x * (power / max(model, floor))}. */
    @HotPath
    private void divideByPower(float[] x, int xAt, int at, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, model, at + i).max(NetworkPlan.FLOOR);
            FloatVector ratio = FloatVector.fromArray(SPECIES, power, at + i).div(value);
            FloatVector.fromArray(SPECIES, x, xAt + i).mul(ratio).intoArray(model, at + i);
        }
    }

    @HotPath
    private void updateKullbackLeibler(float[] activations, int at) {
        for (int i = 0; i < stride; i += LANES) {
            FloatVector scale = FloatVector.fromArray(SPECIES, weights.inverse(), i);
            FloatVector factor =
                    FloatVector.fromArray(SPECIES, numerators, at + i).mul(scale);
            FloatVector.fromArray(SPECIES, activations, at + i).mul(factor).intoArray(activations, at + i);
        }
    }

    @HotPath
    private void update(float[] activations, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, i)
                    .add(weights.sparsity())
                    .max(NetworkPlan.FLOOR);
            FloatVector factor = FloatVector.fromArray(SPECIES, numerators, i).div(denominator);
            FloatVector.fromArray(SPECIES, activations, i).mul(factor).intoArray(activations, i);
        }
    }
}
