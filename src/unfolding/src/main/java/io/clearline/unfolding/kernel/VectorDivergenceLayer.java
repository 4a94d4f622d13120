package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.LANES;
import static io.clearline.unfolding.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * An update through {@code L = W h}: a chunk of rows is multiplied, turned into what the second product sums, and summed, all
 * in a small scratch, before the next chunk begins.
 */
final class VectorDivergenceLayer implements VectorLayer {

    /** A multiple of three vectors on every machine. */
    private static final int CHUNK_ROWS = 192;

    private final int inputRows;
    private final int rows;
    private final int atoms;
    private final int stride;

    /** W h, a matrix for each chunk: outputs are the chunk's rows. */
    private final PackedMatrix[] synthesis;

    /** W^T v: outputs are the atoms. */
    private final PackedMatrix analysis;

    private final float[] inverse;
    private final boolean kullbackLeibler;
    private final float exponent;
    private final float sparsity;

    private final float[] model;
    private final float[] power;
    private final float[] numerators;
    private final float[] denominators;

    VectorDivergenceLayer(NetworkPlan.DivergenceLayer layer, int inputRows, Scratch scratch) {
        this.inputRows = inputRows;
        rows = layer.dictionary().rows();
        atoms = layer.dictionary().atoms();
        float[] weights = layer.dictionary().weights();
        synthesis = new PackedMatrix[(rows + CHUNK_ROWS - 1) / CHUNK_ROWS];
        for (int chunk = 0; chunk < synthesis.length; chunk++) {
            int start = chunk * CHUNK_ROWS;
            synthesis[chunk] = PackedMatrix.ofRows(weights, start, Math.min(CHUNK_ROWS, rows - start), atoms, LANES);
        }
        analysis = PackedMatrix.ofColumns(weights, rows, atoms, LANES);
        stride = analysis.paddedOutputs();
        kullbackLeibler = layer.isKullbackLeibler();
        inverse = Arrays.copyOf(layer.inverse(), stride);
        exponent = (float) (layer.beta() - 1);
        sparsity = layer.sparsity();
        model = scratch.model;
        power = scratch.power;
        numerators = scratch.numerators;
        denominators = scratch.denominators;
    }

    /** What the layers of a network share: one runs after the other. */
    static final class Scratch {

        /** {@code [width x CHUNK_ROWS]}; power likewise. */
        private final float[] model;

        private final float[] power;

        /** {@code [width x padded atoms]}; denominators likewise. */
        private final float[] numerators;

        private final float[] denominators;

        Scratch(int width, int atomStride) {
            model = new float[width * CHUNK_ROWS];
            power = new float[width * CHUNK_ROWS];
            numerators = new float[width * atomStride];
            denominators = new float[width * atomStride];
        }
    }

    @Override
    @HotPath
    public void run(float[] columns, float[] activations, int fill) {
        Arrays.fill(numerators, 0, fill * stride, 0);
        if (!kullbackLeibler) {
            Arrays.fill(denominators, 0, fill * stride, 0);
        }
        for (int chunk = 0; chunk < synthesis.length; chunk++) {
            run(chunk, columns, activations, fill);
        }
        if (kullbackLeibler) {
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
        int count = Math.min(CHUNK_ROWS, rows - start);
        Arrays.fill(model, 0, fill * CHUNK_ROWS, 0);
        VectorTiles.accumulate(synthesis[chunk], 0, atoms, activations, 0, stride, model, 0, CHUNK_ROWS, fill);
        int from = inputRows - rows + start;
        for (int column = 0; column < fill; column++) {
            if (kullbackLeibler) {
                divide(columns, column * inputRows + from, column * CHUNK_ROWS, count);
            } else {
                VectorPower.raise(model, power, column * CHUNK_ROWS, count, exponent);
                divideByPower(columns, column * inputRows + from, column * CHUNK_ROWS, count);
            }
        }
        if (!kullbackLeibler) {
            VectorTiles.accumulate(analysis, start, count, power, 0, CHUNK_ROWS, denominators, 0, stride, fill);
        }
        VectorTiles.accumulate(analysis, start, count, model, 0, CHUNK_ROWS, numerators, 0, stride, fill);
    }

    /** {@code model = x / max(model, floor)}; the last vector may run into the padding, which nothing reads. */
    @HotPath
    private void divide(float[] x, int xAt, int at, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, model, at + i).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, x, xAt + i).div(value).intoArray(model, at + i);
        }
    }

    /** {@code model = x * (power / max(model, floor))}. */
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
            FloatVector factor =
                    FloatVector.fromArray(SPECIES, numerators, at + i).mul(FloatVector.fromArray(SPECIES, inverse, i));
            FloatVector.fromArray(SPECIES, activations, at + i).mul(factor).intoArray(activations, at + i);
        }
    }

    @HotPath
    private void update(float[] activations, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector denominator = FloatVector.fromArray(SPECIES, denominators, i)
                    .add(sparsity)
                    .max(NetworkPlan.FLOOR);
            FloatVector factor = FloatVector.fromArray(SPECIES, numerators, i).div(denominator);
            FloatVector.fromArray(SPECIES, activations, i).mul(factor).intoArray(activations, i);
        }
    }
}
