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

import io.clearline.dsp.HotPath;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.overload.LoadShedder;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.overload.Treatment;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamState;
import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.frame.StreamFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the frames of all streams of a subtask to one {@link StreamProcessor}, decides when its batch runs, and keeps
 * the streams' states.
 *
 * <p>The batch runs when it is full, when the input is momentarily empty (or the linger is over), before a checkpoint
 * barrier and at the end. So no hop waits in it while a snapshot is taken, and the states are whole. All on the task's
 * thread.
 */
final class EnhancementOperator extends AbstractStreamOperator<OutputRecord>
        implements TwoInputStreamOperator<StreamFrame, ModelUpdate, OutputRecord>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = LoggerFactory.getLogger(EnhancementOperator.class);
    private static final String STREAMS = "streams";
    /** After a restore the source has to find its place before the next frames can come. */
    private static final long RESTORED_WAIT_MILLIS = 2_000;
    /** While frames wait for their turn, nobody knows whether a stream's next one is among them. */
    private static final long BUSY_WAIT_MILLIS = 10;

    private static final long LONGEST_BUSY_WAIT_MILLIS = 1_000;

    private final EnhancementPlan plan;
    private final transient MailboxExecutor mailbox;

    private transient ValueState<StreamState> streams;
    private transient ListState<byte[]> shippedModels;
    private transient ListState<Long> runningMillis;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient InstalledModels installed;
    private transient boolean restored;
    /** Announcements of the plan that could not be used, until they are reported. */
    private transient List<ModelUpdate> refused;

    private transient EnhancementMetrics meters;
    private transient RecordEncoder encoder;
    private transient ModelSet models;
    private transient StreamProcessor processor;
    private transient LoadShedder shedder;
    private transient TouchedStreams touched;
    private transient boolean flushScheduled;
    private transient ThrowingRunnable<Exception> flushing;
    private transient RunningClock clock;
    /** LIVE: streams that hold frames for a next one; null where the clock decides nothing. */
    private transient OverdueStreams overdue;

    private transient boolean releaseScheduled;

    EnhancementOperator(
            StreamOperatorParameters<OutputRecord> parameters, EnhancementPlan plan, MailboxExecutor mailbox) {
        super(parameters);
        this.plan = plan;
        this.mailbox = mailbox;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        streams = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>(STREAMS, StreamStateSerializer.INSTANCE));
        shippedModels = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("models", BytePrimitiveArraySerializer.INSTANCE));
        runningMillis = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("running-clock", LongSerializer.INSTANCE));
        installed = new InstalledModels(modelsOfARate());
        restored = context.isRestored();
        if (restored) {
            for (byte[] bytes : shippedModels.get()) {
                installed.addStored(bytes);
            }
        }
        for (ShippedModel model : plan.models()) {
            int sampleRateHz = model.unpack().sampleRateHz();
            if (!installed.has(sampleRateHz)) {
                installed.add(model, sampleRateHz, 0);
            }
        }
    }

    /** A replay may come to any frame of the past, so every model that was ever in force stays. */
    private int modelsOfARate() {
        return plan.mode() == DeliveryMode.LIVE ? ModelSet.LIVE_MODELS_OF_A_RATE : Integer.MAX_VALUE;
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("idle", VoidNamespaceSerializer.INSTANCE, this);
        clock = RunningClock.start(timers.currentProcessingTime(), runningMillis.get());
        // Whatever it costs in time, a replay gives the same bits.
        shedder = new LoadShedder(plan.mode() == DeliveryMode.LIVE ? plan.overload() : OverloadRules.NONE);
        meters = new EnhancementMetrics(getMetricGroup(), shedder::bypassedStreams);
        encoder = new RecordEncoder(plan.topics(), meters, output);
        models = new ModelSet(plan.kernel().kernel(), plan.batchWidth(), modelsOfARate());
        for (InstalledModels.Installed each : installed.all()) {
            EnhancementModel model = each.model().unpack();
            if (models.has(model.sampleRateHz())) {
                models.succeed(model, each.fromMicros());
            } else {
                models.add(model);
            }
        }
        models.warmUp();
        takeAnnounced();
        models.setRunListener((hops, nanos, waitedNanos) -> {
            meters.ran(hops, nanos, waitedNanos);
            shedder.worked(nanos);
        });
        meters.setModels(models.describe());
        processor = new StreamProcessor(models, plan.rules(), encoder);
        flushing = this::flushWhenIdle;
        touched = new TouchedStreams(ModelSet.LIVE_MODELS_OF_A_RATE * plan.batchWidth() * Math.max(1, models.size()));
        overdue = plan.rules().hasTimeout() ? new OverdueStreams(plan.rules().reorderTimeoutMillis()) : null;
        if (restored) {
            findOpenStreams();
        }
        LOGGER.info("Enhancing with {} on kernel {}", models.describe(), models.kernelName());
    }

    /** Those that a restored job goes on with. */
    private void findOpenStreams() throws Exception {
        long untilMillis = timers.currentProcessingTime() + RESTORED_WAIT_MILLIS;
        for (String key : keys()) {
            setCurrentKey(key);
            StreamState stream = streams.value();
            if (stream.isOpen()) {
                meters.openStreams++;
                if (overdue != null) {
                    overdue.waitRestored(key, untilMillis);
                }
            }
        }
        scheduleRelease();
    }

    /** Who decides which streams are bypassed. */
    LoadShedder shedder() {
        return shedder;
    }

    /** What was counted. */
    EnhancementMetrics meters() {
        return meters;
    }

    /** Only where the job begins: one that goes on has its models in its state, whatever was announced since. */
    private void takeAnnounced() {
        refused = new ArrayList<>();
        for (ModelUpdate update : restored ? List.<ModelUpdate>of() : plan.announced()) {
            String refusal = tryModel(update);
            if (!refusal.isEmpty()) {
                refused.add(ModelUpdate.refused(update.name(), refusal));
            }
        }
    }

    /** Before the first snapshot, so that each is reported once for all that a replay commits. */
    private void reportRefused() {
        refused.forEach(each -> refuse(each.name(), each.refusal()));
        refused.clear();
    }

    @Override
    @HotPath
    public void processElement1(StreamRecord<StreamFrame> element) throws Exception {
        StreamFrame frame = element.getValue();
        long nowMillis = timers.currentProcessingTime();
        meters.framesIn.inc();
        StreamState stream = touched.find(frame.streamId);
        if (stream == null) {
            stream = streams.value();
        }
        if (stream == null) {
            stream = newStream(frame.streamId, clock.at(nowMillis));
        }
        stream.setLastSeenMillis(clock.at(nowMillis));
        long ageMillis = ageMillis(element, nowMillis);
        meters.frameAgeMillis = Math.max(0, ageMillis);
        treat(stream, frame, shedder.next(frame.streamId, stream.isOpen(), stream.isBypassed(), ageMillis, nowMillis));
        keep(stream);
        scheduleFlush();
        if (overdue != null) {
            watchHeldFrames(stream, nowMillis);
        }
    }

    @HotPath
    private void watchHeldFrames(StreamState stream, long nowMillis) {
        if (stream.holdsFrames()) {
            overdue.wait(stream.streamId(), nowMillis);
            scheduleRelease();
        } else {
            overdue.remove(stream.streamId());
        }
    }

    private void scheduleRelease() {
        if (!releaseScheduled && overdue != null && !overdue.isEmpty()) {
            releaseAt(overdue.firstMillis());
        }
    }

    private void releaseAt(long millis) {
        releaseScheduled = true;
        getProcessingTimeService().registerTimer(millis, this::releaseOverdue);
    }

    private void releaseOverdue(long timerMillis) throws Exception {
        if (overdue.isEmpty()) {
            releaseScheduled = false;
            return;
        }
        long nowMillis = getProcessingTimeService().getCurrentProcessingTime();
        boolean tooLong = nowMillis - overdue.firstMillis() > LONGEST_BUSY_WAIT_MILLIS;
        if (inputWaits() && !tooLong) {
            releaseAt(nowMillis + BUSY_WAIT_MILLIS);
            return;
        }
        releaseScheduled = false;
        flush();
        for (String key = overdue.next(nowMillis); key != null; key = overdue.next(nowMillis)) {
            setCurrentKey(key);
            StreamState stream = streams.value();
            if (stream != null) {
                processor.release(stream);
                streams.update(stream);
            }
        }
        scheduleRelease();
    }

    private boolean inputWaits() {
        return mailbox instanceof MailboxExecutorImpl executor && !executor.isIdle();
    }

    /** A record that a producer gave no time says -1. */
    @HotPath
    private static long ageMillis(StreamRecord<StreamFrame> element, long nowMillis) {
        boolean known = element.hasTimestamp() && element.getTimestamp() >= 0;
        return known ? nowMillis - element.getTimestamp() : LoadShedder.UNKNOWN_AGE;
    }

    private StreamState newStream(String streamId, long seenMillis) {
        watchIdleness(seenMillis);
        return new StreamState(streamId);
    }

    @HotPath
    private void treat(StreamState stream, StreamFrame frame, Treatment treatment) {
        if (treatment == Treatment.DROPPED) {
            meters.dropped.inc();
            processor.close(stream, "frames came too late to be of use; dropped until the job has caught up");
            return;
        }
        stream.setBypassed(treatment.isBypassed());
        processor.accept(stream, frame);
        if (!stream.isOpen()) {
            shedder.remove(frame.streamId);
        } else if (treatment.isChanged()) {
            encoder.treatmentChanged(stream.session(), frame, treatment, meters.frameAgeMillis);
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelUpdate> element) throws Exception {
        ModelUpdate update = element.getValue();
        flush();
        String refusal = tryModel(update);
        leaveRetiredModel();
        if (!refusal.isEmpty()) {
            refuse(update.name(), refusal);
        }
    }

    private void refuse(String name, String refusal) {
        meters.modelsRefused.inc();
        LOGGER.warn("Model {} refused, going on with {}: {}", name, models.describe(), refusal);
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            encoder.modelRefused(name, refusal);
        }
    }

    /** A backend on disk gives every stream as bytes, which only the model that wrote them can read. */
    private void leaveRetiredModel() throws Exception {
        for (String key : keys()) {
            setCurrentKey(key);
            StreamState stream = streams.value();
            if (processor.leaveRetiredModel(stream)) {
                streams.update(stream);
            }
        }
        models.dropRetiring();
    }

    private List<String> keys() {
        try (Stream<String> stored = this.<String>getKeyedStateBackend().getKeys(STREAMS, VoidNamespace.INSTANCE)) {
            return stored.sorted().toList();
        }
    }

    /** Takes a model into use, or says why not. */
    private String tryModel(ModelUpdate update) {
        if (update.model() == null) {
            return update.refusal();
        }
        try {
            EnhancementModel model = update.model().unpack();
            if (installed.isNewest(update.model(), model)) {
                // Announced again, or what the job was started with: the streams go on as they are.
                return "";
            }
            models.succeed(model, update.fromMicros());
            installed.add(update.model(), model.sampleRateHz(), update.fromMicros());
            meters.setModels(models.describe());
            LOGGER.info("Model {} in use for frames captured from {} us on", update.name(), update.fromMicros());
            return "";
        } catch (IOException | RuntimeException e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    /** After a frame or a run of the batch: streams that wait in the batch stay at hand, the others are stored. */
    @HotPath
    private void keep(StreamState stream) throws Exception {
        if (stream.waitingHops() > 0) {
            touched.add(stream);
        } else {
            streams.update(stream);
        }
        if (models.ranSinceAsked()) {
            storeFinished();
        }
    }

    @HotPath
    private void storeFinished() throws Exception {
        for (int i = touched.size() - 1; i >= 0; i--) {
            StreamState stream = touched.get(i);
            if (stream.waitingHops() == 0) {
                setCurrentKey(stream.streamId());
                streams.update(stream);
                touched.remove(i);
            }
        }
    }

    @HotPath
    private void flush() throws Exception {
        processor.flush();
        storeFinished();
    }

    private void scheduleFlush() {
        if (flushScheduled || processor.pendingHops() == 0 || plan.mode() == DeliveryMode.REPLAY) {
            return;
        }
        flushScheduled = true;
        if (plan.lingerMillis() == 0) {
            mailbox.execute(flushing, "run the batch when the input is empty");
        } else {
            // A timer fires in the millisecond after the one it names.
            getProcessingTimeService()
                    .registerTimer(
                            getProcessingTimeService().getCurrentProcessingTime() + plan.lingerMillis() - 1,
                            time -> flushNow());
        }
    }

    private void flushWhenIdle() throws Exception {
        if (processor.pendingHops() > 0 && inputWaits()) {
            mailbox.execute(flushing, "run the batch when the input is empty");
        } else {
            flushNow();
        }
    }

    private void flushNow() throws Exception {
        flushScheduled = false;
        flush();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        reportRefused();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        shippedModels.clear();
        runningMillis.clear();
        // One subtask writes for all: every subtask has the same models, and about the same time, at a barrier.
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            shippedModels.addAll(installed.toBytes());
            runningMillis.add(clock.at(timers.currentProcessingTime()));
        }
    }

    @Override
    public void finish() throws Exception {
        flush();
        for (String key : keys()) {
            setCurrentKey(key);
            StreamState stream = streams.value();
            processor.close(stream, "end of input");
            streams.update(stream);
        }
        flush();
        reportRefused();
        super.finish();
    }

    private void watchIdleness(long sinceMillis) {
        if (plan.mode() == DeliveryMode.LIVE) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, clock.wallMillis(sinceMillis + plan.idleTimeoutMillis()));
        }
    }

    /** A stream's idle timer: closes the stream when it is idle, forgets it when it has been closed as long. */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        flush();
        setCurrentKey(timer.getKey());
        StreamState stream = streams.value();
        if (stream == null) {
            return;
        }
        long dueMillis = clock.at(timer.getTimestamp());
        boolean idle = dueMillis - clock.idleSince(stream.lastSeenMillis()) >= plan.idleTimeoutMillis();
        if (idle && !stream.isOpen()) {
            shedder.remove(stream.streamId());
            streams.clear();
            return;
        }
        if (idle) {
            processor.close(stream, "idle for " + plan.idleTimeoutMillis() + " ms");
            shedder.remove(stream.streamId());
            stream.setLastSeenMillis(dueMillis);
            streams.update(stream);
        }
        watchIdleness(clock.idleSince(stream.lastSeenMillis()));
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("No event-time timer is ever set.");
    }
}
