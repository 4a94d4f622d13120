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

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.training.Adam;
import io.clearline.training.Checkpoints;
import io.clearline.training.Parts;
import io.clearline.training.Recipe;
import io.clearline.training.Trainer;
import io.clearline.training.mixing.Mixer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Trains a Gram network end to end. Each step's mixtures are drawn by its number, so a run that was stopped and resumed
 * gives the bytes of an unbroken one. The next step's mixtures are made while this one is computed. Uses all cores,
 * with the same bits on any number of them. One thread calls.
 */
public final class GramTrainer implements Trainer {
    private final Recipe recipe;
    private final Mixer mixer;
    private final GramWeights shape;
    private final Parts<GramGradient> parts;
    /** By part of a step. */
    private final float[][] gradients;

    private final Adam adam;
    private final float[] logarithms;
    private final ExecutorService preparer;
    private List<TrainingBatch> current;
    private List<TrainingBatch> next;
    private CompletableFuture<Void> nextReady;
    private int step;

    private GramTrainer(Recipe recipe, Mixer mixer, Kernel kernel, float[] logarithms) {
        this.recipe = recipe;
        this.mixer = mixer;
        this.logarithms = logarithms;
        shape = new GramWeights(recipe);
        current = batches();
        next = batches();
        TrainingBatch widest = current.get(0);
        parts = new Parts<>(
                () -> new GramGradient(shape, kernel.products(), widest.columns(), widest.hopsPerSegment()));
        gradients = new float[current.size()][shape.size()];
        adam = new Adam(shape.size(), recipe.stepSize(), recipe.steps());
        preparer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "mixtures");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts anew, from sparse NMF. */
    public static GramTrainer start(Recipe recipe, Mixer mixer, Kernel kernel) {
        GramTrainer trainer =
                new GramTrainer(recipe, mixer, kernel, new SparseStart(recipe, kernel.products()).weights(mixer));
        trainer.prepareNext();
        return trainer;
    }

    /**
     * Starts from trained networks side by side, with as many atoms or a multiple.
     *
     * @throws IllegalArgumentException when they and the recipe's network differ in more than the number of atoms
     */
    public static GramTrainer startFrom(Recipe recipe, Mixer mixer, Kernel kernel, List<GramNmfParameters> trained) {
        float[] logarithms = new WidenedStart(new GramWeights(recipe), SideBySide.of(trained)).weights(recipe.seed());
        GramTrainer trainer = new GramTrainer(recipe, mixer, kernel, logarithms);
        trainer.prepareNext();
        return trainer;
    }

    /**
     * Goes on where a checkpoint was written.
     *
     * @throws IOException when the checkpoint is of another recipe
     */
    public static GramTrainer resume(Recipe recipe, Mixer mixer, Kernel kernel, Path checkpoint) throws IOException {
        GramTrainer trainer = new GramTrainer(recipe, mixer, kernel, new float[new GramWeights(recipe).size()]);
        Checkpoints.read(checkpoint, recipe.toString(), in -> {
            trainer.step = in.readInt();
            Checkpoints.readFloats(in, trainer.logarithms);
            trainer.adam.readFrom(in);
        });
        trainer.prepareNext();
        return trainer;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public boolean isDone() {
        return step >= recipe.steps();
    }

    @Override
    public double train() {
        nextReady.join();
        List<TrainingBatch> ready = next;
        next = current;
        current = ready;
        int now = step++;
        prepareNext();
        double loss = compute();
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("The loss is " + loss + " in step " + now
                    + ". Resume from the last checkpoint with a smaller step size.");
        }
        adam.update(logarithms, gradients[0], now);
        return loss;
    }

    /** Loss and gradient, the latter in the first part's place: parts are added in their order. */
    private double compute() {
        float[] weights = GramWeights.exp(logarithms);
        double[] losses = new double[gradients.length];
        parts.run(losses.length, (tool, part) -> {
            losses[part] = tool.compute(weights, current.get(part), gradients[part]);
        });
        for (int part = 1; part < gradients.length; part++) {
            for (int i = 0; i < gradients[0].length; i++) {
                gradients[0][i] += gradients[part][i];
            }
        }
        for (int i = 0; i < gradients[0].length; i++) {
            gradients[0][i] /= gradients.length;
        }
        return Arrays.stream(losses).average().orElseThrow();
    }

    /** The parts of a step, all alike: wide enough for the products, and enough of them for several cores. */
    private List<TrainingBatch> batches() {
        List<TrainingBatch> batches = new ArrayList<>();
        int atOnce = recipe.segments() % 2 == 0 ? 2 : 1;
        for (int first = 0; first < recipe.segments(); first += atOnce) {
            batches.add(new TrainingBatch(recipe, first, atOnce));
        }
        return batches;
    }

    private void prepareNext() {
        int upcoming = step;
        List<TrainingBatch> target = next;
        nextReady = CompletableFuture.runAsync(() -> target.forEach(batch -> batch.fill(mixer, upcoming)), preparer);
    }

    @Override
    public GramNmfParameters network() {
        return shape.network(logarithms);
    }

    @Override
    public void checkpoint(Path file) throws IOException {
        Checkpoints.write(file, recipe.toString(), out -> {
            out.writeInt(step);
            Checkpoints.writeFloats(out, logarithms);
            adam.writeTo(out);
        });
    }

    @Override
    public void close() {
        preparer.shutdownNow();
    }
}
