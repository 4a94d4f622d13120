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
 * back-propagation or by Adam on {@code W = exp(V)}. The same arguments give the same bits, on any number of cores; a
 * resumed training too. One thread calls.
 */
public final class DeepNmfTrainer implements Trainer {
    /** Segments of one part of a step: wide enough for the products, and a step has parts for several cores. */
    private static final int SEGMENTS_AT_ONCE = 2;
    /** Smallest weight that a logarithm starts from. */
    private static final float MIN_WEIGHT = 1e-6f;

    private final TrainingPlan plan;
    private final DeepNmfParameters start;
    private final int trainedSlots;
    private final TiedActivations tied;
    private final SegmentOrder order;
    private final Parts<Scratch> parts;
    /** By part of a step. */
    private final List<PartSum> sums = new ArrayList<>();

    private final Adam adam;
    private final float[] weights;
    private final float[] logarithms;
    private int step;

    /** What a thread computes with. */
    private record Scratch(DeepNmfGradient gradients, FrameBatch batch) {}

    /** What one part of a step gives. */
    private static final class PartSum {
        private final float[] gradient;
        /** Of the split form alone. */
        private final float[] minus;

        private double loss;

        PartSum(int size, boolean split) {
            gradient = new float[size];
            minus = new float[split ? size : 0];
        }
    }

    /**
     * Starts anew.
     *
     * @param start the network as it is before; its first K + 1 - C slots stay
     * @param trainedSlots C, 1 to K
     * @param tied what the slots that stay make of the training mixtures
     */
    public DeepNmfTrainer(
            TrainingPlan plan, DeepNmfParameters start, int trainedSlots, TiedActivations tied, Kernel kernel) {
        if (start.beta() != 1) {
            throw new IllegalArgumentException("The float trainer knows beta = 1 alone, not " + start.beta() + ".");
        }
        if (trainedSlots < 1 || tied.iterations() != start.iterations() + 1 - trainedSlots) {
            throw new IllegalArgumentException("To train " + trainedSlots + " slots of " + start.iterations()
                    + " iterations and a read-out, the tied activations must be those after "
                    + (start.iterations() + 1 - trainedSlots) + " iterations, not " + tied.iterations() + ".");
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
     * Goes on where a checkpoint was written.
     *
     * @throws IOException when the checkpoint is of another training
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

    private void pass(Scratch scratch, int[] segments, PartSum sum) {
        Arrays.fill(sum.gradient, 0);
        Arrays.fill(sum.minus, 0);
        tied.frames().fill(scratch.batch, segments, plan.objective());
        tied.fill(scratch.gradients.start(), segments);
        sum.loss = plan.optimiser() == Optimiser.ADAM
                ? scratch.gradients.add(weights, scratch.batch, sum.gradient)
                : scratch.gradients.addSplit(weights, scratch.batch, sum.gradient, sum.minus);
    }

    /** Adds all parts to the first, in their order. */
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
            // Where neither part says anything the weight stays.
            if (gradient[i] > 0 && minus[i] > 0) {
                double ratio = (double) minus[i] / gradient[i];
                weights[i] *= (float) (plan.stepSize() == 1 ? ratio : Math.pow(ratio, plan.stepSize()));
            } else if (gradient[i] > 0) {
                weights[i] = 0;
            }
        }
    }

    /**
     * The mean loss of the segments of another set, by the training's objective.
     *
     * @param others what the slots that stay make of them
     */
    public double loss(TiedActivations others) {
        FrameSet frames = others.frames();
        int most = SEGMENTS_AT_ONCE * tied.frames().hopsPerSegment();
        if (frames.hopsPerSegment() > most) {
            throw new IllegalArgumentException("Segments of " + frames.hopsPerSegment()
                    + " hops are longer than a part of the training's steps, " + most + ".");
        }
        double[] losses = new double[frames.segments()];
        Parts<FrameBatch> batches = new Parts<>(() -> frames.newBatch(1));
        parts.run(losses.length, (scratch, segment) -> {
            int[] one = {segment};
            FrameBatch held = batches.take();
            frames.fill(held, one, plan.objective());
            others.fill(scratch.gradients.start(), one);
            losses[segment] = scratch.gradients.loss(weights, held);
            batches.giveBack(held);
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
        // Nothing runs in the background.
    }
}
