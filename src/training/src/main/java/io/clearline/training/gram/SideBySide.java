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

import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Several networks of the same input as one: their atoms side by side, none of which sees those of another, and the sum
 * of what they read out. The first source is the speech of all, the second the noise of all.
 */
final class SideBySide {
    private final List<GramNmfParameters> networks;
    private final GramNmfParameters first;
    private final int speechAtoms;
    private final int atoms;
    private final int[][] places;

    private SideBySide(List<GramNmfParameters> networks) {
        this.networks = networks;
        first = networks.get(0);
        speechAtoms = networks.stream().mapToInt(GramNmfParameters::speechAtoms).sum();
        atoms = networks.stream().mapToInt(GramNmfParameters::atoms).sum();
        places = places();
    }

    /** @throws IllegalArgumentException when the networks differ in more than the number of atoms */
    static GramNmfParameters of(List<GramNmfParameters> networks) {
        GramNmfParameters first = networks.get(0);
        for (GramNmfParameters each : networks) {
            if (each.inputRows() != first.inputRows()
                    || each.bins() != first.bins()
                    || each.iterations() != first.iterations()
                    || each.memories().size() != first.memories().size()) {
                throw new IllegalArgumentException("Networks side by side need the same input rows, bins, layers and"
                        + " memories, but one has " + shape(first) + " and another " + shape(each) + ".");
            }
        }
        return networks.size() == 1 ? first : new SideBySide(networks).network();
    }

    private static String shape(GramNmfParameters network) {
        return network.inputRows() + ", " + network.bins() + ", " + network.iterations() + " and "
                + network.memories().size();
    }

    private GramNmfParameters network() {
        List<float[]> scales = new ArrayList<>();
        List<float[]> grams = new ArrayList<>();
        List<GramNmfParameters.Memory> memories = new ArrayList<>();
        for (int k = 0; k < first.iterations(); k++) {
            int layer = k;
            scales.add(vector(each -> scaled(each.scales().get(layer), balance(each, layer))));
            grams.add(square(each -> scaled(each.grams().get(layer), balance(each, layer))));
            if (layer > 0 && !first.memories().isEmpty()) {
                memories.add(new GramNmfParameters.Memory(
                        square(each -> scaled(each.memories().get(layer - 1).excitation(), balance(each, layer))),
                        square(each -> scaled(each.memories().get(layer - 1).inhibition(), balance(each, layer))),
                        vector(each -> each.memories().get(layer - 1).rates())));
            }
        }
        return new GramNmfParameters(
                List.of(new Source("speech", speechAtoms), new Source("noise", atoms - speechAtoms)),
                dictionary(GramNmfParameters::inference),
                scales,
                grams,
                first.sparsity(),
                memories,
                dictionary(GramNmfParameters::readOut),
                vector(GramNmfParameters::initialActivations));
    }

    /**
     * All share one sparsity term: numerator and denominator of a layer, both times this, give the same with the first
     * network's.
     */
    private float balance(GramNmfParameters network, int layer) {
        float own = network.sparsity()[layer];
        return own == 0 ? 1 : first.sparsity()[layer] / own;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private float[] vector(Function<GramNmfParameters, float[]> part) {
        float[] all = new float[atoms];
        forEachNetwork((network, place) -> {
            float[] own = part.apply(network);
            for (int i = 0; i < place.length; i++) {
                all[place[i]] = own[i];
            }
        });
        return all;
    }

    private float[] square(Function<GramNmfParameters, float[]> part) {
        float[] all = new float[atoms * atoms];
        forEachNetwork((network, place) -> {
            float[] own = part.apply(network);
            for (int i = 0; i < place.length; i++) {
                for (int j = 0; j < place.length; j++) {
                    all[place[i] * atoms + place[j]] = own[i * place.length + j];
                }
            }
        });
        return all;
    }

    private Dictionary dictionary(Function<GramNmfParameters, Dictionary> part) {
        int rows = part.apply(first).rows();
        float[] all = new float[rows * atoms];
        forEachNetwork((network, place) -> {
            float[] own = part.apply(network).weights();
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < place.length; i++) {
                    all[row * atoms + place[i]] = own[row * place.length + i];
                }
            }
        });
        return new Dictionary(rows, atoms, all);
    }

    /** Visits each network with the places of its atoms among all. */
    private void forEachNetwork(BiConsumer<GramNmfParameters, int[]> visitor) {
        for (int n = 0; n < networks.size(); n++) {
            visitor.accept(networks.get(n), places[n]);
        }
    }

    /** Where the atoms of each network stand: speech among the speech, noise among the noise. */
    private int[][] places() {
        int[][] places = new int[networks.size()][];
        int nextSpeech = 0;
        int nextNoise = speechAtoms;
        for (int n = 0; n < places.length; n++) {
            int ownSpeech = networks.get(n).speechAtoms();
            places[n] = new int[networks.get(n).atoms()];
            for (int i = 0; i < places[n].length; i++) {
                places[n][i] = i < ownSpeech ? nextSpeech++ : nextNoise++;
            }
        }
        return places;
    }
}
