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
package io.clearline.inference.network;

import java.util.List;

/**
 * Parameters of local NMF with inferred activations. A small network runs over overlapping groups of neighbouring rows
 * and infers the activations of the speech and noise atoms in each group. Non-negative dictionaries map the activations
 * to the two sources. A group gets information from beyond its rows in two ways: a memory along time, which is a leaky
 * mean whose rate the network computes for every hop, and a mixing matrix over the groups along frequency.
 *
 * <p>For each hop, with the input rows u (K kinds: the frame and its slow statistics), the group g, and {@code s(v) =
 * (1 + v / (1 + |v|)) / 2}, {@code r(v) = max(v, v / 10)}:
 *
 * <pre>
 *   y_g = r(E 0.4 log(u of the group + 0.001) + e_g)
 *   each block:
 *     z = s(Z y + z0)^2;  c = C y + c0
 *     h = h + z (c - h)                                       h is the memory of the stream
 *     y = y + h
 *     y = y + U r(M y + m)                                    M mixes groups, U mixes channels
 *   a = p(A y + a0)^2,  p(v) = (1 + max(v, 0)) / (1 - min(v, 0))   activations > 0
 *   speech, noise of the group's rows = D_speech a_speech, D_noise a_noise
 * </pre>
 *
 * <p>The value of a row is the mean of the groups that contain it. The speech S and the noise N of a bin are
 * interpolated linearly between the two neighbouring rows ({@link RowInterpolation}), and {@code mask = b S / (b S +
 * N)} with one weight b per bin.
 *
 * <p>The groups of a section share E, Z, C, U, A, D and their biases, which are stored one section after another. Only
 * e, M and m differ between groups. Immutable; the arrays are shared, not copied.
 *
 * @param sources speech and noise, with the number of atoms of one group
 * @param groups the groups of rows
 * @param kinds K, the number of kinds of input rows: the frame, then its statistics
 * @param channels number of channels of a group
 * @param embedding E, {@code [sections x K width x channels]}, ordered by kind and then by row
 * @param places e, {@code [groups x channels]}
 * @param blocks the blocks in order
 * @param inference A, {@code [sections x channels x atoms]}
 * @param inferenceBias a0, {@code [sections x atoms]}
 * @param dictionaries D of each section, {@code [width x atoms]}, speech atoms first
 * @param rowBins the centre of each row in bins, ascending; {@code [rows]}
 * @param binWeights b, {@code [bins]}
 */
public record LocalNmfParameters(
        List<Source> sources,
        RowGroups groups,
        int kinds,
        int channels,
        float[] embedding,
        float[] places,
        List<Block> blocks,
        float[] inference,
        float[] inferenceBias,
        List<Dictionary> dictionaries,
        float[] rowBins,
        float[] binWeights)
        implements NetworkParameters {

    /** Added to the denominator of a mask to keep it above zero. */
    public static final float FLOOR = 1e-8f;

    /** Added to the input before the logarithm. */
    public static final float LOG_FLOOR = 1e-3f;

    /** Factor of the natural logarithm of the input. */
    public static final float LOG_SCALE = 0.4f;

    /** Factor of negative values in r. */
    public static final float LEAK = 0.1f;

    /**
     * The parameters of one block.
     *
     * @param rate Z, {@code [sections x channels x channels]}, row i belongs to input i
     * @param rateBias z0, {@code [sections x channels]}
     * @param candidate C, of the shape of Z
     * @param candidateBias c0, of the shape of z0
     * @param mixing M, {@code [groups x groups]}, row g belongs to output g
     * @param mixingBias m, {@code [groups x channels]}
     * @param update U, of the shape of Z
     */
    public record Block(
            float[] rate,
            float[] rateBias,
            float[] candidate,
            float[] candidateBias,
            float[] mixing,
            float[] mixingBias,
            float[] update) {

        private void requireShape(int channels, RowGroups groups) {
            int sections = groups.sections();
            int matrix = sections * channels * channels;
            int count = groups.groups();
            Weights.requireFinite("rate", rate, matrix);
            Weights.requireFinite("bias of the rate", rateBias, sections * channels);
            Weights.requireFinite("candidate", candidate, matrix);
            Weights.requireFinite("bias of the candidate", candidateBias, sections * channels);
            Weights.requireFinite("mixing", mixing, count * count);
            Weights.requireFinite("bias of the mixing", mixingBias, count * channels);
            Weights.requireFinite("update", update, matrix);
        }
    }

    public LocalNmfParameters {
        sources = List.copyOf(sources);
        blocks = List.copyOf(blocks);
        int atoms = sources.stream().mapToInt(Source::atoms).sum();
        if (sources.size() != 2 || blocks.isEmpty() || kinds < 1 || channels < 1) {
            throw new IllegalArgumentException("local network: expected 2 sources and at least 1 block, kind and"
                    + " channel, found " + sources.size() + " sources, " + blocks.size() + " blocks, " + kinds
                    + " kinds and "
                    + channels + " channels");
        }
        int sections = groups.sections();
        dictionaries = List.copyOf(dictionaries);
        if (dictionaries.size() != sections) {
            throw new IllegalArgumentException(
                    "expected a dictionary for each of the " + sections + " sections, found " + dictionaries.size());
        }
        for (Dictionary dictionary : dictionaries) {
            if (dictionary.rows() != groups.width() || dictionary.atoms() != atoms) {
                throw new IllegalArgumentException("dictionary: expected [" + groups.width() + " x " + atoms
                        + "], found [" + dictionary.rows() + " x " + dictionary.atoms() + "]");
            }
        }
        Weights.requireFinite("embedding", embedding, sections * kinds * groups.width() * channels);
        Weights.requireFinite("places", places, groups.groups() * channels);
        for (Block block : blocks) {
            block.requireShape(channels, groups);
        }
        Weights.requireFinite("inference", inference, sections * channels * atoms);
        Weights.requireFinite("bias of the inference", inferenceBias, sections * atoms);
        Weights.requireFinite("bins of the rows", rowBins, groups.rows());
        Weights.requireNonNegative("weights of the bins", binWeights);
        for (int row = 1; row < rowBins.length; row++) {
            if (!(rowBins[row] > rowBins[row - 1])) {
                throw new IllegalArgumentException("bins of the rows: expected ascending values, found " + rowBins[row]
                        + " after " + rowBins[row - 1]);
            }
        }
    }

    @Override
    public int inputRows() {
        return kinds * groups.rows();
    }

    @Override
    public int bins() {
        return binWeights.length;
    }

    /** Returns the number of blocks. */
    @Override
    public int iterations() {
        return blocks.size();
    }

    /** Returns the length of a stream's memory: h of all groups for each block. */
    @Override
    public int memoryLength() {
        return blocks.size() * groups.groups() * channels;
    }

    @Override
    public long parameters() {
        long count = groups.groups();
        long block = groups.sections() * (3L * channels + 2) * channels + count * (count + channels);
        long dictionary = (long) groups.width() * atoms();
        return embedding.length
                + places.length
                + blocks.size() * block
                + inference.length
                + inferenceBias.length
                + groups.sections() * dictionary
                + binWeights.length;
    }

    @Override
    public long multiplyAddsPerHop() {
        long block = (3L * channels + groups.groups()) * channels;
        long first = (long) kinds * groups.width() * channels;
        long last = (long) atoms() * (channels + groups.width());
        return groups.groups() * (first + blocks.size() * block + last) + 4L * bins();
    }
}
