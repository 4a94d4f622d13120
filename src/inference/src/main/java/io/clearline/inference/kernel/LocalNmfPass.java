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

import io.clearline.dsp.HotPath;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowGroups;

/**
 * The forward pass of a {@link LocalNmfParameters local network}. All groups of all columns are the rows of one
 * product, so a single stream keeps the kernel as busy as many do. What is not a product is plain loops over whole
 * arrays, the same code whatever the kernel; padding runs along and reaches no result.
 */
final class LocalNmfPass implements ForwardPass {

    /** Columns that go through all blocks together: what they need stays near the core. */
    private static final int COLUMNS = 4;

    private final int width;
    private final RowGroups groups;
    private final int[] starts;
    private final int inputRows;
    private final int kinds;
    private final int bins;
    /** Room of a group's channels. */
    private final int stride;

    private final RowMatrix.Factory matrices;
    private final GroupMatrix embedding;
    /** {@code [groups x stride]}. */
    private final float[] places;

    private final LocalNmfBlock[] blocks;
    private final LocalNmfReadOut readOut;

    /** {@code [columns x groups x kinds x rows of a group]}. */
    private final float[] patches;
    /** {@code [columns x groups x stride]}. */
    private final float[] channels;
    /** By row and kind of one column. */
    private final float[] logarithms;

    LocalNmfPass(LocalNmfParameters network, int width, RowMatrix.Factory matrices) {
        this.width = width;
        this.matrices = matrices;
        groups = network.groups();
        starts = groups.starts();
        inputRows = network.inputRows();
        kinds = network.kinds();
        bins = network.bins();
        stride = matrices.stride(network.channels());
        int inputs = kinds * groups.width();
        embedding = new GroupMatrix(groups, network.embedding(), inputs, network.channels(), matrices);
        places = LocalNmfBlock.padded(network.places(), groups.groups(), network.channels(), stride);
        int rows = Math.min(width, COLUMNS) * groups.groups();
        LocalNmfBlock.Scratch scratch = new LocalNmfBlock.Scratch(rows * stride);
        blocks = new LocalNmfBlock[network.blocks().size()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new LocalNmfBlock(network, i, matrices, scratch);
        }
        readOut = new LocalNmfReadOut(network, matrices);
        patches = new float[rows * inputs];
        channels = new float[rows * stride];
        logarithms = new float[inputRows];
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    @HotPath
    public void run(float[] input, float[][] memories, float[] masks, int fill) {
        for (int first = 0; first < fill; first += COLUMNS) {
            runColumns(input, memories, masks, first, Math.min(COLUMNS, fill - first));
        }
    }

    @HotPath
    private void runColumns(float[] input, float[][] memories, float[] masks, int first, int count) {
        for (int column = 0; column < count; column++) {
            look(input, first + column, column);
            System.arraycopy(places, 0, channels, column * places.length, places.length);
        }
        embedding.accumulate(patches, 0, kinds * groups.width(), channels, count);
        leak(channels, channels, count * places.length);
        for (LocalNmfBlock block : blocks) {
            block.run(channels, memories, first, count);
        }
        for (int column = 0; column < count; column++) {
            readOut.run(channels, column * places.length, masks, (first + column) * bins);
        }
    }

    /** Spreads the logarithms of one column of the input over the groups of a column of {@link #patches}. */
    @HotPath
    private void look(float[] input, int from, int column) {
        matrices.logarithms(
                input,
                from * inputRows,
                logarithms,
                inputRows,
                LocalNmfParameters.LOG_FLOOR,
                LocalNmfParameters.LOG_SCALE);
        int to = column * groups.groups() * kinds * groups.width();
        for (int start : starts) {
            for (int kind = 0; kind < kinds; kind++) {
                int first = kind * groups.rows() + start;
                System.arraycopy(logarithms, first, patches, to, groups.width());
                to += groups.width();
            }
        }
    }

    /** {@code to = max(from, from / 10)}. */
    @HotPath
    static void leak(float[] from, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = Math.max(from[i], LocalNmfParameters.LEAK * from[i]);
        }
    }
}
