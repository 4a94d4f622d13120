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

/** Some segments of a {@link FrameSet}, their hops side by side as columns. Filled for one pass; thread-confined. */
public final class FrameBatch {
    final int hopsPerSegment;
    final int bins;
    final int inputRows;
    int segments;
    int columns;
    /** {@code [inputRows x columns]}. */
    final float[] input;
    /** {@code [bins x columns]}: |X|. */
    final float[] mixture;
    /** {@code [bins x columns]}: what mask times |X| aims at. */
    final float[] target;

    FrameBatch(int mostSegments, int hopsPerSegment, int bins, int inputRows) {
        this.hopsPerSegment = hopsPerSegment;
        this.bins = bins;
        this.inputRows = inputRows;
        int mostColumns = mostSegments * hopsPerSegment;
        input = new float[inputRows * mostColumns];
        mixture = new float[bins * mostColumns];
        target = new float[bins * mostColumns];
    }

    /** A batch of one segment from matrices of its own. */
    public static FrameBatch of(float[] input, float[] mixture, float[] target, int columns) {
        FrameBatch batch = new FrameBatch(1, columns, mixture.length / columns, input.length / columns);
        batch.segments = 1;
        batch.columns = columns;
        System.arraycopy(input, 0, batch.input, 0, input.length);
        System.arraycopy(mixture, 0, batch.mixture, 0, mixture.length);
        System.arraycopy(target, 0, batch.target, 0, target.length);
        return batch;
    }

    /** Columns that are filled. */
    public int columns() {
        return columns;
    }

    /** Most columns there is room for. */
    public int mostColumns() {
        return mixture.length / bins;
    }

    /** The network's input, {@code [inputRows x columns]}; may be longer than that. Not to be changed. */
    public float[] input() {
        return input;
    }

    /** Rows of {@link #input}. */
    public int inputRows() {
        return inputRows;
    }
}
