package io.clearline.unfolding.kernel;

import io.clearline.dsp.HotPath;
import java.util.Arrays;

/** An update through {@code L = W h}, in chunks of rows that stay in the cache while every column passes over them. */
final class ScalarDivergenceLayer implements ScalarForwardPass.ScalarLayer {

    private static final int CHUNK_ROWS = 256;

    private final int inputRows;
    private final int rows;
    private final int atoms;
    private final float[] weights;
    private final float[] turnedWeights;
    private final float[] inverse;
    private final boolean kullbackLeibler;
    private final float exponent;
    private final float sparsity;
    private final float[] model = new float[CHUNK_ROWS];
    private final float[] power = new float[CHUNK_ROWS];
    private final float[] numerators;
    private final float[] denominators;

    ScalarDivergenceLayer(NetworkPlan.DivergenceLayer layer, int inputRows, float[] numerators, float[] denominators) {
        this.inputRows = inputRows;
        rows = layer.dictionary().rows();
        atoms = layer.dictionary().atoms();
        weights = layer.dictionary().weights();
        turnedWeights = Rows.transposed(weights, rows, atoms);
        inverse = layer.inverse();
        kullbackLeibler = layer.isKullbackLeibler();
        exponent = (float) (layer.beta() - 1);
        sparsity = layer.sparsity();
        this.numerators = numerators;
        this.denominators = denominators;
    }

    @Override
    @HotPath
    public void run(float[] columns, float[] activations, int fill) {
        Arrays.fill(numerators, 0, fill * atoms, 0);
        Arrays.fill(denominators, 0, fill * atoms, 0);
        for (int start = 0; start < rows; start += CHUNK_ROWS) {
            int length = Math.min(CHUNK_ROWS, rows - start);
            for (int column = 0; column < fill; column++) {
                chunk(columns, (column + 1) * inputRows - rows + start, activations, column * atoms, start, length);
            }
        }
        if (kullbackLeibler) {
            for (int column = 0; column < fill; column++) {
                updateKullbackLeibler(activations, column * atoms);
            }
        } else {
            for (int i = 0; i < fill * atoms; i++) {
                float denominator = Math.max(denominators[i] + sparsity, NetworkPlan.FLOOR);
                activations[i] = activations[i] * (numerators[i] / denominator);
            }
        }
    }

    @HotPath
    private void chunk(float[] columns, int from, float[] activations, int at, int start, int length) {
        Arrays.fill(model, 0, length, 0);
        Rows.accumulate(turnedWeights, start, rows, activations, at, atoms, model, 0, length);
        if (kullbackLeibler) {
            for (int i = 0; i < length; i++) {
                model[i] = columns[from + i] / Math.max(model[i], NetworkPlan.FLOOR);
            }
        } else {
            for (int i = 0; i < length; i++) {
                float value = Math.max(model[i], NetworkPlan.FLOOR);
                power[i] = exponent == -1 ? 1 / value : Power.of(value, exponent);
                model[i] = columns[from + i] * (power[i] / value);
            }
            Rows.accumulate(weights, start * atoms, atoms, power, 0, length, denominators, at, atoms);
        }
        Rows.accumulate(weights, start * atoms, atoms, model, 0, length, numerators, at, atoms);
    }

    @HotPath
    private void updateKullbackLeibler(float[] activations, int at) {
        for (int i = 0; i < atoms; i++) {
            activations[at + i] = activations[at + i] * (numerators[at + i] * inverse[i]);
        }
    }
}
