package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.unfolding.inference.HopBatch;
import io.clearline.unfolding.inference.HopSink;
import io.clearline.unfolding.inference.SignalState;
import io.clearline.unfolding.kernel.Kernel;
import io.clearline.unfolding.model.EnhancementModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The models in use, at most one for each sample rate, and the batch of each. Thread-confined.
 *
 * <p>The hot methods allocate nothing; the cold ones pack weights and take as long as that takes.
 */
public final class ModelSet {
    /** Is told of every run of a batch. */
    public interface RunListener {
        /**
         * A batch ran.
         *
         * @param hops how many hops it held
         * @param nanos how long kernel, mask, synthesis and the frames that came of it took
         * @param waitedNanos from the first hop's arrival in the batch to the end of the run
         */
        void ran(int hops, long nanos, long waitedNanos);
    }

    private final Kernel kernel;
    private final int batchWidth;
    private final List<HopBatch> batches = new ArrayList<>();
    private HopSink hopSink;
    private RunListener runListener = (hops, nanos, waitedNanos) -> {};
    private long firstHopNanos;
    private boolean ran;

    /**
     * Starts without a model.
     *
     * @param batchWidth hops that share a kernel call
     */
    public ModelSet(Kernel kernel, int batchWidth) {
        this.kernel = kernel;
        this.batchWidth = batchWidth;
    }

    void setHopSink(HopSink hopSink) {
        this.hopSink = hopSink;
    }

    /** Who is told of every run. */
    public void setRunListener(RunListener runListener) {
        this.runListener = runListener;
    }

    /**
     * Takes a first model for its sample rate into use.
     *
     * @throws IllegalArgumentException when there is one of that rate already
     */
    public void add(EnhancementModel model) {
        if (indexOf(model.sampleRateHz()) >= 0) {
            throw new IllegalArgumentException("Models "
                    + batches.get(indexOf(model.sampleRateHz())).model().id() + " and " + model.id() + " are both for "
                    + model.sampleRateHz() + " Hz; name one of them.");
        }
        batches.add(new HopBatch(model, kernel, batchWidth));
        batches.sort(Comparator.comparingInt(each -> each.model().sampleRateHz()));
    }

    /**
     * Takes a model into use in place of the one with the same sample rate. No hop may wait.
     *
     * @throws IllegalArgumentException when the streams of the old model could not go on with the new one
     */
    public void replace(EnhancementModel model) {
        int index = indexOf(model.sampleRateHz());
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Model " + model.id() + " is for " + model.sampleRateHz() + " Hz; in use are " + describe() + ".");
        }
        EnhancementModel old = batches.get(index).model();
        if (!old.stft().equals(model.stft())) {
            throw new IllegalArgumentException(
                    "Model " + model.id() + " has the STFT " + model.stft() + ", and the streams run with " + old.stft()
                            + ": their delay would change. Start a job with the new model instead.");
        }
        HopBatch batch = new HopBatch(model, kernel, batchWidth);
        batch.warmUp();
        batches.set(index, batch);
    }

    /** Lets the JIT compiler do its work before the first frame is taken. */
    public void warmUp() {
        batches.forEach(HopBatch::warmUp);
    }

    private int indexOf(int sampleRateHz) {
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).model().sampleRateHz() == sampleRateHz) {
                return i;
            }
        }
        return -1;
    }

    /** The model of a stream: that of its own rate, else the nearest above, else the highest. */
    @HotPath
    public EnhancementModel forRate(int sampleRateHz) {
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).model().sampleRateHz() >= sampleRateHz) {
                return batches.get(i).model();
            }
        }
        return batches.get(batches.size() - 1).model();
    }

    /** The models, as name@version (rate). */
    public String describe() {
        return batches.stream()
                .map(HopBatch::model)
                .map(model -> model.id() + " (" + model.sampleRateHz() + " Hz)")
                .collect(Collectors.joining(", "));
    }

    /** Number of models. */
    public int size() {
        return batches.size();
    }

    public String kernelName() {
        return kernel.name();
    }

    @HotPath
    void add(EnhancementModel model, SignalState signal, StreamState stream) {
        if (pendingHops() == 0) {
            firstHopNanos = System.nanoTime();
        }
        HopBatch batch = batchOf(model);
        if (batch.isFull()) {
            run(batch);
            firstHopNanos = System.nanoTime();
        }
        batch.add(signal, stream, stream.bypassed);
        if (batch.isFull()) {
            run(batch);
        }
    }

    @HotPath
    void run() {
        for (int i = 0; i < batches.size(); i++) {
            HopBatch batch = batches.get(i);
            if (batch.size() > 0) {
                run(batch);
            }
        }
    }

    @HotPath
    int pendingHops() {
        int hops = 0;
        for (int i = 0; i < batches.size(); i++) {
            hops += batches.get(i).size();
        }
        return hops;
    }

    /** Whether a batch ran since this was last asked. */
    public boolean ranSinceAsked() {
        boolean answer = ran;
        ran = false;
        return answer;
    }

    @HotPath
    private void run(HopBatch batch) {
        int hops = batch.size();
        long start = System.nanoTime();
        batch.run(hopSink);
        long end = System.nanoTime();
        ran = true;
        runListener.ran(hops, end - start, end - firstHopNanos);
    }

    @HotPath
    private HopBatch batchOf(EnhancementModel model) {
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).model() == model) {
                return batches.get(i);
            }
        }
        throw notInUse(model);
    }

    private static IllegalStateException notInUse(EnhancementModel model) {
        return new IllegalStateException("Model " + model.id() + " is not in use.");
    }
}
