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
 * Input transformation of the DNN: logarithms of the features that deep NMF takes, normalised to zero mean and unit
 * variance over the training set, for each row separately. Immutable.
 */
public final class LogInput {
    /** Lower bound of the features, which avoids logarithms of zero. */
    private static final float MIN_FEATURE = 1e-4f;
    /** Lower bound of the variance of a row, for rows that are constant. */
    private static final double MIN_VARIANCE = 1e-6;

    /** One element for each input row. */
    private final float[] mean;

    private final float[] inverseDeviation;

    private LogInput(float[] mean, float[] inverseDeviation) {
        this.mean = mean;
        this.inverseDeviation = inverseDeviation;
    }

    /** Returns the transformation for a training set. Only hops with a complete context count. */
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
        float[] inverseDeviation = new float[rows];
        for (int row = 0; row < rows; row++) {
            double average = sum[row] / count;
            mean[row] = (float) average;
            inverseDeviation[row] =
                    (float) (1 / Math.sqrt(Math.max(square[row] / count - average * average, MIN_VARIANCE)));
        }
        return new LogInput(mean, inverseDeviation);
    }

    /** Transforms features to the input of the DNN, both {@code [rows x columns]}; the arrays may be the same. */
    void apply(float[] features, float[] input, int columns) {
        for (int row = 0; row < mean.length; row++) {
            for (int n = row * columns; n < (row + 1) * columns; n++) {
                input[n] = (logarithm(features[n]) - mean[row]) * inverseDeviation[row];
            }
        }
    }

    /** Returns the number of input rows. */
    int rows() {
        return mean.length;
    }

    private static float logarithm(float feature) {
        return (float) Math.log(Math.max(feature, MIN_FEATURE));
    }
}
