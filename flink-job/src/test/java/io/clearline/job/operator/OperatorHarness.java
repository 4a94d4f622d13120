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
 * The enhancement operator without a cluster, in the words of its tests: frames and models in, records out, time by
 * hand.
 */
final class OperatorHarness extends AbstractStreamOperatorTestHarness<OutputRecord> {
    static final long IDLE_MILLIS = 30_000;
    /** Timers come no later than this where the operator runs. */
    private static final long TIMER_MILLIS = 500;

    static final long REORDER_MILLIS = 100;
    static final int MAX_PARALLELISM = 128;

    /** A thousand streams fit. */
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

    /** Makes the operator of a task whose input is always empty. */
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

    /** A running operator without a past. */
    static OperatorHarness open(EnhancementModel model) throws Exception {
        return open(model, new HashMapStateBackend());
    }

    /** As {@link #open(EnhancementModel)}, with the state in a backend. */
    static OperatorHarness open(EnhancementModel model, StateBackend backend) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model), 1, 0, backend);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** As {@link #open(EnhancementModel)}, with a store of models beside the checkpoints. */
    static OperatorHarness open(EnhancementModel model, ArtifactStore store) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model, store), 1, 0);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** A running operator that goes on where a snapshot was taken, with a store of models beside the checkpoints. */
    static OperatorHarness restore(EnhancementModel model, OperatorSubtaskState state, ArtifactStore store)
            throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model, store), 1, 0);
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    /** As {@link #open(EnhancementModel)}, as a job in a mode with rules for overload. */
    static OperatorHarness open(EnhancementModel model, DeliveryMode mode, OverloadRules overload) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model, mode, overload), 1, 0);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /** As {@link #open(EnhancementModel)}, as a replay that knows what was announced. */
    static OperatorHarness replay(EnhancementModel model, List<ModelUpdate> announced) throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.replayPlan(model, announced), 1, 0);
        harness.initializeEmptyState();
        harness.open();
        return harness;
    }

    /**
     * A replay that goes on where a snapshot was taken, as one of several subtasks, and is told what was announced up
     * to now.
     */
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

    /** A running operator that goes on where a snapshot was taken, as one of several subtasks. */
    static OperatorHarness restore(EnhancementModel model, OperatorSubtaskState state, int parallelism, int subtask)
            throws Exception {
        return restore(model, state, parallelism, subtask, new HashMapStateBackend());
    }

    /** As {@link #restore(EnhancementModel, OperatorSubtaskState, int, int)}, with the state in a backend. */
    static OperatorHarness restore(
            EnhancementModel model, OperatorSubtaskState state, int parallelism, int subtask, StateBackend backend)
            throws Exception {
        OperatorHarness harness = new OperatorHarness(TestPlans.plan(model), parallelism, subtask, backend);
        harness.initializeState(repartitionOperatorState(state, MAX_PARALLELISM, 1, parallelism, subtask));
        harness.open();
        return harness;
    }

    /** A running operator that goes on where this one's snapshot is taken, after so much time; this one is closed. */
    OperatorHarness restartedAfter(EnhancementModel model, long awayMillis) throws Exception {
        OperatorSubtaskState state = snapshot();
        close();
        OperatorHarness next = new OperatorHarness(TestPlans.plan(model), 1, 0);
        next.setProcessingTime(getProcessingTime() + awayMillis);
        next.initializeState(state);
        next.open();
        return next;
    }

    /** As {@link #restartedAfter(EnhancementModel, long)}, with rules for overload. */
    OperatorHarness restartedAfter(EnhancementModel model, long awayMillis, OverloadRules overload) throws Exception {
        OperatorSubtaskState state = snapshot();
        close();
        OperatorHarness next = new OperatorHarness(TestPlans.plan(model, DeliveryMode.LIVE, overload), 1, 0);
        next.setProcessingTime(getProcessingTime() + awayMillis);
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

    /** Sends a frame that Kafka was given so long ago. */
    void sendLate(StreamFrame frame, long ageMillis) throws Exception {
        send(new StreamRecord<>(frame, getProcessingTime() - ageMillis));
    }

    /** As {@link #send(StreamFrame)}, for lambdas. */
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

    /** Sends those of the frames whose streams belong to this subtask. */
    void sendOwn(List<StreamFrame> frames) throws Exception {
        for (StreamFrame frame : frames) {
            int owner =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(frame.streamId, MAX_PARALLELISM, parallelism);
            if (owner == subtask) {
                send(frame);
            }
        }
    }

    /** Announces a model and waits until it has its turn, or is refused. */
    void announce(ModelUpdate update) throws Exception {
        announceOnly(update);
        awaitModels();
    }

    /** Waits until every announced model has its turn, or is refused. */
    void awaitModels() throws Exception {
        while (enhancement().pendingModels() > 0) {
            getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
        }
    }

    /** Models that are being prepared. */
    int pendingModels() {
        return enhancement().pendingModels();
    }

    /** Announces a model, which is then prepared while frames go on. */
    void announceOnly(ModelUpdate update) {
        enhancement().processElement2(new StreamRecord<>(update));
    }

    /** The input is over. */
    void finish() throws Exception {
        enhancement().finish();
    }

    /** What the operator counted. */
    EnhancementMetrics meters() {
        return enhancement().meters();
    }

    private EnhancementOperator enhancement() {
        return (EnhancementOperator) operator;
    }

    /** Enhancement took so long, as far as the operator knows: in a harness the clocks of work and time are not one. */
    void kernelTook(long millis) {
        enhancement().shedder().worked(1_000_000 * millis);
    }

    /** Lets so much processing time pass, in which the operator runs: timers come in time. */
    void pass(long millis) throws Exception {
        long end = getProcessingTime() + millis;
        while (getProcessingTime() < end) {
            setProcessingTime(Math.min(end, getProcessingTime() + TIMER_MILLIS));
        }
        runMail();
    }

    /** What waits for an empty input. */
    private void runMail() throws Exception {
        for (Optional<Mail> mail = nextMail(); mail.isPresent(); mail = nextMail()) {
            mail.get().run();
        }
    }

    private Optional<Mail> nextMail() {
        return getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
    }

    /** Lets the operator stand still for so long, as a long collection or a paused machine would: timers come late. */
    void stall(long millis) throws Exception {
        setProcessingTime(getProcessingTime() + millis);
    }

    OperatorSubtaskState snapshot() throws Exception {
        prepareSnapshotPreBarrier(1);
        return snapshot(1, 1);
    }

    /** Streams the operator remembers. */
    int storedStreams() throws Exception {
        try (Stream<String> keys =
                enhancement().<String>getKeyedStateBackend().getKeys("streams", VoidNamespace.INSTANCE)) {
            return (int) keys.count();
        }
    }

    /** The state backend that the operator really has. */
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

    /** What became of models. */
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

    /** The audio that came out of a stream, all payloads one after another. */
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

    /** Forgets what came out so far. */
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
