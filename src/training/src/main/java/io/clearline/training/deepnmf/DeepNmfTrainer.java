package io.clearline.training.deepnmf;

import io.clearline.training.Adam;
import io.clearline.training.Checkpoints;
import io.clearline.training.Optimiser;
import io.clearline.training.Trainer;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.SegmentOrder;
import io.clearline.unfolding.kernel.MatrixProducts;
import io.clearline.unfolding.network.DeepNmfParameters;
import io.clearline.unfolding.network.Dictionary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains the last C slots of a Kullback-Leibler deep NMF network on a fixed set of mixtures, by multiplicative back-propagation or by Adam on
 * {@code W = exp(V)}. The same arguments give the same bits; a resumed training too. One thread calls.
 */
public final class DeepNmfTrainer implements Trainer {
    private static final int SEGMENTS_AT_ONCE = 4;
    /** Smallest weight that a logarithm starts from. */
    private static final float LEAST_WEIGHT = 1e-6f;

    private final TrainingPlan plan;
    private final DeepNmfParameters start;
    private final int trainedSlots;
    private final TiedActivations tied;
    private final SegmentOrder order;
    private final DeepNmfGradient gradients;
    private final FrameBatch batch;
    private final Adam adam;
    private final float[] weights;
    private final float[] logarithms;
    private final float[] gradient;
    private final float[] minus;
    private int step;

    /**
     * Starts anew.
     *
     * @param start the network as it is before; its first K + 1 - C slots stay
     * @param trainedSlots C, 1 to K
     * @param tied what the slots that stay make of the training mixtures
     */
    public DeepNmfTrainer(
            TrainingPlan plan,
            DeepNmfParameters start,
            int trainedSlots,
            TiedActivations tied,
            MatrixProducts products) {
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
        batch = frames.newBatch(Math.min(SEGMENTS_AT_ONCE, plan.segments()));
        gradients = new DeepNmfGradient(start, trainedSlots, plan.objective(), products, batch.mostColumns());
        weights = trainedWeights();
        logarithms = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            logarithms[i] = (float) Math.log(Math.max(weights[i], LEAST_WEIGHT));
        }
        gradient = new float[weights.length];
        minus = new float[plan.optimiser() == Optimiser.MULTIPLICATIVE ? weights.length : 0];
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
        float[] all = new float[gradients.size()];
        int offset = 0;
        for (Dictionary slot : start.slots()
                .subList(start.slots().size() - trainedSlots, start.slots().size())) {
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
        Arrays.fill(gradient, 0);
        Arrays.fill(minus, 0);
        double loss = 0;
        for (int first = 0; first < segments.length; first += SEGMENTS_AT_ONCE) {
            loss += pass(Arrays.copyOfRange(segments, first, Math.min(first + SEGMENTS_AT_ONCE, segments.length)));
        }
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("The loss is " + loss + " in step " + now
                    + ". Resume from the last checkpoint with a smaller step size.");
        }
        if (plan.optimiser() == Optimiser.ADAM) {
            adamStep(now, segments.length);
        } else {
            multiplicativeStep();
        }
        return loss / segments.length;
    }

    private double pass(int[] segments) {
        tied.frames().fill(batch, segments, plan.objective());
        tied.fill(gradients.start(), segments);
        return plan.optimiser() == Optimiser.ADAM
                ? gradients.add(weights, batch, gradient)
                : gradients.addSplit(weights, batch, gradient, minus);
    }

    private void adamStep(int now, int segments) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] *= weights[i] / segments;
        }
        adam.update(logarithms, gradient, now);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(logarithms[i]);
        }
    }

    private void multiplicativeStep() {
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
        FrameBatch held = frames.newBatch(1);
        if (held.mostColumns() > batch.mostColumns()) {
            throw new IllegalArgumentException("Segments of " + held.mostColumns()
                    + " hops are longer than a batch of the training, " + batch.mostColumns() + ".");
        }
        double sum = 0;
        for (int segment = 0; segment < frames.segments(); segment++) {
            int[] one = {segment};
            frames.fill(held, one, plan.objective());
            others.fill(gradients.start(), one);
            sum += gradients.loss(weights, held);
        }
        return sum / frames.segments();
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
