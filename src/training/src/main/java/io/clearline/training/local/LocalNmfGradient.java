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
package io.clearline.training.local;

import io.clearline.inference.kernel.Logarithm;
import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.training.local.LocalNmfWeights.Part;
import io.clearline.training.segments.SegmentBatch;
import io.clearline.training.segments.SegmentGradient;
import io.clearline.training.segments.SegmentLoss;
import java.util.Arrays;

/**
 * Loss and gradient of a local network over a batch, by the chain rule through the formulas of
 * {@link LocalNmfParameters}. Activations are {@code [groups x columns x channels]}: then what all groups share is one
 * product of many rows, and the mixing is one product too. Thread-confined.
 */
final class LocalNmfGradient implements SegmentGradient {
    private final LocalNmfWeights shape;
    private final MatrixProducts products;
    private final SegmentLoss loss;
    private final int columns;
    private final Dense embedding;
    private final BlockGradient[] blocks;
    private final ReadOutGradient readOut;

    /** {@code [groups x columns x kinds x width]}. */
    private final float[] patches;

    private final float[] logarithms;
    /** {@code [bins x columns]}. */
    private final float[] mask;

    private final float[] slope;

    LocalNmfGradient(
            LocalNmfWeights shape, MatrixProducts products, SegmentLoss loss, int columns, int hopsPerSegment) {
        this.shape = shape;
        this.products = products;
        this.loss = loss;
        this.columns = columns;
        int rows = shape.groups.groups() * columns;
        int inputs = shape.kinds * shape.groups.width();
        embedding = new Dense(shape.groups, products, columns, inputs, shape.channels, shape.embedding, null);
        blocks = new BlockGradient[shape.blocks.size()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new BlockGradient(shape, shape.blocks.get(i), products, columns, hopsPerSegment);
        }
        readOut = new ReadOutGradient(shape, products, columns);
        patches = new float[rows * inputs];
        logarithms = new float[shape.kinds * shape.groups.rows() * columns];
        mask = new float[shape.bins * columns];
        slope = new float[shape.bins * columns];
    }

    @Override
    public double compute(float[] weights, SegmentBatch batch, float[] gradient) {
        float[] last = forward(weights, batch);
        readOut.forward(weights, last, mask);
        double value = loss.compute(mask, batch, slope);
        if (gradient != null) {
            Arrays.fill(gradient, 0f);
            backward(weights, last, gradient);
            for (Part part : shape.positive()) {
                for (int i = part.at(); i < part.end(); i++) {
                    gradient[i] *= weights[i];
                }
            }
        }
        return value;
    }

    /** The channels that the read-out gets. */
    private float[] forward(float[] weights, SegmentBatch batch) {
        look(batch.input());
        float[] y = blocks[0].input;
        embedding.forward(weights, patches, y);
        int length = columns * shape.channels;
        for (int group = 0; group < shape.groups.groups(); group++) {
            int place = shape.places.at() + group * shape.channels;
            for (int i = 0; i < length; i++) {
                int at = group * length + i;
                float value = y[at] + weights[place + i % shape.channels];
                y[at] = Math.max(value, LocalNmfParameters.LEAK * value);
            }
        }
        for (int i = 0; i < blocks.length; i++) {
            y = i + 1 < blocks.length ? blocks[i + 1].input : readOut.input;
            blocks[i].forward(weights, y);
        }
        return y;
    }

    private void look(float[] input) {
        for (int n = 0; n < logarithms.length; n++) {
            logarithms[n] = LocalNmfParameters.LOG_SCALE * Logarithm.of(input[n] + LocalNmfParameters.LOG_FLOOR);
        }
        int width = shape.groups.width();
        int inputs = shape.kinds * width;
        for (int group = 0; group < shape.groups.groups(); group++) {
            for (int k = 0; k < inputs; k++) {
                int row = k / width * shape.groups.rows() + shape.groups.start(group) + k % width;
                int to = group * columns * inputs + k;
                for (int column = 0; column < columns; column++) {
                    patches[to + column * inputs] = logarithms[row * columns + column];
                }
            }
        }
    }

    private void backward(float[] weights, float[] last, float[] gradient) {
        float[] ySlope = readOut.backward(weights, last, slope, gradient);
        for (int i = blocks.length - 1; i >= 0; i--) {
            blocks[i].backward(weights, ySlope, gradient);
        }
        float[] y = blocks[0].input;
        int length = columns * shape.channels;
        for (int group = 0; group < shape.groups.groups(); group++) {
            int place = shape.places.at() + group * shape.channels;
            for (int i = 0; i < length; i++) {
                int at = group * length + i;
                ySlope[at] *= y[at] > 0 ? 1 : LocalNmfParameters.LEAK;
                gradient[place + i % shape.channels] += ySlope[at];
            }
        }
        embedding.backward(patches, ySlope, gradient);
    }
}
