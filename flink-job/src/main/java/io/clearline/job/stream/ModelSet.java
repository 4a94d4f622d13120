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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.inference.HopBatch;
import io.clearline.inference.HopSink;
import io.clearline.inference.SignalState;
import io.clearline.inference.WorkClock;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.job.model.ModelTimeline;
import io.clearline.job.model.PreparedModel;
import io.clearline.job.model.Takeover;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The models in use, for each sample rate one and those that succeed it, and the batch of each. Thread-confined.
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
         * @param nanos processor time that kernel, mask, synthesis and the frames that came of it took
         * @param kernelNanos what of that was the kernel's, and is spared where streams are bypassed
         * @param waitedNanos from the first hop's arrival in the batch to the end of the run
         */
        void ran(int hops, long nanos, long kernelNanos, long waitedNanos);
    }

    private final Kernel kernel;
    private final int batchWidth;
    private final List<ModelTimeline> timelines = new ArrayList<>();
    /** Of all timelines, each once. */
    private final List<HopBatch> batches = new ArrayList<>();

    private HopSink hopSink;
    private RunListener runListener = (hops, nanos, kernelNanos, waitedNanos) -> {};
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
        begin(new Takeover(PreparedModel.of(model, kernel, batchWidth), 0, 0));
    }

    /** As {@link #add(EnhancementModel)}, of a model that is prepared. */
    public void begin(Takeover first) {
        PreparedModel model = first.model();
        ModelTimeline other = timelineOf(model.pin().sampleRateHz());
        if (other != null) {
            throw new IllegalArgumentException(
                    "Models " + other.newest().model().pin() + " and " + model.pin() + " are both for "
                            + model.pin().sampleRateHz() + " Hz; name one of them.");
        }
        timelines.add(new ModelTimeline(first));
        timelines.sort(Comparator.comparingInt(ModelTimeline::sampleRateHz));
        refresh();
    }

    /** Takes a model into use after those with the same sample rate, from the next frame of each stream. */
    public void replace(EnhancementModel model) {
        succeed(new Takeover(PreparedModel.of(model, kernel, batchWidth), 0, 0));
    }

    /**
     * Gives a model its turn after those with the same sample rate: for frames captured from a moment on. One of the
     * name of a model in use is that model: streams that never left it go on as if nothing had been announced.
     *
     * @throws IllegalArgumentException when the streams of the old model could not go on with the new one
     */
    public void succeed(Takeover takeover) {
        PreparedModel model = takeover.model();
        requireFit(model.model());
        ModelTimeline timeline = timelineOf(model.pin().sampleRateHz());
        PreparedModel inUse = timeline.find(model.pin().id());
        timeline.add(new Takeover(inUse == null ? model : inUse, takeover.fromMicros(), takeover.announcedMicros()));
        refresh();
    }

    private void requireFit(EnhancementModel model) {
        ModelTimeline timeline = timelineOf(model.sampleRateHz());
        if (timeline == null) {
            throw new IllegalArgumentException(
                    "Model " + model.id() + " is for " + model.sampleRateHz() + " Hz; in use are " + describe() + ".");
        }
        EnhancementModel old = timeline.newest().model().model();
        if (!old.stft().equals(model.stft())) {
            throw new IllegalArgumentException(
                    "Model " + model.id() + " has the STFT " + model.stft() + ", and the streams run with " + old.stft()
                            + ": their delay would change. Start a job with the new model instead.");
        }
    }

    /** Takes up what was changed in a timeline; no hop may wait in a batch that goes. */
    public void refresh() {
        batches.clear();
        for (ModelTimeline timeline : timelines) {
            batches.addAll(timeline.batches());
        }
    }

    /** Of each sample rate the models and their turns, the lowest rate first. */
    public List<ModelTimeline> timelines() {
        return timelines;
    }

    /** Whether there is a model for exactly this rate. */
    public boolean has(int sampleRateHz) {
        return timelineOf(sampleRateHz) != null;
    }

    /** The models for exactly this rate, or null. */
    public ModelTimeline timelineOf(int sampleRateHz) {
        for (ModelTimeline timeline : timelines) {
            if (timeline.sampleRateHz() == sampleRateHz) {
                return timeline;
            }
        }
        return null;
    }

    /** The model of a stream's frame: of those for the stream's own rate, else the nearest above, else the highest. */
    @HotPath
    EnhancementModel forFrame(int sampleRateHz, long captureTimeMicros) {
        return timelineFor(sampleRateHz).at(captureTimeMicros);
    }

    /** The models of streams of this rate: those of the rate itself, else of the nearest above, else of the highest. */
    @HotPath
    public ModelTimeline timelineFor(int sampleRateHz) {
        for (int i = 0; i < timelines.size(); i++) {
            if (timelines.get(i).sampleRateHz() >= sampleRateHz) {
                return timelines.get(i);
            }
        }
        return timelines.get(timelines.size() - 1);
    }

    /**
     * The model under which a stream's signal was stored; where it is not in use, the one in its place, which will
     * refuse.
     */
    EnhancementModel stored(int sampleRateHz, ModelId id) {
        ModelTimeline timeline = timelineFor(sampleRateHz);
        PreparedModel known = timeline.findStored(id);
        return known == null ? timeline.newest().model().model() : known.model();
    }

    /** Whether streams can go on under a model. */
    boolean isInUse(ModelId id) {
        return batches.stream().anyMatch(batch -> batch.model().id().equals(id));
    }

    /** The models, as name@version (rate). */
    public String describe() {
        return batches.stream()
                .map(HopBatch::model)
                .map(model -> model.id() + " (" + model.sampleRateHz() + " Hz)")
                .collect(Collectors.joining(", "));
    }

    /** The models' names and versions. */
    public List<ModelId> ids() {
        return batches.stream().map(HopBatch::model).map(EnhancementModel::id).toList();
    }

    /** Number of models. */
    public int size() {
        return batches.size();
    }

    /** The kernel that computes. */
    public Kernel kernel() {
        return kernel;
    }

    /** Hops that share a kernel call. */
    public int batchWidth() {
        return batchWidth;
    }

    @HotPath
    void add(EnhancementModel model, SignalState signal, StreamChannel channel) {
        if (pendingHops() == 0) {
            firstHopNanos = System.nanoTime();
        }
        HopBatch batch = batchOf(model);
        if (batch.isFull()) {
            run(batch);
            firstHopNanos = System.nanoTime();
        }
        batch.add(signal, channel, channel.stream.isBypassed());
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
        long start = WorkClock.nanos();
        batch.run(hopSink);
        long worked = WorkClock.nanos() - start;
        ran = true;
        runListener.ran(hops, worked, batch.kernelNanos(), System.nanoTime() - firstHopNanos);
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
