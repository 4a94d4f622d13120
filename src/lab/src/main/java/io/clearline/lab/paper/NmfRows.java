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
package io.clearline.lab.paper;

import io.clearline.evaluation.Scores;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.training.Checkpoints;
import io.clearline.training.ModelProbe;
import io.clearline.training.Optimiser;
import io.clearline.training.Progress;
import io.clearline.training.TrainingPlan;
import io.clearline.training.deepnmf.DeepNmfTrainer;
import io.clearline.training.deepnmf.SparseDictionaries;
import io.clearline.training.deepnmf.TiedActivations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains and scores the deep NMF rows of the table. Training proceeds layer by layer: the row with C trained slots
 * starts from the trained slots of the row with C - 1 and one more dictionary of sparse NMF. Thread-confined.
 */
final class NmfRows {
    private static final int DICTIONARY_FRAMES = 6_000;
    private static final int DICTIONARY_ITERATIONS = 50;

    private final PaperPlan plan;
    private final PaperData data;
    private final Kernel kernel;
    private final Path folder;
    private SparseDictionaries dictionaries;
    private int dictionaryAtoms;

    /** @param folder folder in which the trained slots are kept for the rows that start from them */
    NmfRows(PaperPlan plan, PaperData data, Kernel kernel, Path folder) {
        this.plan = plan;
        this.data = data;
        this.kernel = kernel;
        this.folder = folder;
    }

    /**
     * Trains the network of a row with early stopping and scores it on the test mixtures. A row without trained slots
     * is scored only.
     *
     * @throws IOException if the row starts from the slots of another row that has not been trained
     */
    RowResult run(PaperRow row, Progress progress) throws IOException {
        long startNanos = System.nanoTime();
        DeepNmfParameters start = start(row);
        if (row.trainedSlots() == 0) {
            return scored(row, BestWeights.untrained(start), startNanos);
        }
        int tiedSlots = row.iterations() + 1 - row.trainedSlots();
        DeepNmfTrainer trainer = new DeepNmfTrainer(
                new TrainingPlan(
                        row.optimiser(),
                        plan.objective(),
                        plan.nmfSteps(),
                        plan.segments(),
                        row.optimiser() == Optimiser.ADAM ? plan.nmfStepSize() : plan.multiplicativeStepSize(),
                        plan.seed()),
                start,
                row.trainedSlots(),
                TiedActivations.initial(start, data.train()).after(tiedSlots, kernel, progress),
                kernel);
        TiedActivations development =
                TiedActivations.initial(start, data.development()).after(tiedSlots, kernel, progress);
        BestWeights<DeepNmfParameters> best = BestWeights.train(
                plan,
                row.id(),
                plan.nmfSteps(),
                () -> {
                    trainer.train();
                    return trainer.step();
                },
                () -> trainer.loss(development),
                trainer::network,
                progress);
        saveSlots(row, best.weights());
        return scored(row, best, startNanos);
    }

    private DeepNmfParameters start(PaperRow row) throws IOException {
        if (dictionaries == null || dictionaryAtoms != row.atomsPerSource()) {
            dictionaryAtoms = row.atomsPerSource();
            dictionaries = new SparseDictionaries(
                    new SparseDictionaries.Settings(
                            PaperPlan.STFT,
                            PaperPlan.FEATURES,
                            plan.tiedContextFrames(),
                            row.atomsPerSource(),
                            plan.sparsity(),
                            DICTIONARY_FRAMES,
                            DICTIONARY_ITERATIONS,
                            plan.seed()),
                    index -> data.mixer().draw(index, plan.segmentSamples()),
                    plan.mixtures(),
                    kernel.products());
        }
        DeepNmfParameters start = dictionaries.network(row.iterations(), row.trainedSlots(), PaperPlan.CONTEXT_FRAMES);
        if (row.predecessor() == null) {
            return start;
        }
        if (!Files.exists(slotsOf(row.predecessor()))) {
            throw new IOException("Row " + row.id() + " begins with the slots of "
                    + row.predecessor().id() + ", which is not done; run that row first.");
        }
        List<Dictionary> slots = new ArrayList<>(start.slots());
        int first = slots.size() - row.predecessor().trainedSlots();
        Checkpoints.read(slotsOf(row.predecessor()), row.predecessor().toString(), in -> {
            for (int i = first; i < slots.size(); i++) {
                float[] weights = new float[slots.get(i).weights().length];
                Checkpoints.readFloats(in, weights);
                slots.set(i, new Dictionary(slots.get(i).rows(), slots.get(i).atoms(), weights));
            }
        });
        return new DeepNmfParameters(
                start.sources(), start.beta(), start.sparsity(), slots, start.initialActivations());
    }

    private void saveSlots(PaperRow row, DeepNmfParameters network) throws IOException {
        List<Dictionary> slots = network.slots();
        Files.createDirectories(folder);
        Checkpoints.write(slotsOf(row), row.toString(), out -> {
            for (Dictionary slot : slots.subList(slots.size() - row.trainedSlots(), slots.size())) {
                Checkpoints.writeFloats(out, slot.weights());
            }
        });
    }

    private Path slotsOf(PaperRow row) {
        return folder.resolve(row.id() + ".slots");
    }

    private RowResult scored(PaperRow row, BestWeights<DeepNmfParameters> best, long startNanos) {
        DeepNmfParameters network = best.weights();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        EnhancementModel model = new EnhancementModel(
                new ModelId(row.id(), "1"),
                PaperPlan.SAMPLE_RATE_HZ,
                PaperPlan.STFT,
                PaperPlan.features(network.inputRows() / network.bins()),
                network,
                SdrCalibration.uncalibrated());
        RowScores scores = new RowScores(data.test(), () -> new ModelProbe(model, kernel)::enhance);
        List<Dictionary> slots = network.slots();
        long trained = slots.subList(slots.size() - row.trainedSlots(), slots.size()).stream()
                .mapToLong(slot -> slot.weights().length)
                .sum();
        return new RowResult(
                row.id(),
                row.title(),
                trained,
                slots.stream()
                        .distinct()
                        .mapToLong(slot -> slot.weights().length)
                        .sum(),
                best.steps(),
                best.step(),
                best.loss(),
                best.losses(),
                seconds,
                scores.snrDb(),
                scores.all(Scores::sdrInDb),
                scores.all(Scores::sdrOutDb),
                scores.all(Scores::siSdrOutDb),
                scores.all(Scores::stoiOut));
    }
}
