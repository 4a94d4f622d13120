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

import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.model.ArtifactStore;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.OutputRecordSerializer;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import io.clearline.schemas.frame.StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * Runs the enhancement operator without a cluster, with methods in the terms of its tests: frames and models in,
 * records out. The test advances the time.
 */
final class OperatorHarness extends AbstractStreamOperatorTestHarness<OutputRecord> {
    static final long IDLE_MILLIS = 30_000;
    /** Step of processing time, so that timers fire at most this late. */
    private static final long TIMER_MILLIS = 500;

    static final long REORDER_MILLIS = 100;
    static final int MAX_PARALLELISM = 128;

    /** Enough for a thousand streams. */
    private static final int MAX_STATE_BYTES = 64 << 20;

    private static final KeySelector<StreamFrame, String> BY_STREAM = frame -> frame.streamId;

    private final int parallelism;
    private final int subtask;

    private OperatorHarness(EnhancementPlan plan, int parallelism, int subtask) throws Exception {
        this(plan, parallelism, subtask, new HashMapStateBackend());
    }

    private OperatorHarness(EnhancementPlan plan, int parallelism, int subtask, StateBackend backend) throws Exception {
        super(new IdleFactory(plan), MAX_PARALLELISM, parallelism, subtask);
        // Before setup(), which hands the backend to the operator; later calls change nothing.
        setStateBackend(backend);
        setCheckpointStorage(new JobManagerCheckpointStorage(MAX_STATE_BYTES));
        this.parallelism = parallelism;
        this.subtask = subtask;
        config.setStatePartitioner(0, BY_STREAM);
        config.setStateKeySerializer(StringSerializer.INSTANCE);
        config.serializeAllConfigs();
        setup(OutputRecordSerializer.INSTANCE);
    }

    /** Creates the operator of a task whose input always looks empty. */
    private static final class IdleFactory extends EnhancementOperatorFactory {
        private static final long serialVersionUID = 1L;

        IdleFactory(EnhancementPlan plan) {
            super(plan);
        }

        @Override
        public void setMailboxExecutor(MailboxExecutor mailbox) {
            super.setMailboxExecutor(new IdleMailbox(mailbox));
        }
    }

    /** Returns a running operator with empty state. */
    static OperatorHarness open(EnhancementModel model) throws Exception {
        return open(model, new HashMapStateBackend());
    }

    /** Like {@link #open(EnhancementModel)}, with a state backend. */
    static OperatorHarness open(EnhancementModel model, StateBackend backend) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model), 1, 0, backend);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** Like {@link #open(EnhancementModel)}, with a store for models beside the checkpoints. */
    static OperatorHarness open(EnhancementModel model, ArtifactStore store) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model, store), 1, 0);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** Returns a running operator that was restored from a snapshot, with a store for models beside the checkpoints. */
    static OperatorHarness restore(EnhancementModel model, OperatorSubtaskState state, ArtifactStore store)
            throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model, store), 1, 0);
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    /** Like {@link #open(EnhancementModel)}, with a delivery mode and rules for overload. */
    static OperatorHarness open(EnhancementModel model, DeliveryMode mode, OverloadRules overload) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model, mode, overload), 1, 0);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** Like {@link #open(EnhancementModel)}, in REPLAY with announcements. */
    static OperatorHarness replay(EnhancementModel model, List<ModelUpdate> announced) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.replayPlan(model, announced), 1, 0);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** Returns one subtask of a replay that was restored from a snapshot, with the announcements up to now. */
    static OperatorHarness restoreReplay(
            EnhancementModel model,
            List<ModelUpdate> announced,
            OperatorSubtaskState state,
            int parallelism,
            int subtask)
            throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.replayPlan(model, announced), parallelism, subtask);
        harness.initializeState(repartitionOperatorState(state, MAX_PARALLELISM, 1, parallelism, subtask));
        harness.open();
        return harness;
    }

    /** Returns one subtask of an operator that was restored from a snapshot. */
    static OperatorHarness restore(EnhancementModel model, OperatorSubtaskState state, int parallelism, int subtask)
            throws Exception {
        return restore(model, state, parallelism, subtask, new HashMapStateBackend());
    }

    /** Like {@link #restore(EnhancementModel, OperatorSubtaskState, int, int)}, with a state backend. */
    static OperatorHarness restore(
            EnhancementModel model, OperatorSubtaskState state, int parallelism, int subtask, StateBackend backend)
            throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model), parallelism, subtask, backend);
        harness.initializeState(repartitionOperatorState(state, MAX_PARALLELISM, 1, parallelism, subtask));
        harness.open();
        return harness;
    }

    /** Takes a snapshot, closes this operator, and returns one that is restored from it after a downtime. */
    OperatorHarness restartedAfter(EnhancementModel model, long downtimeMillis) throws Exception {
        OperatorSubtaskState state = snapshot();
        close();
        OperatorHarness next = new OperatorHarness(TestPlans.plan(model), 1, 0);
        next.setProcessingTime(getProcessingTime() + downtimeMillis);
        next.initializeState(state);
        next.open();
        return next;
    }

    /** Like {@link #restartedAfter(EnhancementModel, long)}, with rules for overload. */
    OperatorHarness restartedAfter(EnhancementModel model, long downtimeMillis, OverloadRules overload)
            throws Exception {
        OperatorSubtaskState state = snapshot();
        close();
        OperatorHarness next = new OperatorHarness(TestPlans.plan(model, DeliveryMode.LIVE, overload), 1, 0);
        next.setProcessingTime(getProcessingTime() + downtimeMillis);
        next.initializeState(state);
        next.open();
        return next;
    }

    void send(List<StreamFrame> frames) throws Exception {
        for (StreamFrame frame : frames) {
            send(frame);
        }
    }

    void send(StreamFrame frame) throws Exception {
        send(new StreamRecord<>(frame));
    }

    /** Sends a frame whose record in Kafka is {@code ageMillis} old. */
    void sendLate(StreamFrame frame, long ageMillis) throws Exception {
        send(new StreamRecord<>(frame, getProcessingTime() - ageMillis));
    }

    /** Like {@link #send(StreamFrame)}, without checked exceptions, for lambdas. */
    void sendQuietly(StreamRecord<StreamFrame> element) {
        try {
            send(element);
        } catch (Exception e) {
            throw new IllegalStateException("The operator failed", e);
        }
    }

    private void send(StreamRecord<StreamFrame> element) throws Exception {
        enhancement().setKeyContextElement1(element);
        enhancement().processElement1(element);
    }

    /** Sends the frames whose streams belong to this subtask. */
    void sendOwn(List<StreamFrame> frames) throws Exception {
        for (StreamFrame frame : frames) {
            int owner =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(frame.streamId, MAX_PARALLELISM, parallelism);
            if (owner == subtask) {
                send(frame);
            }
        }
    }

    /** Announces a model and waits until it is prepared or refused. */
    void announce(ModelUpdate update) throws Exception {
        announceOnly(update);
        awaitModels();
    }

    /** Waits until every announced model is prepared or refused. */
    void awaitModels() throws Exception {
        while (enhancement().pendingModels() > 0) {
            getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
        }
    }

    /** Returns the number of models that are being prepared. */
    int pendingModels() {
        return enhancement().pendingModels();
    }

    /** Announces a model, which is prepared in the background. */
    void announceOnly(ModelUpdate update) {
        enhancement().processElement2(new StreamRecord<>(update));
    }

    /** Ends the input. */
    void finish() throws Exception {
        enhancement().finish();
    }

    /** Returns the metrics of the operator. */
    EnhancementMetrics meters() {
        return enhancement().meters();
    }

    private EnhancementOperator enhancement() {
        return (EnhancementOperator) operator;
    }

    /** Adds processor time of the kernel, because the time of a harness does not advance while the kernel runs. */
    void kernelTook(long millis) {
        enhancement().shedder().addKernelTime(1_000_000 * millis);
    }

    /** Advances the processing time in small steps, so that timers fire in time. */
    void pass(long millis) throws Exception {
        long end = getProcessingTime() + millis;
        while (getProcessingTime() < end) {
            setProcessingTime(Math.min(end, getProcessingTime() + TIMER_MILLIS));
        }
        runMail();
    }

    /** Runs the mails that wait for an empty input. */
    private void runMail() throws Exception {
        for (Optional<Mail> mail = nextMail(); mail.isPresent(); mail = nextMail()) {
            mail.get().run();
        }
    }

    private Optional<Mail> nextMail() {
        return getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
    }

    /** Advances the processing time in one step, as after a long garbage collection, so that timers fire late. */
    void stall(long millis) throws Exception {
        setProcessingTime(getProcessingTime() + millis);
    }

    OperatorSubtaskState snapshot() throws Exception {
        prepareSnapshotPreBarrier(1);
        return snapshot(1, 1);
    }

    /** Returns the number of streams that have a state. */
    int storedStreams() throws Exception {
        try (Stream<String> keys =
                enhancement().<String>getKeyedStateBackend().getKeys("streams", VoidNamespace.INSTANCE)) {
            return (int) keys.count();
        }
    }

    /** Returns the state backend that the operator uses. */
    KeyedStateBackend<?> keyedStateBackend() {
        return enhancement().getKeyedStateBackend();
    }

    List<StreamEventKind> events(String key) throws Exception {
        return decoded(Topics.DEFAULT.events(), WireCodec.streamEvent()).stream()
                .filter(event -> event.getStreamId().equals(key))
                .map(StreamEvent::getKind)
                .toList();
    }

    List<StreamEvent> events() throws Exception {
        return decoded(Topics.DEFAULT.events(), WireCodec.streamEvent());
    }

    /** Returns the emitted events of models. */
    List<ModelEvent> modelEvents() throws Exception {
        return decoded(Topics.DEFAULT.modelEvents(), WireCodec.modelEvent());
    }

    List<EnhancedFrame> frames() throws Exception {
        return decoded(Topics.DEFAULT.enhancedFrames(), WireCodec.enhancedFrame());
    }

    List<EnhancedFrame> frames(String streamId) throws Exception {
        return frames().stream()
                .filter(frame -> frame.getStreamId().equals(streamId))
                .toList();
    }

    /** Returns the concatenated payloads of a stream's frames. */
    byte[] audio(String streamId) throws Exception {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        for (EnhancedFrame frame : frames(streamId)) {
            audio.write(
                    frame.getPayload().array(),
                    frame.getPayload().arrayOffset(),
                    frame.getPayload().remaining());
        }
        return audio.toByteArray();
    }

    /** Discards the output so far. */
    void clearOutput() {
        getOutput().clear();
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (Exception e) {
            throw new IOException("The operator does not close", e);
        }
    }

    private <T extends SpecificRecordBase> List<T> decoded(String topic, WireCodec<T> codec)
            throws WireFormatException {
        List<T> records = new ArrayList<>();
        for (OutputRecord output : extractOutputValues()) {
            if (output.topic.equals(topic)) {
                records.add(codec.decode(output.value, null));
            }
        }
        return records;
    }
}
