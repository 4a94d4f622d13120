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
package io.clearline.lab.dnn;

import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.Objective;

/**
 * The logarithms of the features, each row of a frame with the mean and the spread that it has in the training set
 * taken out: what the DNN sees where deep NMF sees the features themselves. Immutable; safe to share.
 */
public final class LogInput {
    private static final float LEAST = 1e-4f;

    /** By row of the input. */
    private final float[] mean;

    private final float[] inverseSpread;

    private LogInput(float[] mean, float[] inverseSpread) {
        this.mean = mean;
        this.inverseSpread = inverseSpread;
    }

    /** Of a training set. Only hops with their whole context count. */
    public static LogInput of(FrameSet frames) {
        int rows = frames.inputRows();
        double[] sum = new double[rows];
        double[] square = new double[rows];
        FrameBatch batch = frames.newBatch(1);
        long count = 0;
        for (int segment = 0; segment < frames.segments(); segment++) {
            frames.fill(batch, new int[] {segment}, Objective.MAGNITUDE);
            count += batch.columns();
            for (int row = 0; row < rows; row++) {
                for (int n = row * batch.columns(); n < (row + 1) * batch.columns(); n++) {
                    double value = logarithm(batch.input()[n]);
                    sum[row] += value;
                    square[row] += value * value;
                }
            }
        }
        float[] mean = new float[rows];
        float[] inverseSpread = new float[rows];
        for (int row = 0; row < rows; row++) {
            double average = sum[row] / count;
            mean[row] = (float) average;
            inverseSpread[row] = (float) (1 / Math.sqrt(Math.max(square[row] / count - average * average, 1e-6)));
        }
        return new LogInput(mean, inverseSpread);
    }

    /** From features to the DNN's input, both {@code [rows x columns]}. */
    void apply(float[] features, float[] input, int columns) {
        for (int row = 0; row < mean.length; row++) {
            for (int n = row * columns; n < (row + 1) * columns; n++) {
                input[n] = (logarithm(features[n]) - mean[row]) * inverseSpread[row];
            }
        }
    }

    /** Rows of the input. */
    int rows() {
        return mean.length;
    }

    private static float logarithm(float feature) {
        return (float) Math.log(Math.max(feature, LEAST));
    }
}
