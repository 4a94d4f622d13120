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
 * Computes the loss of a local network over a batch, and its gradient, by the chain rule through the formulas of
 * {@link LocalNmfParameters}. Channels are {@code [hops x groups x channels]}, with the hops of all segments one after
 * the other. Thread-confined.
 */
final class LocalNmfGradient implements SegmentGradient {
    private final LocalNmfWeights shape;
    private final SegmentLoss loss;
    private final int columns;
    /** Number of input rows of a group, over all kinds. */
    private final int inputs;

    private final Dense embedding;
    private final BlockGradient[] blocks;
    private final ReadOutGradient readOut;

    /** Number of values of a hop. */
    private final int size;
    /** Input rows of the groups, {@code [hops x groups x kinds x width]}. */
    private final float[] patches;

    /** Scaled logarithms of the input, {@code [kinds x rows x columns]}. */
    private final float[] logarithms;

    /** {@code [bins x columns]}. */
    private final float[] mask;

    /** Derivative with respect to the mask. */
    private final float[] slope;

    /** Allocates the working memory for batches of {@code columns} columns. */
    LocalNmfGradient(
            LocalNmfWeights shape, MatrixProducts products, SegmentLoss loss, int columns, int hopsPerSegment) {
        this.shape = shape;
        this.loss = loss;
        this.columns = columns;
        size = shape.groups.groups() * shape.channels;
        inputs = shape.kinds * shape.groups.width();
        embedding = new Dense(shape.groups, products, inputs, shape.channels, shape.embedding, null);
        blocks = new BlockGradient[shape.blocks.size()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new BlockGradient(shape, shape.blocks.get(i), products, columns, hopsPerSegment);
        }
        readOut = new ReadOutGradient(shape, products, columns);
        patches = new float[columns * shape.groups.groups() * inputs];
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

    /** Runs the forward pass up to the read-out, and returns the channels that the read-out receives. */
    private float[] forward(float[] weights, SegmentBatch batch) {
        extractPatches(batch.input());
        float[] y = blocks[0].input;
        for (int column = 0; column < columns; column++) {
            int at = column * size;
            System.arraycopy(weights, shape.places.at(), y, at, size);
            embedding.add(weights, patches, column * shape.groups.groups() * inputs, y, at);
            for (int n = at; n < at + size; n++) {
                y[n] = Math.max(y[n], LocalNmfParameters.LEAK * y[n]);
            }
        }
        for (int i = 0; i < blocks.length; i++) {
            y = i + 1 < blocks.length ? blocks[i + 1].input : readOut.input;
            blocks[i].forward(weights, y);
        }
        return y;
    }

    /** Computes the logarithms of the input and arranges them by groups. */
    private void extractPatches(float[] input) {
        for (int n = 0; n < logarithms.length; n++) {
            logarithms[n] = LocalNmfParameters.LOG_SCALE * Logarithm.of(input[n] + LocalNmfParameters.LOG_FLOOR);
        }
        int width = shape.groups.width();
        int patch = shape.groups.groups() * inputs;
        for (int group = 0; group < shape.groups.groups(); group++) {
            for (int k = 0; k < inputs; k++) {
                int row = k / width * shape.groups.rows() + shape.groups.start(group) + k % width;
                int to = group * inputs + k;
                for (int column = 0; column < columns; column++) {
                    patches[to + column * patch] = logarithms[row * columns + column];
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
        for (int column = 0; column < columns; column++) {
            int at = column * size;
            for (int n = at; n < at + size; n++) {
                ySlope[n] *= BlockGradient.leakSlope(y[n]);
            }
            for (int i = 0; i < size; i++) {
                gradient[shape.places.at() + i] += ySlope[at + i];
            }
            embedding.backward(patches, column * shape.groups.groups() * inputs, ySlope, at, gradient);
        }
    }
}
