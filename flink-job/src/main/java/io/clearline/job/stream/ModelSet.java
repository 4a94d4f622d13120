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
 * The models in use, with one {@link ModelTimeline} for each sample rate and one batch for each model. Thread-confined.
 *
 * <p>Methods marked {@link HotPath} allocate nothing. Those that take a model into use pack its weights and may take
 * long.
 */
public final class ModelSet {
    /** Receives a notification after every run of a batch. */
    public interface RunListener {
        /**
         * Called after a batch has run.
         *
         * @param hops number of hops in the batch
         * @param nanos processor time of kernel, mask and synthesis, including the emission of the frames that were
         *     completed
         * @param kernelNanos processor time of the kernel, included in {@code nanos}; bypassing all hops would have
         *     saved it
         * @param waitedNanos time from the arrival of the first hop in the empty batches to the end of the run
         */
        void ran(int hops, long nanos, long kernelNanos, long waitedNanos);
    }

    private final Kernel kernel;
    private final int batchWidth;
    private final List<ModelTimeline> timelines = new ArrayList<>();
    /** The batches of all timelines, each once. */
    private final List<HopBatch> batches = new ArrayList<>();

    private HopSink hopSink;
    private RunListener runListener = (hops, nanos, kernelNanos, waitedNanos) -> {};
    /** When the first of the waiting hops was added, by {@link System#nanoTime}. */
    private long firstHopNanos;

    /**
     * Creates a set without models.
     *
     * @param kernel computes all batches
     * @param batchWidth number of hops that share a kernel call
     */
    public ModelSet(Kernel kernel, int batchWidth) {
        this.kernel = kernel;
        this.batchWidth = batchWidth;
    }

    /** Sets the receiver of finished hops. Must be called before the first hop is added. */
    void setHopSink(HopSink hopSink) {
        this.hopSink = hopSink;
    }

    /** Sets the listener to the runs of batches. */
    public void setRunListener(RunListener runListener) {
        this.runListener = runListener;
    }

    /**
     * Takes the first model of a sample rate into use.
     *
     * @throws IllegalArgumentException if there is a model of that rate already
     */
    public void add(EnhancementModel model) {
        begin(new Takeover(PreparedModel.of(model, kernel, batchWidth), 0, 0));
    }

    /**
     * Takes the first model of a sample rate into use, like {@link #add(EnhancementModel)}, after it has been prepared.
     *
     * @throws IllegalArgumentException if there is a model of that rate already
     */
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

    /**
     * Replaces the model of the same sample rate from the next frame of each stream on.
     *
     * @throws IllegalArgumentException as {@link #succeed} does
     */
    public void replace(EnhancementModel model) {
        succeed(new Takeover(PreparedModel.of(model, kernel, batchWidth), 0, 0));
    }

    /**
     * Appends a takeover to the timeline of the model's sample rate. If a model of the same name and version is in use,
     * that one takes over again, so streams that still use it continue without a change.
     *
     * @throws IllegalArgumentException if no model of this sample rate is in use, or the new model has another STFT,
     *     with which streams could not continue
     */
    public void succeed(Takeover takeover) {
        PreparedModel model = takeover.model();
        requireFit(model.model());
        ModelTimeline timeline = timelineOf(model.pin().sampleRateHz());
        PreparedModel inUse = timeline.find(model.pin().id());
        timeline.add(new Takeover(inUse == null ? model : inUse, takeover.fromMicros(), takeover.announcedMicros()));
        refresh();
    }

    /** Checks that streams can change from the newest model to this one without losing their place in time. */
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

    /** Rebuilds the list of batches after a timeline has changed. No hop may wait in a batch that is removed. */
    public void refresh() {
        batches.clear();
        for (ModelTimeline timeline : timelines) {
            batches.addAll(timeline.batches());
        }
    }

    /** Returns the timelines, in ascending order of their sample rates. The list is live and must not be changed. */
    public List<ModelTimeline> timelines() {
        return timelines;
    }

    /** Returns whether there is a model for exactly this sample rate. */
    public boolean has(int sampleRateHz) {
        return timelineOf(sampleRateHz) != null;
    }

    /** Returns the timeline for exactly this sample rate, or null. */
    public ModelTimeline timelineOf(int sampleRateHz) {
        for (ModelTimeline timeline : timelines) {
            if (timeline.sampleRateHz() == sampleRateHz) {
                return timeline;
            }
        }
        return null;
    }

    /** Returns the model for a frame of a stream, by {@link #timelineFor} and the capture time. */
    @HotPath
    EnhancementModel forFrame(int sampleRateHz, long captureTimeMicros) {
        return timelineFor(sampleRateHz).at(captureTimeMicros);
    }

    /**
     * Returns the timeline that streams of a sample rate use: that of the same rate, else of the next higher one, else
     * of the highest.
     */
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
     * Returns the model with which a stream's signal was stored. If that model is not known any more, returns the
     * newest one, which refuses to restore the signal with a message that names both.
     */
    EnhancementModel stored(int sampleRateHz, ModelId id) {
        ModelTimeline timeline = timelineFor(sampleRateHz);
        PreparedModel known = timeline.findStored(id);
        return known == null ? timeline.newest().model().model() : known.model();
    }

    /** Returns whether streams can use a model. */
    boolean isInUse(ModelId id) {
        return batches.stream().anyMatch(batch -> batch.model().id().equals(id));
    }

    /** Returns the models as text for people, each as name@version with its sample rate. */
    public String describe() {
        return batches.stream()
                .map(HopBatch::model)
                .map(model -> model.id() + " (" + model.sampleRateHz() + " Hz)")
                .collect(Collectors.joining(", "));
    }

    /** Returns names and versions of the models. */
    public List<ModelId> ids() {
        return batches.stream().map(HopBatch::model).map(EnhancementModel::id).toList();
    }

    /** Returns the number of models. */
    public int size() {
        return batches.size();
    }

    /** Returns the kernel that computes all batches. */
    public Kernel kernel() {
        return kernel;
    }

    /** Returns the number of hops that share a kernel call. */
    public int batchWidth() {
        return batchWidth;
    }

    /** Adds a hop to the batch of its model. Runs the batch when it is full. */
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

    /** Runs every batch that holds hops. */
    @HotPath
    void run() {
        for (int i = 0; i < batches.size(); i++) {
            HopBatch batch = batches.get(i);
            if (batch.size() > 0) {
                run(batch);
            }
        }
    }

    /** Returns the number of hops that wait in all batches. */
    @HotPath
    int pendingHops() {
        int hops = 0;
        for (int i = 0; i < batches.size(); i++) {
            hops += batches.get(i).size();
        }
        return hops;
    }

    @HotPath
    private void run(HopBatch batch) {
        int hops = batch.size();
        long start = WorkClock.nanos();
        batch.run(hopSink);
        long worked = WorkClock.nanos() - start;
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
