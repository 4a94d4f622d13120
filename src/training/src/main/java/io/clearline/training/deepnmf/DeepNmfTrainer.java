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
package io.clearline.training.deepnmf;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.training.Adam;
import io.clearline.training.Checkpoints;
import io.clearline.training.Optimiser;
import io.clearline.training.Parts;
import io.clearline.training.Trainer;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.SegmentOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains the last C slots of a Kullback-Leibler deep NMF network on a fixed set of mixtures, by multiplicative
 * back-propagation or by Adam on {@code W = exp(V)}. The result is bit-identical on any number of cores, and also if
 * the training is interrupted and resumed. Thread-confined; each step uses all cores.
 */
public final class DeepNmfTrainer implements Trainer {
    /**
     * Number of segments of one part of a step: enough columns for efficient products, few enough for several cores.
     */
    private static final int SEGMENTS_AT_ONCE = 2;
    /** Lower bound of the initial weights, whose logarithms must be finite. */
    private static final float MIN_WEIGHT = 1e-6f;

    private final TrainingPlan plan;
    private final DeepNmfParameters start;
    private final int trainedSlots;
    private final TiedActivations tied;
    private final SegmentOrder order;
    private final Parts<Scratch> parts;
    /** Results of the parts of a step. */
    private final List<PartSum> sums = new ArrayList<>();

    private final Adam adam;
    /** Weights of the trained slots, concatenated. */
    private final float[] weights;

    /** V, the logarithms of the weights; used only by Adam. */
    private final float[] logarithms;

    private int step;

    /** Working memory of a thread. */
    private record Scratch(DeepNmfGradient gradients, FrameBatch batch) {}

    /** Result of one part of a step. */
    private static final class PartSum {
        /** The gradient, or its positive terms in the split form. */
        private final float[] gradient;

        /** The negative terms; empty except in the split form. */
        private final float[] minus;

        private double loss;

        PartSum(int size, boolean split) {
            gradient = new float[size];
            minus = new float[split ? size : 0];
        }
    }

    /**
     * Creates a trainer before its first step.
     *
     * @param plan hyperparameters
     * @param start initial network; its first K + 1 - C slots are not trained
     * @param trainedSlots C, 1 to K + 1
     * @param tied activations of the training set after the slots that are not trained
     * @throws IllegalArgumentException if beta is not 1, or if the activations are not those after K + 1 - C slots
     */
    public DeepNmfTrainer(
            TrainingPlan plan, DeepNmfParameters start, int trainedSlots, TiedActivations tied, Kernel kernel) {
        if (start.beta() != 1) {
            throw new IllegalArgumentException("Deep NMF trainer: expected beta 1, found " + start.beta() + ".");
        }
        if (trainedSlots < 1 || tied.iterations() != start.iterations() + 1 - trainedSlots) {
            throw new IllegalArgumentException("Deep NMF trainer: to train " + trainedSlots + " slots of "
                    + start.iterations() + " iterations and a read-out, expected tied activations after "
                    + (start.iterations() + 1 - trainedSlots) + " iterations, found those after " + tied.iterations()
                    + ".");
        }
        this.plan = plan;
        this.start = start;
        this.trainedSlots = trainedSlots;
        this.tied = tied;
        FrameSet frames = tied.frames();
        order = new SegmentOrder(frames.segments(), plan.segments(), plan.seed());
        parts = new Parts<>(() -> {
            FrameBatch batch = frames.newBatch(SEGMENTS_AT_ONCE);
            return new Scratch(
                    new DeepNmfGradient(start, trainedSlots, plan.objective(), kernel.products(), batch.mostColumns()),
                    batch);
        });
        weights = trainedWeights();
        logarithms = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            logarithms[i] = (float) Math.log(Math.max(weights[i], MIN_WEIGHT));
        }
        int partsOfStep = (order.segmentsPerStep() + SEGMENTS_AT_ONCE - 1) / SEGMENTS_AT_ONCE;
        for (int part = 0; part < partsOfStep; part++) {
            sums.add(new PartSum(weights.length, plan.optimiser() == Optimiser.MULTIPLICATIVE));
        }
        adam = new Adam(plan.optimiser() == Optimiser.ADAM ? weights.length : 0, plan.stepSize(), plan.steps());
    }

    /**
     * Restores the state of a checkpoint.
     *
     * @throws IOException if the checkpoint belongs to another training or cannot be read
     */
    public void resume(Path checkpoint) throws IOException {
        Checkpoints.read(checkpoint, description(), in -> {
            step = in.readInt();
            Checkpoints.readFloats(in, weights);
            Checkpoints.readFloats(in, logarithms);
            adam.readFrom(in);
        });
    }

    @Override
    public void checkpoint(Path file) throws IOException {
        Checkpoints.write(file, description(), out -> {
            out.writeInt(step);
            Checkpoints.writeFloats(out, weights);
            Checkpoints.writeFloats(out, logarithms);
            adam.writeTo(out);
        });
    }

    /** Identifies the training in checkpoints; changing the text makes existing checkpoints unusable. */
    private String description() {
        FrameSet frames = tied.frames();
        return "the last " + trainedSlots + " slots, " + weights.length + " weights, of " + start.iterations()
                + " iterations on " + frames.segments() + " x " + frames.hopsPerSegment() + " hops, " + plan;
    }

    private float[] trainedWeights() {
        List<Dictionary> trained = start.slots()
                .subList(start.slots().size() - trainedSlots, start.slots().size());
        float[] all = new float
                [trained.stream().mapToInt(slot -> slot.weights().length).sum()];
        int offset = 0;
        for (Dictionary slot : trained) {
            System.arraycopy(slot.weights(), 0, all, offset, slot.weights().length);
            offset += slot.weights().length;
        }
        return all;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public boolean isDone() {
        return step >= plan.steps();
    }

    @Override
    public double train() {
        int now = step++;
        int[] segments = order.ofStep(now);
        parts.run(
                sums.size(),
                (scratch, part) -> pass(
                        scratch,
                        Arrays.copyOfRange(
                                segments,
                                part * SEGMENTS_AT_ONCE,
                                Math.min((part + 1) * SEGMENTS_AT_ONCE, segments.length)),
                        sums.get(part)));
        PartSum sum = total();
        double loss = sum.loss;
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("The loss is " + loss + " in step " + now
                    + ". Resume from the last checkpoint with a smaller step size.");
        }
        if (plan.optimiser() == Optimiser.ADAM) {
            adamStep(now, sum.gradient, segments.length);
        } else {
            multiplicativeStep(sum.gradient, sum.minus);
        }
        return loss / segments.length;
    }

    /** Computes loss and gradient of one part of a step. */
    private void pass(Scratch scratch, int[] segments, PartSum sum) {
        Arrays.fill(sum.gradient, 0);
        Arrays.fill(sum.minus, 0);
        tied.frames().fill(scratch.batch, segments, plan.objective());
        tied.fill(scratch.gradients.start(), segments);
        sum.loss = plan.optimiser() == Optimiser.ADAM
                ? scratch.gradients.add(weights, scratch.batch, sum.gradient)
                : scratch.gradients.addSplit(weights, scratch.batch, sum.gradient, sum.minus);
    }

    /** Adds all parts to the first. The fixed order makes the sum independent of the number of cores. */
    private PartSum total() {
        PartSum total = sums.get(0);
        for (PartSum part : sums.subList(1, sums.size())) {
            total.loss += part.loss;
            add(part.gradient, total.gradient);
            add(part.minus, total.minus);
        }
        return total;
    }

    private static void add(float[] values, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }

    /** Averages the gradient and applies the chain rule for {@code W = exp(V)}, {@code dE/dV = W dE/dW}. */
    private void adamStep(int now, float[] gradient, int segments) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] *= weights[i] / segments;
        }
        adam.update(logarithms, gradient, now);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(logarithms[i]);
        }
    }

    private void multiplicativeStep(float[] gradient, float[] minus) {
        for (int i = 0; i < weights.length; i++) {
            // If both parts are zero, the ratio is undefined and the weight is unchanged.
            if (gradient[i] > 0 && minus[i] > 0) {
                double ratio = (double) minus[i] / gradient[i];
                weights[i] *= (float) (plan.stepSize() == 1 ? ratio : Math.pow(ratio, plan.stepSize()));
            } else if (gradient[i] > 0) {
                weights[i] = 0;
            }
        }
    }

    /**
     * Returns the mean loss of the segments of another set, such as the development set.
     *
     * @param others activations of that set after the slots that are not trained
     * @throws IllegalArgumentException if its segments are too long for the working memory
     */
    public double loss(TiedActivations others) {
        FrameSet frames = others.frames();
        int maxHops = SEGMENTS_AT_ONCE * tied.frames().hopsPerSegment();
        if (frames.hopsPerSegment() > maxHops) {
            throw new IllegalArgumentException("Expected segments of at most " + maxHops
                    + " hops, twice the length of those of the training, found " + frames.hopsPerSegment() + ".");
        }
        double[] losses = new double[frames.segments()];
        Parts<FrameBatch> batches = new Parts<>(() -> frames.newBatch(1));
        parts.run(losses.length, (scratch, segment) -> {
            int[] one = {segment};
            FrameBatch batch = batches.take();
            frames.fill(batch, one, plan.objective());
            others.fill(scratch.gradients.start(), one);
            losses[segment] = scratch.gradients.loss(weights, batch);
            batches.giveBack(batch);
        });
        return Arrays.stream(losses).sum() / frames.segments();
    }

    @Override
    public DeepNmfParameters network() {
        List<Dictionary> slots =
                new ArrayList<>(start.slots().subList(0, start.slots().size() - trainedSlots));
        int offset = 0;
        for (Dictionary slot : start.slots().subList(slots.size(), start.slots().size())) {
            int length = slot.weights().length;
            slots.add(new Dictionary(slot.rows(), slot.atoms(), Arrays.copyOfRange(weights, offset, offset + length)));
            offset += length;
        }
        return new DeepNmfParameters(
                start.sources(), start.beta(), start.sparsity(), slots, start.initialActivations());
    }

    @Override
    public void close() {
        // There are no background threads.
    }
}
