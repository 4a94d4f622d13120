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
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowGroups;
import io.clearline.inference.network.RowInterpolation;
import java.util.Arrays;

/** From the channels of one column's groups to its mask. */
final class LocalNmfReadOut {

    private final RowGroups groups;
    private final int channelStride;
    private final int atomStride;
    private final int rowStride;
    private final int speechAtoms;
    /** {@code [groups x atomStride]}. */
    private final float[] biases;

    private final GroupMatrix inference;
    private final GroupMatrix speechDictionary;
    private final GroupMatrix noiseDictionary;
    private final int[] lowerRow;
    private final float[] upperShare;
    private final float[] binWeights;
    private final int[] starts;
    private final float[] shares;

    /** {@code [groups x atomStride]}. */
    private final float[] activations;
    /** {@code [groups x rowStride]}. */
    private final float[] parts;

    private final float[] speech;
    private final float[] noise;
    private final float[] mask;
    private final float[] noiseBins;

    LocalNmfReadOut(LocalNmfParameters network, RowMatrix.Factory matrices) {
        groups = network.groups();
        int atoms = network.atoms();
        int width = groups.width();
        speechAtoms = network.speechAtoms();
        channelStride = matrices.stride(network.channels());
        atomStride = matrices.stride(atoms);
        rowStride = matrices.stride(width);
        biases = LocalNmfBlock.ofGroups(groups, network.inferenceBias(), atoms, atomStride);
        inference = new GroupMatrix(groups, network.inference(), network.channels(), atoms, matrices);
        speechDictionary = dictionary(network, 0, speechAtoms, matrices);
        noiseDictionary = dictionary(network, speechAtoms, atoms, matrices);
        RowInterpolation beside = RowInterpolation.of(network.rowBins(), network.bins());
        lowerRow = beside.lower();
        upperShare = beside.upperShare();
        binWeights = network.binWeights();
        starts = groups.starts();
        shares = groups.shares();
        activations = new float[groups.groups() * atomStride];
        parts = new float[groups.groups() * rowStride];
        speech = new float[groups.rows()];
        noise = new float[groups.rows()];
        mask = new float[network.bins()];
        noiseBins = new float[network.bins()];
    }

    /** Some atoms of the dictionaries, as {@code [sections x atoms x width]}. */
    private static GroupMatrix dictionary(LocalNmfParameters network, int from, int to, RowMatrix.Factory matrices) {
        int width = network.groups().width();
        int size = (to - from) * width;
        float[] turned = new float[network.groups().sections() * size];
        int at = 0;
        for (Dictionary dictionary : network.dictionaries()) {
            float[] all = Rows.transposed(dictionary.weights(), width, dictionary.atoms());
            System.arraycopy(all, from * width, turned, at, size);
            at += size;
        }
        return new GroupMatrix(network.groups(), turned, to - from, width, matrices);
    }

    /** Writes the mask of the column whose channels, {@code [groups x stride]}, begin at {@code at}. */
    @HotPath
    void run(float[] channels, int at, float[] masks, int maskAt) {
        System.arraycopy(biases, 0, activations, 0, biases.length);
        inference.accumulate(channels, at, channelStride, activations, 1);
        raise(activations);
        rows(speechDictionary, 0, speech);
        rows(noiseDictionary, speechAtoms, noise);
        toBins(speech, mask);
        toBins(noise, noiseBins);
        divide();
        System.arraycopy(mask, 0, masks, maskAt, mask.length);
    }

    /** {@code p(v)^2} in place. */
    @HotPath
    private static void raise(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float root = (1 + Math.max(values[i], 0)) / (1 - Math.min(values[i], 0));
            values[i] = root * root;
        }
    }

    /** What a source's atoms, from {@code firstAtom}, make of the rows: the mean of the groups that see a row. */
    @HotPath
    private void rows(GroupMatrix dictionary, int firstAtom, float[] rows) {
        Arrays.fill(parts, 0);
        dictionary.accumulate(activations, firstAtom, atomStride, parts, 1);
        Arrays.fill(rows, 0);
        for (int group = 0; group < starts.length; group++) {
            int start = starts[group];
            for (int i = 0; i < groups.width(); i++) {
                rows[start + i] += parts[group * rowStride + i];
            }
        }
        for (int row = 0; row < rows.length; row++) {
            rows[row] *= shares[row];
        }
    }

    @HotPath
    private void divide() {
        for (int bin = 0; bin < mask.length; bin++) {
            float weighted = binWeights[bin] * mask[bin];
            mask[bin] = Math.min(weighted / (weighted + noiseBins[bin] + LocalNmfParameters.FLOOR), 1);
        }
    }

    @HotPath
    private void toBins(float[] rows, float[] bins) {
        for (int bin = 0; bin < bins.length; bin++) {
            float below = rows[lowerRow[bin]];
            bins[bin] = Math.fma(upperShare[bin], rows[lowerRow[bin] + 1] - below, below);
        }
    }
}
