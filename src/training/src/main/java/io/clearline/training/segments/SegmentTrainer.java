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
package io.clearline.training.segments;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.network.NetworkParameters;
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
 * Trains a network end to end. Each step's mixtures are drawn by its number, so a run that was stopped and resumed
 * gives the bytes of an unbroken one. The next step's mixtures are made while this one is computed. Where mixtures are
 * used again, each step replaces some of them. Uses all cores, with the same bits on any number of them. One thread
 * calls.
 */
public final class SegmentTrainer implements Trainer {
    /** Columns from which on the products run at full speed. */
    private static final int WIDE_HOPS = 200;

    private final Recipe recipe;
    private final Mixer mixer;
    private final TrainedNetwork shape;
    private final Parts<SegmentGradient> parts;
    /** By part of a step. */
    private final float[][] gradients;

    private final Adam adam;
    private final float[] parameters;
    /** Their running mean; null without. */
    private final float[] averages;

    private final ExecutorService preparer;
    private final List<SegmentBatch> current;
    /** Those of {@link #current} that the next step replaces. */
    private final List<SegmentBatch> next;

    private CompletableFuture<Void> nextReady;
    private int step;

    private SegmentTrainer(Recipe recipe, Mixer mixer, Kernel kernel, TrainedNetwork shape, float[] parameters) {
        this.recipe = recipe;
        this.mixer = mixer;
        this.parameters = parameters;
        this.shape = shape;
        current = batches();
        next = batches();
        averages = recipe.method().averaging() == 0 ? null : new float[parameters.length];
        parts = new Parts<>(() -> gradient(kernel));
        gradients = new float[current.size()][shape.size()];
        adam = new Adam(
                shape.size(),
                recipe.stepSize(),
                recipe.steps(),
                recipe.method().steadySteps(recipe.steps()),
                recipe.method().epsilon());
        preparer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "mixtures");
            thread.setDaemon(true);
            return thread;
        });
    }

    private SegmentGradient gradient(Kernel kernel) {
        SegmentBatch batch = current.get(0);
        double binHz = (double) recipe.sampleRateHz() / recipe.windowSamples();
        double hopsPerSecond = (double) recipe.sampleRateHz() / recipe.hopSamples();
        SegmentLoss loss = new SegmentLoss(
                recipe.method().loss(),
                recipe.stft().bins(),
                binHz,
                hopsPerSecond,
                batch.columns(),
                batch.hopsPerSegment());
        return shape.gradient(kernel, loss, batch.columns(), batch.hopsPerSegment());
    }

    /**
     * Begins with step 0.
     *
     * @param parameters that the network starts from; changed by the training
     */
    public static SegmentTrainer start(
            Recipe recipe, Mixer mixer, Kernel kernel, TrainedNetwork shape, float[] parameters) {
        SegmentTrainer trainer = new SegmentTrainer(recipe, mixer, kernel, shape, parameters);
        if (trainer.averages != null) {
            System.arraycopy(parameters, 0, trainer.averages, 0, parameters.length);
        }
        trainer.prepareFirst();
        return trainer;
    }

    /**
     * Goes on where a checkpoint was written.
     *
     * @throws IOException when the checkpoint is of another recipe; the number of steps may be another one as long as
     *     the step size has not begun to decline
     */
    public static SegmentTrainer resume(
            Recipe recipe, Mixer mixer, Kernel kernel, TrainedNetwork shape, Path checkpoint) throws IOException {
        SegmentTrainer trainer = new SegmentTrainer(recipe, mixer, kernel, shape, new float[shape.size()]);
        Checkpoints.read(checkpoint, trainingOf(recipe), in -> {
            trainer.step = in.readInt();
            trainer.requireSameSteps(checkpoint, in.readInt());
            Checkpoints.readFloats(in, trainer.parameters);
            trainer.adam.readFrom(in);
            if (trainer.averages != null) {
                Checkpoints.readFloats(in, trainer.averages);
            }
        });
        trainer.prepareFirst();
        return trainer;
    }

    /** The recipe but for the number of its steps. */
    private static String trainingOf(Recipe recipe) {
        return recipe.withSteps(0).toString();
    }

    private void requireSameSteps(Path checkpoint, int steps) throws IOException {
        if (!recipe.continues(recipe.withSteps(steps), step)) {
            throw new IOException("Checkpoint " + checkpoint + " belongs to a training of " + steps + " steps, not of "
                    + recipe.steps() + ", and after " + step + " steps the step size has been made for that number."
                    + " Train into another folder, or delete the checkpoint.");
        }
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
        for (int part = 0; part < current.size(); part++) {
            if (isReplaced(part, step)) {
                swap(part);
            }
        }
        int now = step++;
        prepareNext();
        double loss = compute();
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("The loss is " + loss + " in step " + now
                    + ". Resume from the last checkpoint with a smaller step size.");
        }
        adam.update(parameters, gradients[0], now);
        average(now);
        return loss;
    }

    /** Young averages forget faster: at first they would hold little but the start. */
    private void average(int now) {
        if (averages == null) {
            return;
        }
        float share = (float) (1 - Math.min(recipe.method().averaging(), (1.0 + now) / (10.0 + now)));
        for (int i = 0; i < averages.length; i++) {
            averages[i] += share * (parameters[i] - averages[i]);
        }
    }

    /** Loss and gradient, the latter in the first part's place: parts are added in their order. */
    private double compute() {
        float[] weights = shape.weights(parameters);
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
    private List<SegmentBatch> batches() {
        List<SegmentBatch> batches = new ArrayList<>();
        boolean narrow = recipe.segmentSamples() / recipe.hopSamples() < WIDE_HOPS;
        int atOnce = narrow && recipe.segments() % 2 == 0 ? 2 : 1;
        for (int first = 0; first < recipe.segments(); first += atOnce) {
            batches.add(new SegmentBatch(recipe, first, atOnce));
        }
        return batches;
    }

    /** Parts take turns: each stays for as many steps as the recipe uses a mixture. */
    private boolean isReplaced(int part, int inStep) {
        return (inStep + part) % recipe.method().reuse() == 0;
    }

    private void swap(int part) {
        SegmentBatch used = current.get(part);
        current.set(part, next.get(part));
        next.set(part, used);
    }

    /** Also draws again what earlier steps drew and the next one still uses. */
    private void prepareFirst() {
        int upcoming = step;
        for (int part = 0; part < current.size(); part++) {
            int drawn = upcoming;
            while (drawn > 0 && !isReplaced(part, drawn)) {
                drawn--;
            }
            if (drawn < upcoming || !isReplaced(part, drawn)) {
                current.get(part).fill(mixer, drawn);
            }
        }
        prepareNext();
    }

    private void prepareNext() {
        int upcoming = step;
        List<SegmentBatch> target = List.copyOf(next);
        nextReady = CompletableFuture.runAsync(
                () -> {
                    for (int part = 0; part < target.size(); part++) {
                        if (isReplaced(part, upcoming)) {
                            target.get(part).fill(mixer, upcoming);
                        }
                    }
                },
                preparer);
    }

    @Override
    public NetworkParameters network() {
        return shape.network(averages == null ? parameters : averages);
    }

    @Override
    public void checkpoint(Path file) throws IOException {
        Checkpoints.write(file, trainingOf(recipe), out -> {
            out.writeInt(step);
            out.writeInt(recipe.steps());
            Checkpoints.writeFloats(out, parameters);
            adam.writeTo(out);
            if (averages != null) {
                Checkpoints.writeFloats(out, averages);
            }
        });
    }

    @Override
    public void close() {
        preparer.shutdownNow();
    }
}
