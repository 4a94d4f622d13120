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
import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ModelTimeline;
import io.clearline.job.model.PreparedModel;
import io.clearline.job.model.PreparedModel.WarmUp;
import io.clearline.job.model.ShippedModel;
import io.clearline.job.model.Takeover;
import io.clearline.job.stream.ModelSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The models of a subtask from announcement to retirement: those that are being prepared are here, those that have a
 * turn are in the {@link ModelSet}, and nothing is in both. On the task's thread alone.
 */
final class ModelRegistry {
    /** A model and its successor: as many as streams that run on can need while nothing more is announced. */
    private static final int MIN_TURNS = 2;
    /** Of a sample rate, live; each costs the memory of its weights. */
    private static final int MAX_TURNS = 8;

    /** What the registry asks of the operator's streams, and tells it. */
    interface Streams {
        /** Runs the batches, so that no hop waits. */
        void flush() throws Exception;

        /** Where the open stream of these models that is furthest behind stands; 0 where none is open. */
        long earliestCaptureMicros(ModelTimeline timeline) throws Exception;

        /** Makes the streams whose model has no turn any more go on with one that has. */
        void leaveRetired() throws Exception;
    }

    /** A model that is verified and not yet prepared. */
    private static final class Pending {
        private final ModelPin pin;
        private final ShippedModel bytes;
        private long fromMicros;
        private long announcedMicros;

        private Pending(ModelUpdate.Verified update) {
            pin = update.pin();
            bytes = update.bytes();
            moveTo(update);
        }

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

    /** Gives the models of a checkpoint their turns again, then those of the plan for rates that have none. */
    void begin(List<ModelState.Restored> restored, List<ShippedModel> planned) throws IOException {
        // All warm up within the one limit, since the streams wait. Much of what is compiled for one serves the next.
        long deadlineNanos = System.nanoTime() + HopBatch.MAX_WARM_UP_NANOS;
        for (ModelState.Restored each : restored) {
            ModelEntry entry = each.entry();
            PreparedModel model = models.has(entry.pin().sampleRateHz())
                    ? models.timelineOf(entry.pin().sampleRateHz())
                            .find(entry.pin().id())
                    : null;
            takeTurn(new Takeover(
                    model == null ? prepare(entry, each.bytes(), WarmUp.ALONE, deadlineNanos) : model,
                    entry.fromMicros(),
                    entry.announcedMicros()));
        }
        for (ShippedModel each : planned) {
            if (!models.has(each.pin().sampleRateHz())) {
                takeTurn(new Takeover(prepare(entry(each.pin(), 0, 0), each, WarmUp.ALONE, deadlineNanos), 0, 0));
            }
        }
    }

    private void takeTurn(Takeover takeover) {
        ModelPin pin = takeover.model().pin();
        if (!models.has(pin.sampleRateHz())) {
            models.begin(takeover);
            return;
        }
        try {
            models.succeed(takeover);
        } catch (IllegalArgumentException e) {
            // It was being prepared when the checkpoint was taken, and would have been refused then.
            reporter.refused(pin.toString(), e.getMessage());
        }
    }

    /** Reads, packs and warms up, by a moment of {@link System#nanoTime}, which takes its time. On any thread. */
    private PreparedModel prepare(ModelEntry entry, ShippedModel bytes, WarmUp how, long deadlineNanos)
            throws IOException {
        ShippedModel found = source.find(entry, bytes);
        boolean kept = source.keep(found);
        return PreparedModel.of(
                found,
                models.kernel(),
                models.batchWidth(),
                kept,
                warmUp ? how : WarmUp.NONE,
                deadlineNanos - System.nanoTime());
    }

    private ModelEntry entry(ModelPin pin, long fromMicros, long announcedMicros) {
        return new ModelEntry(pin, fromMicros, announcedMicros, source.folder());
    }

    /** Takes an announcement for a replay, which has nothing to go on with meanwhile. */
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

    /** Takes an announcement; its model is prepared beside the task's thread and gets its turn on it. */
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

    private PreparedModel alreadyPrepared(Pending next) {
        ModelTimeline timeline = models.timelineOf(next.pin.sampleRateHz());
        return timeline == null ? null : timeline.find(next.pin.id());
    }

    /** The model to prepare; null where the announcement asks for none. */
    private Pending register(ModelUpdate.Verified update) {
        ModelPin pin = update.pin();
        if (isTaken(pin)) {
            reporter.refused(
                    pin.toString(),
                    "Another model of the name " + pin
                            + " is in use. A published version never changes: publish a new one.");
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

    private boolean isTaken(ModelPin pin) {
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

    /** The newest model was announced again: for another moment, unless its own had come by then. */
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

    private void readyAmong(Streams streams, Pending next, PreparedModel model) {
        try {
            streams.flush();
            ready(next, model);
            retire(streams, models.timelineOf(next.pin.sampleRateHz()));
        } catch (Exception e) {
            throw new IllegalStateException("The streams could not go on after model " + next.pin + " took over", e);
        }
    }

    private void ready(Pending next, PreparedModel model) {
        pending.remove(next);
        try {
            models.succeed(new Takeover(model, next.fromMicros, next.announcedMicros));
            reporter.scheduled(next.pin, next.fromMicros);
        } catch (IllegalArgumentException e) {
            reporter.refused(next.pin.toString(), e.getMessage());
        }
    }

    private void failed(Pending next, Throwable failure) {
        pending.remove(next);
        ModelUpdate.Refused refused = ModelUpdate.Refused.because(next.pin.toString(), failure);
        reporter.refused(refused.name(), refused.reason());
    }

    /** Ends the turns that no stream can need any more, and the oldest where there are too many. */
    private void retire(Streams streams, ModelTimeline timeline) throws Exception {
        if (timeline == null || timeline.takeovers().size() <= MIN_TURNS) {
            return;
        }
        long earliestMicros = streams.earliestCaptureMicros(timeline);
        List<Takeover> turns = timeline.takeovers();
        Set<ModelPin> retired = new HashSet<>();
        while (turns.size() > MAX_TURNS
                || turns.size() > MIN_TURNS && turns.get(1).fromMicros() <= earliestMicros) {
            retired.add(turns.get(0).model().pin());
            timeline.retireFirst();
        }
        if (!retired.isEmpty()) {
            models.refresh();
            streams.leaveRetired();
            timeline.dropRetiring();
            turns.forEach(each -> retired.remove(each.model().pin()));
            retired.forEach(reporter::retired);
        }
    }

    /** The turns as a checkpoint keeps them, those that are being prepared among them. */
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

    /** The bytes that a checkpoint has to hold, because no store has them. */
    List<ShippedModel> unstored() {
        Set<ShippedModel> unstored = new HashSet<>();
        for (ModelTimeline timeline : models.timelines()) {
            timeline.takeovers().forEach(each -> unstored.add(each.model().bytes()));
        }
        pending.forEach(each -> unstored.add(each.bytes));
        unstored.remove(null);
        return List.copyOf(unstored);
    }

    /** Models that are being prepared. */
    int pending() {
        return pending.size();
    }
}
