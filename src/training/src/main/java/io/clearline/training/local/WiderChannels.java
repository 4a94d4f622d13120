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

import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.LocalNmfParameters.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds channels to a trained network without changing its output. The added channels receive input from all channels,
 * but all weights from them to trained channels and to atoms are zero, until training changes them. Their other weights
 * and the rates of their memories come from a network with random weights. Immutable.
 *
 * <p>The shapes are those of {@link LocalNmfParameters}.
 */
final class WiderChannels {
    private final int sections;
    private final int trained;
    private final int all;

    private WiderChannels(int sections, int trained, int all) {
        this.sections = sections;
        this.trained = trained;
        this.all = all;
    }

    /**
     * Returns the wider network, with as many blocks as the trained one.
     *
     * @param network trained network
     * @param fresh random network with the new number of channels, the same groups and sections, and at least as many
     *     blocks
     */
    static LocalNmfParameters of(LocalNmfParameters network, LocalNmfParameters fresh) {
        return new WiderChannels(network.groups().sections(), network.channels(), fresh.channels())
                .network(network, fresh);
    }

    private LocalNmfParameters network(LocalNmfParameters network, LocalNmfParameters fresh) {
        int groups = network.groups().groups();
        int inputs = network.kinds() * network.groups().width();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < network.blocks().size(); i++) {
            blocks.add(block(network.blocks().get(i), fresh.blocks().get(i), groups));
        }
        return new LocalNmfParameters(
                network.sources(),
                network.groups(),
                network.kinds(),
                all,
                columns(network.embedding(), fresh.embedding(), sections * inputs),
                columns(network.places(), fresh.places(), groups),
                blocks,
                withoutAdded(network.inference(), network.atoms()),
                network.inferenceBias(),
                network.dictionaries(),
                network.rowBins(),
                network.binWeights());
    }

    private Block block(Block block, Block fresh, int groups) {
        return new Block(
                matrix(block.rate(), fresh.rate()),
                rateBias(block.rateBias(), fresh.rateBias()),
                matrix(block.candidate(), fresh.candidate()),
                columns(block.candidateBias(), fresh.candidateBias(), sections),
                block.mixing(),
                columns(block.mixingBias(), fresh.mixingBias(), groups),
                matrix(block.update(), fresh.update()));
    }

    /** Widens a matrix from channels to channels, {@code [sections x channels x channels]}. */
    private float[] matrix(float[] values, float[] fresh) {
        float[] wider = fresh.clone();
        for (int section = 0; section < sections; section++) {
            for (int from = 0; from < all; from++) {
                for (int to = 0; to < trained; to++) {
                    wider[(section * all + from) * all + to] =
                            from < trained ? values[(section * trained + from) * trained + to] : 0;
                }
            }
        }
        return wider;
    }

    /** Widens a matrix whose columns are channels, {@code [rows x channels]}. */
    private float[] columns(float[] values, float[] fresh, int rows) {
        float[] wider = fresh.clone();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * trained, wider, row * all, trained);
        }
        return wider;
    }

    /**
     * Widens the biases of the rates. Those of the added channels are spread evenly over the range of the random
     * network.
     */
    private float[] rateBias(float[] values, float[] fresh) {
        float[] wider = columns(values, fresh, sections);
        int added = all - trained;
        for (int section = 0; section < sections; section++) {
            for (int i = 0; i < added; i++) {
                int channel = added == 1 ? 0 : i * (all - 1) / (added - 1);
                wider[section * all + trained + i] = fresh[section * all + channel];
            }
        }
        return wider;
    }

    /** Widens a matrix from channels to atoms, {@code [sections x channels x atoms]}, with zeros for added channels. */
    private float[] withoutAdded(float[] values, int atoms) {
        float[] wider = new float[sections * all * atoms];
        for (int section = 0; section < sections; section++) {
            System.arraycopy(values, section * trained * atoms, wider, section * all * atoms, trained * atoms);
        }
        return wider;
    }
}
