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
 * Trains a network end to end with Adam on mixtures that are drawn on the fly. The mixtures of a step depend only on
 * its number, so that an interrupted and resumed run is bit-identical to an uninterrupted one. A background thread
 * draws the mixtures of the next step during the current one. If the recipe reuses mixtures, each step replaces only
 * some of them. Thread-confined; each step uses all cores, and the result does not depend on their number.
 */
public final class SegmentTrainer implements Trainer {
    /** Number of columns at which matrix products reach their full speed. */
    private static final int WIDE_HOPS = 200;

    private final Recipe recipe;
    private final Mixer mixer;
    private final TrainedNetwork shape;
    private final Parts<SegmentGradient> parts;
    /** Gradients of the parts of a step. */
    private final float[][] gradients;

    private final Adam adam;
    private final float[] parameters;
    /** Exponential moving average of the parameters; null without averaging. */
    private final float[] averages;

    private final ExecutorService preparer;

    /** Batches of the current step. */
    private final List<SegmentBatch> current;

    /**
     * Batches that the preparer fills for the next step; {@link #swap} exchanges them with those of the current one.
     */
    private final List<SegmentBatch> next;

    /** Completes when the replaced batches of the next step are filled. */
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

    /** Creates the tool of a thread. */
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
     * Creates a trainer before its first step.
     *
     * @param shape the network
     * @param parameters initial parameters; modified by the training
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
     * Restores a trainer from a checkpoint.
     *
     * @param shape the network
     * @throws IOException if the checkpoint cannot be read or belongs to another recipe. The number of steps may differ
     *     as long as the step size has not begun to decline
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

    /** Identifies the training in checkpoints: the recipe without its number of steps. */
    private static String trainingOf(Recipe recipe) {
        return recipe.withSteps(0).toString();
    }

    private void requireSameSteps(Path checkpoint, int steps) throws IOException {
        if (!recipe.continues(recipe.withSteps(steps), step)) {
            throw new IOException("Checkpoint " + checkpoint + " belongs to a training of " + steps + " steps, not of "
                    + recipe.steps() + ", and its step size, after " + step + " steps, already depends on that number."
                    + " Use another folder, or delete the checkpoint.");
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

    /**
     * Updates the moving average. Its decay is lower in the first steps; otherwise the initial values would dominate.
     */
    private void average(int now) {
        if (averages == null) {
            return;
        }
        float share = (float) (1 - Math.min(recipe.method().averaging(), (1.0 + now) / (10.0 + now)));
        for (int i = 0; i < averages.length; i++) {
            averages[i] += share * (parameters[i] - averages[i]);
        }
    }

    /** Returns the loss, and leaves the gradient in that of the first part. The parts are added in a fixed order. */
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

    /** Divides a step into equal parts: wide enough for efficient products, and enough of them for several cores. */
    private List<SegmentBatch> batches() {
        List<SegmentBatch> batches = new ArrayList<>();
        boolean narrow = recipe.segmentSamples() / recipe.hopSamples() < WIDE_HOPS;
        int atOnce = narrow && recipe.segments() % 2 == 0 ? 2 : 1;
        for (int first = 0; first < recipe.segments(); first += atOnce) {
            batches.add(new SegmentBatch(recipe, first, atOnce));
        }
        return batches;
    }

    /** Returns whether a step replaces a part. The parts take turns; each is used for {@code reuse} steps. */
    private boolean isReplaced(int part, int inStep) {
        return (inStep + part) % recipe.method().reuse() == 0;
    }

    private void swap(int part) {
        SegmentBatch used = current.get(part);
        current.set(part, next.get(part));
        next.set(part, used);
    }

    /** Draws the mixtures of the next step, including those that it reuses from earlier steps. */
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

    /** Starts drawing the mixtures that the next step replaces. */
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
