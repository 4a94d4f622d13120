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
package io.clearline.training.frames;

/** A batch of segments of a {@link FrameSet}, with their hops side by side as columns. Reusable; thread-confined. */
public final class FrameBatch {
    final int hopsPerSegment;
    final int bins;
    final int inputRows;
    int segments;
    int columns;
    /** {@code [inputRows x columns]}. */
    final float[] input;
    /** |X|, {@code [bins x columns]}. */
    final float[] mixture;
    /** The target of mask times |X|, {@code [bins x columns]}. */
    final float[] target;

    FrameBatch(int maxSegments, int hopsPerSegment, int bins, int inputRows) {
        this.hopsPerSegment = hopsPerSegment;
        this.bins = bins;
        this.inputRows = inputRows;
        int maxColumns = maxSegments * hopsPerSegment;
        input = new float[inputRows * maxColumns];
        mixture = new float[bins * maxColumns];
        target = new float[bins * maxColumns];
    }

    /**
     * Returns a batch of one segment with copies of the given matrices.
     *
     * @param input {@code [inputRows x columns]}
     * @param mixture |X|, {@code [bins x columns]}
     * @param target {@code [bins x columns]}
     */
    public static FrameBatch of(float[] input, float[] mixture, float[] target, int columns) {
        FrameBatch batch = new FrameBatch(1, columns, mixture.length / columns, input.length / columns);
        batch.segments = 1;
        batch.columns = columns;
        System.arraycopy(input, 0, batch.input, 0, input.length);
        System.arraycopy(mixture, 0, batch.mixture, 0, mixture.length);
        System.arraycopy(target, 0, batch.target, 0, target.length);
        return batch;
    }

    /** Returns the number of filled columns. */
    public int columns() {
        return columns;
    }

    /** Returns the capacity of the batch in columns. */
    public int mostColumns() {
        return mixture.length / bins;
    }

    /**
     * Returns the input of the network, {@code [inputRows x columns]}. The array may be longer, and callers must not
     * modify it.
     */
    public float[] input() {
        return input;
    }

    /** Returns the number of rows of {@link #input}. */
    public int inputRows() {
        return inputRows;
    }
}
