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
import io.clearline.job.overload.LoadShedder;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamState;
import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stateful operator of the job. It adapts the processing of streams to Flink: frames and models are its two inputs,
 * and it provides output, timers and snapshots. The work itself is done by the parts that {@link #open} creates.
 *
 * <p>Before a checkpoint barrier the batch is run and all states are stored, so no hop is in the batch while a snapshot
 * is taken. Confined to the task's thread.
 */
final class EnhancementOperator extends AbstractStreamOperator<OutputRecord>
        implements TwoInputStreamOperator<StreamFrame, ModelUpdate, OutputRecord>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = LoggerFactory.getLogger(EnhancementOperator.class);

    /** Replaced by a plan without models after they have been prepared, to free their memory. */
    private EnhancementPlan plan;

    private final transient MailboxExecutor mailbox;

    private transient ModelState modelState;
    /** The reading of the {@link RunningClock} at the snapshot. */
    private transient ListState<Long> runningMillis;
    /** Whether the job was restored from a checkpoint. */
    private transient boolean restored;

    private transient InternalTimerService<VoidNamespace> timers;
    private transient EnhancementMetrics meters;
    private transient StreamStates streams;
    private transient ModelPreparer preparer;
    private transient ModelRegistry registry;
    private transient ModelControl control;
    private transient StreamProcessor processor;
    private transient FrameIntake intake;
    private transient IdleTimers idle;
    private transient BatchTrigger trigger;
    private transient OverdueFrames overdue;

    EnhancementOperator(
            StreamOperatorParameters<OutputRecord> parameters, EnhancementPlan plan, MailboxExecutor mailbox) {
        super(parameters);
        this.plan = plan;
        this.mailbox = mailbox;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        streams = new StreamStates(getKeyedStateBackend(), context.getKeyedStateStore());
        modelState = new ModelState(context.getOperatorStateStore());
        runningMillis = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("running-clock", LongSerializer.INSTANCE));
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("idle", VoidNamespaceSerializer.INSTANCE, this);
        // A replay sheds no load: it yields the same bytes, however long that takes.
        LoadShedder shedder = new LoadShedder(plan.mode() == DeliveryMode.LIVE ? plan.overload() : OverloadRules.NONE);
        meters = new EnhancementMetrics(getMetricGroup(), shedder::bypassedStreams);
        RecordEncoder encoder = new RecordEncoder(plan.topics(), meters, output);
        ModelSet models = openModels(encoder);
        processor = new StreamProcessor(models, plan.rules(), encoder);
        control.setProcessor(processor);
        intake = new FrameIntake(processor, shedder, encoder, meters);
        models.setRunListener(intake);
        trigger = new BatchTrigger(plan, mailbox, getProcessingTimeService(), processor);
        overdue = new OverdueFrames(plan.rules(), getProcessingTimeService(), trigger, streams, processor);
        if (restored) {
            registerOpenStreams();
        }
        // The clock starts last, because frames can't arrive while models are warmed up above.
        RunningClock clock = RunningClock.start(timers.currentProcessingTime(), runningMillis.get());
        idle = new IdleTimers(plan, getKeyedStateBackend(), timers, clock);
        LOGGER.info(
                "Enhancing with {} on kernel {}",
                models.describe(),
                models.kernel().name());
    }

    private ModelSet openModels(RecordEncoder encoder) throws Exception {
        ModelSet models =
                new ModelSet(plan.batch().kernel().kernel(), plan.batch().width());
        control = new ModelControl(models, streams, meters, encoder, isFirstSubtask());
        registry = new ModelRegistry(
                models,
                new ModelSource(
                        plan.models().store(), isFirstSubtask(), plan.models().first()),
                control,
                plan.batch().warmUp());
        preparer = new ModelPreparer(mailbox);
        registry.begin(modelState.read(), plan.models().first());
        // A restored job has its models in the state, and ignores what has been announced since.
        for (ModelUpdate update :
                restored ? List.<ModelUpdate>of() : plan.models().announced()) {
            if (update instanceof ModelUpdate.Verified verified) {
                registry.announceAndWait(verified);
            } else if (update instanceof ModelUpdate.Refused refused) {
                control.refused(refused.name(), refused.reason());
            }
        }
        modelState.clear();
        plan = plan.withoutModels();
        meters.setModels(models);
        meters.setKernel(models.kernel().name());
        return models;
    }

    /** Counts the open streams of a restored job, and starts their wait for further frames. */
    private void registerOpenStreams() throws Exception {
        for (String streamId : streams.streamIds()) {
            StreamState stream = streams.forReading(streamId);
            if (stream.isOpen()) {
                meters.openStreams++;
                overdue.restored(stream, timers.currentProcessingTime());
            }
        }
    }

    /**
     * Returns whether this is the subtask that writes models to state, store and events. One suffices, because all
     * subtasks have the same models, and nearly the same time at a barrier.
     */
    private boolean isFirstSubtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    }

    /** Returns the load shedder, for tests. */
    LoadShedder shedder() {
        return intake.shedder();
    }

    /** Returns the metrics, for tests. */
    EnhancementMetrics meters() {
        return meters;
    }

    /** Returns the number of models that are being prepared, for tests. */
    int pendingModels() {
        return registry.pending();
    }

    @Override
    @HotPath
    public void processElement1(StreamRecord<StreamFrame> element) throws Exception {
        StreamFrame frame = element.getValue();
        long wallMillis = timers.currentProcessingTime();
        StreamState stream = streams.forChange(frame.streamId);
        if (stream == null) {
            stream = streams.create(frame.streamId);
            idle.watch(frame.streamId, idle.nowMillis());
        }
        stream.setLastSeenMillis(idle.nowMillis());
        intake.accept(stream, element, wallMillis);
        trigger.afterFrame();
        overdue.afterFrame(stream, wallMillis);
    }

    @Override
    public void processElement2(StreamRecord<ModelUpdate> element) {
        if (element.getValue() instanceof ModelUpdate.Verified verified) {
            registry.announce(verified, preparer, control);
        } else if (element.getValue() instanceof ModelUpdate.Refused refused) {
            control.refused(refused.name(), refused.reason());
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        processor.flush();
        streams.store();
        // Events of the start are emitted before the first snapshot, so that a replay commits each exactly once.
        control.report();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        runningMillis.clear();
        modelState.clear();
        if (isFirstSubtask()) {
            runningMillis.add(idle.nowMillis());
            modelState.write(registry.entries(), registry.unstored());
        }
    }

    @Override
    public void finish() throws Exception {
        processor.flush();
        for (String streamId : streams.streamIds()) {
            processor.close(streams.forChange(streamId), "end of input");
        }
        processor.flush();
        streams.store();
        control.report();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (preparer != null) {
            preparer.close();
        }
        super.close();
    }

    /**
     * Handles the idle timer of a stream: closes the stream if it is idle, and removes its state if it has been closed
     * for the same time.
     */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        processor.flush();
        StreamState stream = streams.forChange(timer.getKey());
        if (stream == null) {
            return;
        }
        boolean isIdle = idle.judge(stream, timer.getTimestamp()) == IdleTimers.Finding.IDLE;
        if (isIdle && !stream.isOpen()) {
            intake.forget(stream);
            streams.remove(stream.streamId());
            return;
        }
        if (isIdle) {
            intake.close(stream, "idle for " + idle.timeoutMillis() + " ms");
            stream.setLastSeenMillis(idle.dueMillis(timer.getTimestamp()));
        }
        idle.watch(stream.streamId(), stream.lastSeenMillis());
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("Expected no event-time timer, found " + timer + "; this is a bug.");
    }
}
