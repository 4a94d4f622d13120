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
 * Local NMF with inferred activations: overlapping groups of neighbouring rows run through a small network, which
 * infers how active the speech's and the noise's atoms are in each group; the sources are what non-negative
 * dictionaries make of these activations, so that they add up. What makes it see further than its group is memory
 * (along time, a leaky mean whose rate the network sets hop by hop) and mixing (along frequency, one matrix over the
 * groups).
 *
 * <p>For each hop, with u the rows of the input (K kinds: the frame and its slow statistics), g a group, and
 * {@code s(v) = (1 + v / (1 + |v|)) / 2}, {@code r(v) = max(v, v / 10)}:
 *
 * <pre>
 *   y_g = r(E log(u of the group + 0.001) + e_g)
 *   each block:
 *     z = s(Z y + z0)^2;  c = C y + c0
 *     h = h + z (c - h)                                        the stream's memory
 *     y = y + h
 *     y = y + U r(M y + m)                                    M over the groups, U over the channels
 *   a = p(A y + a0)^2,  p(v) = (1 + max(v, 0)) / (1 - min(v, 0))   activations, above zero
 *   speech, noise of the group's rows = D_speech a_speech, D_noise a_noise
 * </pre>
 *
 * <p>A row takes the mean of the groups that see it; a bin lies between two rows and takes from both by its distance;
 * {@code mask = b S / (b S + N)} with b one weight a bin.
 *
 * <p>Groups of a section share E, Z, C, U, A, D and their biases: of these there is one for each section, one after the
 * other. e, M and m tell the groups apart.
 *
 * @param sources speech and noise, with the atoms of one group
 * @param groups of rows
 * @param kinds K, the input's groups of rows: the frame, then its statistics
 * @param channels of a group, C
 * @param embedding E, {@code [sections x K width x channels]}: kind by kind, row by row
 * @param places e, {@code [groups x channels]}
 * @param blocks in order
 * @param inference A, {@code [sections x channels x atoms]}
 * @param inferenceBias a0, {@code [sections x atoms]}
 * @param dictionaries D of each section, {@code [width x atoms]}, speech atoms first
 * @param rowBins where each row's centre lies, in bins, rising; {@code [rows]}
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

    /** What keeps a mask's denominator above zero. */
    public static final float FLOOR = 1e-8f;

    /** What is added to an input before its logarithm. */
    public static final float LOG_FLOOR = 1e-3f;

    /** Inputs are this much of their natural logarithm. */
    public static final float LOG_SCALE = 0.4f;

    /** What a negative value keeps of itself. */
    public static final float LEAK = 0.1f;

    /**
     * One block.
     *
     * @param rate Z, {@code [sections x channels x channels]}, row i serves input i; so are all matrices here
     * @param rateBias z0, {@code [sections x channels]}
     * @param candidate C
     * @param candidateBias c0
     * @param mixing M, {@code [groups x groups]}, row g serves output g
     * @param mixingBias m, {@code [groups x channels]}
     * @param update U
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
            throw new IllegalArgumentException("a local network needs two sources, blocks, inputs and channels, found "
                    + sources.size() + ", " + blocks.size() + ", " + kinds + " and " + channels);
        }
        int sections = groups.sections();
        dictionaries = List.copyOf(dictionaries);
        if (dictionaries.size() != sections) {
            throw new IllegalArgumentException(
                    "expected a dictionary for each of " + sections + " sections, found " + dictionaries.size());
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
                throw new IllegalArgumentException(
                        "bins of the rows: expected rising ones, found " + rowBins[row] + " after " + rowBins[row - 1]);
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

    /** Blocks, each of which improves on the last one's answer. */
    @Override
    public int iterations() {
        return blocks.size();
    }

    /** Each block's h of all groups in turn. */
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
