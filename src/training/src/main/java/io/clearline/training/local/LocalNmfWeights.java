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

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.RowGroups;
import io.clearline.inference.network.Source;
import io.clearline.training.LocalShape;
import io.clearline.training.Recipe;
import io.clearline.training.segments.SegmentGradient;
import io.clearline.training.segments.SegmentLoss;
import io.clearline.training.segments.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of the parameters of a local network in one array. The dictionaries and the weights of the bins are
 * trained as logarithms, so that every step of the optimiser keeps them positive; all other parameters are the weights
 * themselves. Immutable and thread-safe after construction.
 *
 * <p>The symbols are those of {@link LocalNmfParameters}.
 */
public final class LocalNmfWeights implements TrainedNetwork {

    /** Lower bound of weights whose logarithms are trained. */
    private static final float MIN_WEIGHT = 1e-12f;

    /**
     * The location of a tensor in the array.
     *
     * @param at offset
     * @param length number of values
     */
    record Part(int at, int length) {

        /** Returns the offset after the last value. */
        int end() {
            return at + length;
        }

        /** Returns a copy of the tensor. */
        float[] of(float[] all) {
            return Arrays.copyOfRange(all, at, end());
        }

        /**
         * Copies a tensor into the array.
         *
         * @throws IllegalArgumentException if its length differs
         */
        void put(float[] tensor, float[] all) {
            if (tensor.length != length) {
                throw new IllegalArgumentException(
                        "expected a tensor of " + length + " values, found " + tensor.length);
            }
            System.arraycopy(tensor, 0, all, at, length);
        }
    }

    /** Locations of the tensors of a block. */
    record BlockParts(
            Part rate, Part rateBias, Part candidate, Part candidateBias, Part mixing, Part mixingBias, Part update) {

        /** Copies the tensors of a block into the array. */
        void put(LocalNmfParameters.Block block, float[] all) {
            rate.put(block.rate(), all);
            rateBias.put(block.rateBias(), all);
            candidate.put(block.candidate(), all);
            candidateBias.put(block.candidateBias(), all);
            mixing.put(block.mixing(), all);
            mixingBias.put(block.mixingBias(), all);
            update.put(block.update(), all);
        }
    }

    /**
     * Locations of the tensors of a source.
     *
     * @param inference A of its atoms, {@code [sections x channels x atoms]}
     * @param bias a0 of its atoms, {@code [sections x atoms]}
     * @param dictionary D, transposed, {@code [sections x atoms x width]}
     */
    record SourceParts(Part inference, Part bias, Part dictionary) {}

    final RowGroups groups;
    final int kinds;
    final int channels;
    final int bins;
    final int speechAtoms;
    final int noiseAtoms;
    /** Centre of each row in bins, {@code [rows]}. */
    final float[] rowBins;

    final Part embedding;
    final Part places;
    final List<BlockParts> blocks = new ArrayList<>();
    final SourceParts speech;
    final SourceParts noise;
    final Part binWeights;
    private int size;

    /** Creates the layout for the shape of a recipe. */
    public LocalNmfWeights(Recipe recipe) {
        LocalShape local = recipe.local();
        bins = recipe.stft().bins();
        int rows = recipe.features().frameRows(bins);
        groups = new RowGroups(rows, local.groups(), local.groupRows(), local.sections());
        kinds = recipe.features().inputRows(bins) / rows;
        channels = local.channels();
        speechAtoms = recipe.speechAtoms();
        noiseAtoms = recipe.noiseAtoms();
        rowBins = recipe.features().bands().map(LocalNmfWeights::centres).orElseGet(() -> bins(rows));
        int sections = groups.sections();
        embedding = next(sections * kinds * groups.width() * channels);
        places = next(groups.groups() * channels);
        for (int i = 0; i < recipe.layers(); i++) {
            blocks.add(new BlockParts(
                    next(sections * channels * channels),
                    next(sections * channels),
                    next(sections * channels * channels),
                    next(sections * channels),
                    next(groups.groups() * groups.groups()),
                    next(groups.groups() * channels),
                    next(sections * channels * channels)));
        }
        speech = source(speechAtoms);
        noise = source(noiseAtoms);
        binWeights = next(bins);
    }

    /** Allocates the next tensor. */
    private Part next(int length) {
        Part part = new Part(size, length);
        size += length;
        return part;
    }

    private SourceParts source(int atoms) {
        int sections = groups.sections();
        return new SourceParts(
                next(sections * channels * atoms), next(sections * atoms), next(sections * atoms * groups.width()));
    }

    /** Returns the weighted mean bin of each band. */
    private static float[] centres(BandMatrix bands) {
        float[] centres = new float[bands.bands()];
        for (int band = 0; band < centres.length; band++) {
            double weighted = 0;
            double sum = 0;
            for (int bin = 0; bin < bands.bins(); bin++) {
                double weight = bands.weights()[band * bands.bins() + bin];
                weighted += weight * bin;
                sum += weight;
            }
            centres[band] = (float) (weighted / sum);
        }
        return centres;
    }

    /** Returns the numbers of the bins, the centres of rows that are bins. */
    private static float[] bins(int count) {
        float[] bins = new float[count];
        for (int bin = 0; bin < count; bin++) {
            bins[bin] = bin;
        }
        return bins;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public float[] weights(float[] parameters) {
        float[] weights = parameters.clone();
        for (Part part : positive()) {
            for (int i = part.at(); i < part.end(); i++) {
                weights[i] = (float) Math.exp(weights[i]);
            }
        }
        return weights;
    }

    /** Returns the tensors that are trained as logarithms. */
    List<Part> positive() {
        return List.of(speech.dictionary(), noise.dictionary(), binWeights);
    }

    @Override
    public SegmentGradient gradient(Kernel kernel, SegmentLoss loss, int columns, int hopsPerSegment) {
        return new LocalNmfGradient(this, kernel.products(), loss, columns, hopsPerSegment);
    }

    @Override
    public LocalNmfParameters network(float[] parameters) {
        float[] weights = weights(parameters);
        List<LocalNmfParameters.Block> made = new ArrayList<>();
        for (BlockParts block : blocks) {
            made.add(new LocalNmfParameters.Block(
                    block.rate().of(weights),
                    block.rateBias().of(weights),
                    block.candidate().of(weights),
                    block.candidateBias().of(weights),
                    block.mixing().of(weights),
                    block.mixingBias().of(weights),
                    block.update().of(weights)));
        }
        return new LocalNmfParameters(
                List.of(new Source("speech", speechAtoms), new Source("noise", noiseAtoms)),
                groups,
                kinds,
                channels,
                embedding.of(weights),
                places.of(weights),
                made,
                sideBySide(speech.inference().of(weights), noise.inference().of(weights), groups.sections() * channels),
                sideBySide(speech.bias().of(weights), noise.bias().of(weights), groups.sections()),
                dictionaries(weights),
                rowBins,
                binWeights.of(weights));
    }

    /**
     * Sets parameters to those of a network, the inverse of {@link #network}. The parameters of blocks that the network
     * does not have are unchanged.
     *
     * @throws IllegalArgumentException if the shape of the network differs in other respects
     */
    void put(LocalNmfParameters trained, float[] parameters) {
        embedding.put(trained.embedding(), parameters);
        places.put(trained.places(), parameters);
        if (trained.blocks().size() > blocks.size()) {
            throw new IllegalArgumentException("expected at most " + blocks.size() + " blocks, found "
                    + trained.blocks().size());
        }
        for (int i = 0; i < trained.blocks().size(); i++) {
            blocks.get(i).put(trained.blocks().get(i), parameters);
        }
        put(trained, speech, 0, speechAtoms, parameters);
        put(trained, noise, speechAtoms, noiseAtoms, parameters);
        binWeights.put(trained.binWeights(), parameters);
        for (Part part : positive()) {
            for (int i = part.at(); i < part.end(); i++) {
                parameters[i] = (float) Math.log(Math.max(parameters[i], MIN_WEIGHT));
            }
        }
    }

    /** Sets the parameters of one source, whose atoms start at {@code first}. */
    private void put(LocalNmfParameters trained, SourceParts source, int first, int count, float[] parameters) {
        if (trained.speechAtoms() != speechAtoms || trained.atoms() != speechAtoms + noiseAtoms) {
            throw new IllegalArgumentException("expected " + speechAtoms + " and " + noiseAtoms + " atoms, found "
                    + trained.speechAtoms() + " and " + (trained.atoms() - trained.speechAtoms()));
        }
        int rows = groups.sections() * channels;
        source.inference().put(columns(trained.inference(), rows, first, count), parameters);
        source.bias().put(columns(trained.inferenceBias(), groups.sections(), first, count), parameters);
        for (int section = 0; section < groups.sections(); section++) {
            Dictionary dictionary = trained.dictionaries().get(section);
            for (int row = 0; row < groups.width(); row++) {
                for (int atom = first; atom < first + count; atom++) {
                    parameters[dictionaryIndex(section, row, atom)] = dictionary.at(row, atom);
                }
            }
        }
    }

    /** Returns some columns of a row-major matrix. */
    private static float[] columns(float[] matrix, int rows, int first, int count) {
        float[] columns = new float[rows * count];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(matrix, row * (matrix.length / rows) + first, columns, row * count, count);
        }
        return columns;
    }

    /** Returns the dictionaries of the sections, with the atoms of both sources. */
    private List<Dictionary> dictionaries(float[] weights) {
        int atoms = speechAtoms + noiseAtoms;
        int width = groups.width();
        List<Dictionary> dictionaries = new ArrayList<>();
        for (int section = 0; section < groups.sections(); section++) {
            float[] values = new float[width * atoms];
            for (int row = 0; row < width; row++) {
                for (int atom = 0; atom < atoms; atom++) {
                    values[row * atoms + atom] = weights[dictionaryIndex(section, row, atom)];
                }
            }
            dictionaries.add(new Dictionary(width, atoms, values));
        }
        return dictionaries;
    }

    /** Returns the index of one row of one atom, counted over both sources. */
    private int dictionaryIndex(int section, int row, int atom) {
        return atom < speechAtoms
                ? speech.dictionary().at() + (section * speechAtoms + atom) * groups.width() + row
                : noise.dictionary().at() + (section * noiseAtoms + atom - speechAtoms) * groups.width() + row;
    }

    /** Joins two row-major matrices of the same number of rows. */
    private static float[] sideBySide(float[] left, float[] right, int rows) {
        int leftColumns = left.length / rows;
        int rightColumns = right.length / rows;
        float[] both = new float[left.length + right.length];
        for (int row = 0; row < rows; row++) {
            int to = row * (leftColumns + rightColumns);
            System.arraycopy(left, row * leftColumns, both, to, leftColumns);
            System.arraycopy(right, row * rightColumns, both, to + leftColumns, rightColumns);
        }
        return both;
    }
}
