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
package io.clearline.job.operator;

import io.clearline.inference.HopBatch;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ModelTimeline;
import io.clearline.job.model.PreparedModel;
import io.clearline.job.model.PreparedModel.WarmUp;
import io.clearline.job.model.Takeover;
import io.clearline.job.stream.ModelSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Manages the models of a subtask from their announcement to their retirement. Models that are being prepared are held
 * here, and those with a takeover in the {@link ModelSet}; no announcement is in both. Confined to the task's thread.
 */
final class ModelRegistry {
    /**
     * Takeovers per sample rate that are never retired: a model and its successor, which are all that running streams
     * can need while nothing else is announced.
     */
    private static final int MIN_TAKEOVERS = 2;
    /** Limit of takeovers per sample rate in LIVE, because each model occupies the memory of its weights. */
    private static final int MAX_TAKEOVERS = 8;

    /** The operations on the operator's streams that the registry needs. */
    interface Streams {
        /** Runs the batches, so that no hop waits. */
        void flush() throws Exception;

        /** Returns the earliest position in capture time among the open streams of a timeline; 0 if none is open. */
        long earliestCaptureMicros(ModelTimeline timeline) throws Exception;

        /** Switches the streams of retired models to models in use. */
        void leaveRetired() throws Exception;
    }

    /** A verified model that is being prepared. */
    private static final class Pending {
        private final ModelPin pin;
        private final ModelFiles bytes;
        private long fromMicros;
        private long announcedMicros;

        private Pending(ModelUpdate.Verified update) {
            pin = update.pin();
            bytes = update.bytes();
            moveTo(update);
        }

        /** Takes the times of a later announcement of the same model. */
        private void moveTo(ModelUpdate.Verified update) {
            fromMicros = update.fromMicros();
            announcedMicros = update.announcedMicros();
        }
    }

    private final ModelSet models;
    private final ModelSource source;
    private final ModelReporter reporter;
    private final boolean warmUp;
    private final List<Pending> pending = new ArrayList<>();

    ModelRegistry(ModelSet models, ModelSource source, ModelReporter reporter, boolean warmUp) {
        this.models = models;
        this.source = source;
        this.reporter = reporter;
        this.warmUp = warmUp;
    }

    /**
     * Takes the models of a checkpoint into use, then those of the plan for sample rates that have none.
     *
     * @throws IOException if the files of a model can't be read, or can't run
     */
    void begin(List<ModelState.Restored> restored, List<ModelFiles> planned) throws IOException {
        // Streams wait meanwhile, so all models share one time limit. Code that is compiled for one serves the next.
        long deadlineNanos = System.nanoTime() + HopBatch.MAX_WARM_UP_NANOS;
        for (ModelState.Restored each : restored) {
            ModelEntry entry = each.entry();
            PreparedModel model = models.has(entry.pin().sampleRateHz())
                    ? models.timelineOf(entry.pin().sampleRateHz())
                            .find(entry.pin().id())
                    : null;
            addTakeover(new Takeover(
                    model == null ? prepare(entry, each.bytes(), WarmUp.ALONE, deadlineNanos) : model,
                    entry.fromMicros(),
                    entry.announcedMicros()));
        }
        for (ModelFiles each : planned) {
            if (!models.has(each.pin().sampleRateHz())) {
                addTakeover(new Takeover(prepare(entry(each.pin(), 0, 0), each, WarmUp.ALONE, deadlineNanos), 0, 0));
            }
        }
    }

    /** Adds a takeover of a checkpoint or of the plan. */
    private void addTakeover(Takeover takeover) {
        ModelPin pin = takeover.model().pin();
        if (!models.has(pin.sampleRateHz())) {
            models.begin(takeover);
            return;
        }
        try {
            models.succeed(takeover);
        } catch (IllegalArgumentException e) {
            // The model was being prepared when the checkpoint was taken, and would have been refused afterwards.
            reporter.refused(pin.toString(), e.getMessage());
        }
    }

    /**
     * Reads, packs and warms up a model. May be called on any thread.
     *
     * @param deadlineNanos time limit of the warm-up, by {@link System#nanoTime}
     */
    private PreparedModel prepare(ModelEntry entry, ModelFiles bytes, WarmUp how, long deadlineNanos)
            throws IOException {
        ModelFiles found = source.find(entry, bytes);
        boolean stored = source.ensureStored(found);
        return PreparedModel.of(
                found,
                models.kernel(),
                models.batchWidth(),
                stored,
                warmUp ? how : WarmUp.NONE,
                deadlineNanos - System.nanoTime());
    }

    /** Returns the entry of a model whose files are in this job's store. */
    private ModelEntry entry(ModelPin pin, long fromMicros, long announcedMicros) {
        return new ModelEntry(pin, fromMicros, announcedMicros, source.folder());
    }

    /** Handles an announcement of a replay, which waits for the preparation of the model. */
    void announceAndWait(ModelUpdate.Verified update) {
        Pending next = register(update);
        if (next != null) {
            try {
                ready(next, alreadyPrepared(next) == null ? prepare(next, WarmUp.ALONE) : alreadyPrepared(next));
            } catch (IOException | RuntimeException e) {
                failed(next, e);
            }
        }
    }

    /**
     * Handles an announcement. The model is prepared on a background thread, and taken into use on the task's thread.
     */
    void announce(ModelUpdate.Verified update, ModelPreparer preparer, Streams streams) {
        Pending next = register(update);
        if (next == null) {
            return;
        }
        PreparedModel known = alreadyPrepared(next);
        preparer.prepare(
                () -> known == null ? prepare(next, WarmUp.BESIDE_STREAMS) : known,
                model -> readyAmong(streams, next, model),
                failure -> failed(next, failure));
    }

    private PreparedModel prepare(Pending next, WarmUp how) throws IOException {
        return prepare(entry(next.pin, 0, 0), next.bytes, how, System.nanoTime() + HopBatch.MAX_WARM_UP_NANOS);
    }

    /** Returns the prepared model of the same name and version that has a takeover, or null. */
    private PreparedModel alreadyPrepared(Pending next) {
        ModelTimeline timeline = models.timelineOf(next.pin.sampleRateHz());
        return timeline == null ? null : timeline.find(next.pin.id());
    }

    /**
     * Returns the model to prepare, or null if the announcement needs none: it is refused, or concerns the newest model
     * again.
     */
    private Pending register(ModelUpdate.Verified update) {
        ModelPin pin = update.pin();
        if (isNameTaken(pin)) {
            reporter.refused(
                    pin.toString(),
                    "Another model named " + pin
                            + " is in use. A published version never changes, so publish a new one.");
            return null;
        }
        Pending newest = newestPending(pin.sampleRateHz());
        ModelTimeline timeline = models.timelineOf(pin.sampleRateHz());
        if (newest != null && newest.pin.equals(pin)) {
            if (newest.fromMicros != update.fromMicros()) {
                reporter.rescheduled(pin, newest.fromMicros, update.fromMicros());
            }
            newest.moveTo(update);
            return null;
        }
        if (newest == null
                && timeline != null
                && timeline.newest().model().pin().equals(pin)) {
            reschedule(timeline, update);
            return null;
        }
        Pending next = new Pending(update);
        pending.add(next);
        return next;
    }

    /** Returns whether a model with the same name and version but other files is in use or being prepared. */
    private boolean isNameTaken(ModelPin pin) {
        for (Pending each : pending) {
            if (each.pin.id().equals(pin.id()) && !each.pin.equals(pin)) {
                return true;
            }
        }
        ModelTimeline timeline = models.timelineOf(pin.sampleRateHz());
        PreparedModel known = timeline == null ? null : timeline.find(pin.id());
        return known != null && !known.pin().equals(pin);
    }

    private Pending newestPending(int sampleRateHz) {
        Pending newest = null;
        for (Pending each : pending) {
            newest = each.pin.sampleRateHz() == sampleRateHz ? each : newest;
        }
        return newest;
    }

    /**
     * Handles an announcement of the newest model. Its takeover moves to the new capture time, unless it had happened
     * by the time of the announcement.
     */
    private void reschedule(ModelTimeline timeline, ModelUpdate.Verified update) {
        Takeover newest = timeline.newest();
        boolean inForce = timeline.takeovers().size() == 1
                || newest.fromMicros() == 0
                || newest.fromMicros() <= update.announcedMicros();
        if (inForce || newest.fromMicros() == update.fromMicros()) {
            reporter.unchanged(update.pin(), newest.fromMicros(), update.fromMicros());
            return;
        }
        timeline.reschedule(update.fromMicros(), update.announcedMicros());
        reporter.rescheduled(update.pin(), newest.fromMicros(), update.fromMicros());
    }

    /** Takes a prepared model into use while streams run. */
    private void readyAmong(Streams streams, Pending next, PreparedModel model) {
        try {
            streams.flush();
            ready(next, model);
            retire(streams, models.timelineOf(next.pin.sampleRateHz()));
        } catch (Exception e) {
            throw new IllegalStateException("Could not switch the streams to model " + next.pin, e);
        }
    }

    /** Adds the takeover of a prepared model. */
    private void ready(Pending next, PreparedModel model) {
        pending.remove(next);
        try {
            models.succeed(new Takeover(model, next.fromMicros, next.announcedMicros));
            reporter.scheduled(next.pin, next.fromMicros);
        } catch (IllegalArgumentException e) {
            reporter.refused(next.pin.toString(), e.getMessage());
        }
    }

    /** Reports a model whose preparation failed. */
    private void failed(Pending next, Throwable failure) {
        pending.remove(next);
        ModelUpdate.Refused refused = ModelUpdate.Refused.because(next.pin.toString(), failure);
        reporter.refused(refused.name(), refused.reason());
    }

    /** Retires the takeovers that no stream can need any more, and the oldest ones above the limit. */
    private void retire(Streams streams, ModelTimeline timeline) throws Exception {
        if (timeline == null || timeline.takeovers().size() <= MIN_TAKEOVERS) {
            return;
        }
        long earliestMicros = streams.earliestCaptureMicros(timeline);
        List<Takeover> takeovers = timeline.takeovers();
        Set<ModelPin> retired = new HashSet<>();
        while (takeovers.size() > MAX_TAKEOVERS
                || takeovers.size() > MIN_TAKEOVERS && takeovers.get(1).fromMicros() <= earliestMicros) {
            retired.add(takeovers.get(0).model().pin());
            timeline.retireFirst();
        }
        if (!retired.isEmpty()) {
            models.refresh();
            streams.leaveRetired();
            timeline.dropRetiring();
            takeovers.forEach(each -> retired.remove(each.model().pin()));
            retired.forEach(reporter::retired);
        }
    }

    /** Returns all takeovers for a checkpoint, including those of models that are being prepared. */
    List<ModelEntry> entries() {
        List<ModelEntry> entries = new ArrayList<>();
        for (ModelTimeline timeline : models.timelines()) {
            for (Takeover each : timeline.takeovers()) {
                PreparedModel model = each.model();
                entries.add(new ModelEntry(
                        model.pin(),
                        each.fromMicros(),
                        each.announcedMicros(),
                        model.bytes() == null ? source.folder() : ""));
            }
        }
        for (Pending each : pending) {
            entries.add(new ModelEntry(
                    each.pin, each.fromMicros, each.announcedMicros, each.bytes == null ? source.folder() : ""));
        }
        return entries;
    }

    /** Returns the models whose files a checkpoint must contain, because no store has them. */
    List<ModelFiles> unstored() {
        Set<ModelFiles> unstored = new HashSet<>();
        for (ModelTimeline timeline : models.timelines()) {
            timeline.takeovers().forEach(each -> unstored.add(each.model().bytes()));
        }
        pending.forEach(each -> unstored.add(each.bytes));
        unstored.remove(null);
        return List.copyOf(unstored);
    }

    /** Returns the number of models that are being prepared. */
    int pending() {
        return pending.size();
    }
}
