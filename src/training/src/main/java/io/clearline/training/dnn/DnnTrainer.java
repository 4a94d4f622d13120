package io.clearline.training.dnn;

import io.clearline.training.Adam;
import io.clearline.training.TrainingPlan;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.SegmentOrder;
import io.clearline.unfolding.kernel.MatrixProducts;
import java.util.Arrays;

/**
 * Trains the DNN baseline with Adam on a fixed set of mixtures, the same that deep NMF is trained on. The same arguments give the same bits. One
 * thread calls.
 */
public final class DnnTrainer {
    private static final int SEGMENTS_AT_ONCE = 4;

    private final TrainingPlan plan;
    private final DnnShape shape;
    private final FrameSet frames;
    private final LogInput logInput;
    private final SegmentOrder order;
    private final DnnGradient gradients;
    private final FrameBatch batch;
    private final float[] input;
    private final Adam adam;
    private final float[] weights;
    private final float[] gradient;
    private int step;

    public DnnTrainer(TrainingPlan plan, DnnShape shape, FrameSet frames, LogInput logInput, MatrixProducts products) {
        this.plan = plan;
        this.shape = shape;
        this.frames = frames;
        this.logInput = logInput;
        order = new SegmentOrder(frames.segments(), plan.segments(), plan.seed());
        batch = frames.newBatch(Math.min(SEGMENTS_AT_ONCE, plan.segments()));
        gradients = new DnnGradient(shape, plan.objective(), products, batch.mostColumns());
        input = new float[logInput.rows() * batch.mostColumns()];
        weights = shape.random(plan.seed());
        gradient = new float[weights.length];
        adam = new Adam(weights.length, plan.stepSize(), plan.steps());
    }

    /** Steps done. */
    public int step() {
        return step;
    }

    /** Whether all steps are done. */
    public boolean isDone() {
        return step >= plan.steps();
    }

    /**
     * Does one step.
     *
     * @return the mean loss of the step's segments, before the step
     * @throws ArithmeticException when the loss is no number
     */
    public double train() {
        int now = step++;
        int[] segments = order.ofStep(now);
        Arrays.fill(gradient, 0);
        double loss = 0;
        for (int first = 0; first < segments.length; first += SEGMENTS_AT_ONCE) {
            fill(Arrays.copyOfRange(segments, first, Math.min(first + SEGMENTS_AT_ONCE, segments.length)), frames);
            loss += gradients.add(weights, input, batch, gradient);
        }
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException(
                    "The loss is " + loss + " in step " + now + ". Train with a smaller step size.");
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= segments.length;
        }
        adam.update(weights, gradient, now);
        return loss / segments.length;
    }

    /** The mean loss of the segments of another set of the same length. */
    public double loss(FrameSet others) {
        double sum = 0;
        for (int segment = 0; segment < others.segments(); segment++) {
            fill(new int[] {segment}, others);
            sum += gradients.loss(weights, input, batch);
        }
        return sum / others.segments();
    }

    private void fill(int[] segments, FrameSet set) {
        set.fill(batch, segments, plan.objective());
        logInput.apply(batch.input(), input, batch.columns());
    }

    /** The network as trained so far; changes no more. */
    public DnnMask mask(MatrixProducts products) {
        return new DnnMask(shape, weights.clone(), logInput, products);
    }
}
