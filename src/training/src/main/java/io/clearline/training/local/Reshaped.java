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

import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.LocalNmfParameters.Block;
import io.clearline.inference.network.RowGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Converts a trained network to another shape: with more sections, which start with equal weights, or without its
 * highest groups, as the start of a model for a lower sample rate. In the latter case the rows of the lower rate must
 * be at the same frequencies as those of the trained network. Immutable.
 */
final class Reshaped {
    private final RowGroups from;
    private final RowGroups to;
    private final int channels;

    private Reshaped(RowGroups from, RowGroups to, int channels) {
        this.from = from;
        this.to = to;
        this.channels = channels;
    }

    /**
     * Returns a network with other groups. If the shape is the same, or cannot be reached by these conversions, returns
     * the network itself.
     *
     * @param rowBins centres of the rows of the new network
     * @param bins number of bins of the new network
     */
    static LocalNmfParameters of(LocalNmfParameters network, RowGroups groups, float[] rowBins, int bins) {
        Reshaped reshaped = new Reshaped(network.groups(), groups, network.channels());
        boolean fits = groups.groups() <= network.groups().groups() && reshaped.sectionsFit() && bins <= network.bins();
        return !fits || groups.equals(network.groups()) ? network : reshaped.network(network, rowBins, bins);
    }

    /** Returns whether each new section lies within one of the trained sections. */
    private boolean sectionsFit() {
        for (int section = 0; section < to.sections(); section++) {
            int lastGroup = (section + 1) * to.sectionGroups() - 1;
            if (trainedSection(section) != lastGroup / from.sectionGroups()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the trained section that contains the first group of a new section. */
    private int trainedSection(int section) {
        return section * to.sectionGroups() / from.sectionGroups();
    }

    private LocalNmfParameters network(LocalNmfParameters network, float[] rowBins, int bins) {
        List<Dictionary> dictionaries = new ArrayList<>();
        for (int section = 0; section < to.sections(); section++) {
            dictionaries.add(network.dictionaries().get(trainedSection(section)));
        }
        return new LocalNmfParameters(
                network.sources(),
                to,
                network.kinds(),
                channels,
                ofSections(network.embedding()),
                ofGroups(network.places()),
                network.blocks().stream().map(this::block).toList(),
                ofSections(network.inference()),
                ofSections(network.inferenceBias()),
                dictionaries,
                rowBins,
                Arrays.copyOf(network.binWeights(), bins));
    }

    private Block block(Block block) {
        return new Block(
                ofSections(block.rate()),
                ofSections(block.rateBias()),
                ofSections(block.candidate()),
                ofSections(block.candidateBias()),
                corner(block.mixing()),
                ofGroups(block.mixingBias()),
                ofSections(block.update()));
    }

    /** Copies the values of the trained section to each new section. */
    private float[] ofSections(float[] values) {
        int size = values.length / from.sections();
        float[] repeated = new float[to.sections() * size];
        for (int section = 0; section < to.sections(); section++) {
            System.arraycopy(values, trainedSection(section) * size, repeated, section * size, size);
        }
        return repeated;
    }

    /** Keeps the values of the lowest groups. */
    private float[] ofGroups(float[] values) {
        return Arrays.copyOf(values, to.groups() * channels);
    }

    /** Keeps the mixing between the lowest groups. */
    private float[] corner(float[] mixing) {
        float[] corner = new float[to.groups() * to.groups()];
        for (int row = 0; row < to.groups(); row++) {
            System.arraycopy(mixing, row * from.groups(), corner, row * to.groups(), to.groups());
        }
        return corner;
    }
}
