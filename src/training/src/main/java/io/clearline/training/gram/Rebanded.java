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
package io.clearline.training.gram;

import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;

/**
 * A trained network on another set of bands: its inference dictionary is spread over the new rows so that it gives
 * nearly what it gave on the old ones. A start for training, not a finished network.
 */
final class Rebanded {
    private Rebanded() {}

    /**
     * The network for other features.
     *
     * @throws IllegalArgumentException when the features differ in more than their bands
     */
    static GramNmfParameters of(GramNmfParameters network, FeatureSpec from, FeatureSpec to) {
        if (network.inputRows() != from.inputRows(network.bins())
                || from.bands().isEmpty()
                || to.bands().isEmpty()
                || from.contextFrames() != to.contextFrames()
                || !from.level().equals(to.level())
                || !from.statistics().equals(to.statistics())) {
            throw new IllegalArgumentException("A network can be moved to other bands, but its context, level and"
                    + " statistics stay: it has " + from.contextFrames() + " frames, " + from.level() + " and "
                    + from.statistics() + ", and should get " + to.contextFrames() + ", " + to.level() + " and "
                    + to.statistics() + ".");
        }
        float[] spread = spread(from.bands().get(), to.bands().get());
        return new GramNmfParameters(
                network.sources(),
                rows(
                        network.inference(),
                        spread,
                        from.bands().get().bands(),
                        to.bands().get().bands()),
                network.scales(),
                network.grams(),
                network.sparsity(),
                network.memories(),
                network.readOut(),
                network.initialActivations());
    }

    /** Every group of rows, those of a frame or of a statistic, is spread alike. */
    private static Dictionary rows(Dictionary old, float[] spread, int oldRows, int newRows) {
        int groups = old.rows() / oldRows;
        int atoms = old.atoms();
        float[] weights = new float[groups * newRows * atoms];
        for (int group = 0; group < groups; group++) {
            for (int from = 0; from < oldRows; from++) {
                for (int to = 0; to < newRows; to++) {
                    float share = spread[from * newRows + to];
                    if (share == 0) {
                        continue;
                    }
                    int at = (group * newRows + to) * atoms;
                    for (int atom = 0; atom < atoms; atom++) {
                        weights[at + atom] += share * old.at(group * oldRows + from, atom);
                    }
                }
            }
        }
        return new Dictionary(groups * newRows, atoms, weights);
    }

    /** {@code [old bands x new bands]}: how to write an old band as a mean of new ones, by the bins they share. */
    private static float[] spread(BandMatrix old, BandMatrix now) {
        int bins = old.bins();
        float[] spread = new float[old.bands() * now.bands()];
        for (int bin = 0; bin < bins; bin++) {
            float total = 0;
            for (int to = 0; to < now.bands(); to++) {
                total += peak(now, to, bin);
            }
            for (int to = 0; to < now.bands() && total > 0; to++) {
                float share = peak(now, to, bin) / total;
                for (int from = 0; from < old.bands(); from++) {
                    spread[from * now.bands() + to] += share * old.weights()[from * bins + bin];
                }
            }
        }
        return spread;
    }

    /** A band's weight of a bin on a scale on which narrow and wide bands are equally high. */
    private static float peak(BandMatrix bands, int band, int bin) {
        float highest = 0;
        for (int i = 0; i < bands.bins(); i++) {
            highest = Math.max(highest, bands.weights()[band * bands.bins() + i]);
        }
        return bands.weights()[band * bands.bins() + bin] / highest;
    }
}
