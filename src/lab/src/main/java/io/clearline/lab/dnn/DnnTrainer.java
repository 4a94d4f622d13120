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
package io.clearline.lab.dnn;

import io.clearline.inference.kernel.Kernel;
import io.clearline.training.Adam;
import io.clearline.training.Parts;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.SegmentOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains the DNN baseline by Adam on a fixed set of mixtures, the same that deep NMF is trained on. The same arguments
 * give the same bits on any number of cores. Thread-confined; a step itself runs on all cores.
 */
public final class DnnTrainer {
    private static final int SEGMENTS_PER_PART = 2;

    private final TrainingPlan plan;
    private final DnnShape shape;
    private final FrameSet frames;
    private final LogInput logInput;
    private final SegmentOrder order;
    private final Parts<Scratch> parts;
    /** One gradient for each part of a step, so that their sum does not depend on the order of execution. */
    private final List<float[]> gradients = new ArrayList<>();

    private final Adam adam;
    private final float[] weights;
    private int step;

    /** Scratch memory of one thread. */
    private record Scratch(DnnGradient gradients, FrameBatch batch, float[] input) {}

    /** Starts from random weights with the seed of the plan. */
    public DnnTrainer(TrainingPlan plan, DnnShape shape, FrameSet frames, LogInput logInput, Kernel kernel) {
        this.plan = plan;
        this.shape = shape;
        this.frames = frames;
        this.logInput = logInput;
        order = new SegmentOrder(frames.segments(), plan.segments(), plan.seed());
        parts = new Parts<>(() -> {
            FrameBatch batch = frames.newBatch(SEGMENTS_PER_PART);
            return new Scratch(
                    new DnnGradient(shape, plan.objective(), kernel.products(), batch.mostColumns()),
                    batch,
                    new float[logInput.rows() * batch.mostColumns()]);
        });
        weights = shape.random(plan.seed());
        int partsOfStep = (order.segmentsPerStep() + SEGMENTS_PER_PART - 1) / SEGMENTS_PER_PART;
        for (int part = 0; part < partsOfStep; part++) {
            gradients.add(new float[weights.length]);
        }
        adam = new Adam(weights.length, plan.stepSize(), plan.steps());
    }

    /** Returns the number of steps performed. */
    public int step() {
        return step;
    }

    /** Returns whether all steps of the plan were performed. */
    public boolean isDone() {
        return step >= plan.steps();
    }

    /**
     * Performs one step.
     *
     * @return the mean loss of the step's segments before the step
     * @throws ArithmeticException if the loss is not finite
     */
    public double train() {
        int now = step++;
        int[] segments = order.ofStep(now);
        double[] losses = new double[gradients.size()];
        parts.run(losses.length, (scratch, part) -> {
            int from = part * SEGMENTS_PER_PART;
            int to = Math.min(from + SEGMENTS_PER_PART, segments.length);
            fill(scratch, Arrays.copyOfRange(segments, from, to));
            Arrays.fill(gradients.get(part), 0);
            losses[part] = scratch.gradients.add(weights, scratch.input, scratch.batch, gradients.get(part));
        });
        double loss = Arrays.stream(losses).sum();
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException(
                    "Expected a finite loss, got " + loss + " in step " + now + ". Train with a smaller step size.");
        }
        float[] gradient = mean(segments.length);
        adam.update(weights, gradient, now);
        return loss / segments.length;
    }

    /** Adds the gradients of all parts to the first, in their order, and divides by the number of segments. */
    private float[] mean(int segments) {
        float[] sum = gradients.get(0);
        for (float[] part : gradients.subList(1, gradients.size())) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= segments;
        }
        return sum;
    }

    /** Returns the mean loss over the segments of another set, each at most as long as two training segments. */
    public double loss(FrameSet others) {
        double[] losses = new double[others.segments()];
        Parts<FrameBatch> batches = new Parts<>(() -> others.newBatch(1));
        parts.run(losses.length, (scratch, segment) -> {
            FrameBatch batch = batches.take();
            others.fill(batch, new int[] {segment}, plan.objective());
            logInput.apply(batch.input(), scratch.input, batch.columns());
            losses[segment] = scratch.gradients.loss(weights, scratch.input, batch);
            batches.giveBack(batch);
        });
        return Arrays.stream(losses).sum() / losses.length;
    }

    private void fill(Scratch scratch, int[] segments) {
        frames.fill(scratch.batch, segments, plan.objective());
        logInput.apply(scratch.batch.input(), scratch.input, scratch.batch.columns());
    }

    /** Returns a copy of the current weights. */
    public float[] weights() {
        return weights.clone();
    }
}
