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

import static io.clearline.job.operator.OperatorHarness.IDLE_MILLIS;
import static io.clearline.schemas.StreamEventKind.CLOSED;
import static io.clearline.schemas.StreamEventKind.MODEL_CHANGED;
import static io.clearline.schemas.StreamEventKind.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.job.stream.Frames;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.frame.StreamFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator yields the same bytes and events with every state backend. */
@Tag("jdk")
class StateBackendsTest {
    private static final EnhancementModel FIRST = TestModels.bandModel(new StftSpec(512, 256));
    private static final EnhancementModel SECOND = version(TestModels.rememberingModel(new StftSpec(512, 256)), "2");
    private static final List<StreamFrame> FRAMES = Frames.noise("a", 16_000, 1.2, 1);
    /** A stream that stays open during model changes, since its last frame is never sent. */
    private static final List<StreamFrame> UNENDED =
            Frames.noise("b", 8_000, 1.2, 2).subList(0, 59);

    enum Backend {
        HEAP(HashMapStateBackend::new, HeapKeyedStateBackend.class),
        ROCKSDB(EmbeddedRocksDBStateBackend::new, RocksDBKeyedStateBackend.class);

        private final Supplier<StateBackend> factory;
        private final Class<?> keyed;

        Backend(Supplier<StateBackend> factory, Class<?> keyed) {
            this.factory = factory;
            this.keyed = keyed;
        }

        OperatorHarness open() throws Exception {
            return OperatorHarness.open(FIRST, factory.get());
        }

        OperatorHarness restore(OperatorSubtaskState state, int parallelism, int subtask) throws Exception {
            return OperatorHarness.restore(FIRST, state, parallelism, subtask, factory.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOperatorHasTheBackendThatIsNamed(Backend backend) throws Exception {
        try (OperatorHarness operator = backend.open()) {
            assertThat(operator.keyedStateBackend()).isInstanceOf(backend.keyed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRestoredStreamGivesTheBytesOfOneThatWasNeverInterrupted(Backend backend) throws Exception {
        GoldenStreams streams = new GoldenStreams(StateVersion.CURRENT);
        OperatorSubtaskState snapshot;
        Map<String, String> expected;
        try (OperatorHarness operator = backend.open()) {
            operator.send(streams.before);
            snapshot = operator.snapshot();
            operator.clearOutput();
            operator.send(streams.after);
            operator.pass(5);
            expected = GoldenStreams.hashes(operator.frames());
        }
        for (int parallelism : List.of(1, 3)) {
            List<EnhancedFrame> frames = new ArrayList<>();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                try (OperatorHarness operator = backend.restore(snapshot, parallelism, subtask)) {
                    operator.sendOwn(streams.after);
                    operator.pass(5);
                    frames.addAll(operator.frames());
                }
            }
            assertThat(GoldenStreams.hashes(frames)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatIsAnnouncedWhileStreamsAreOpenTakesOver(Backend backend) throws Exception {
        try (OperatorHarness operator = backend.open()) {
            send(operator, 0, 20);
            operator.announce(update(SECOND, 0));
            send(operator, 20, 40);
            operator.pass(5);
            assertThat(versions(operator, "a")).containsExactly("1", "2");
            assertThat(versions(operator, "b")).containsExactly("1", "2");
            assertThat(operator.events("a")).containsExactly(OPENED, MODEL_CHANGED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void swapsAndARollBackGiveTheBytesThatTheyGiveOnTheHeap(Backend backend) throws Exception {
        assertThat(swapped(backend)).isEqualTo(swapped(Backend.HEAP));
    }

    private static List<EnhancedFrame> swapped(Backend backend) throws Exception {
        try (OperatorHarness operator = backend.open()) {
            send(operator, 0, 10);
            operator.announce(update(SECOND, FRAMES.get(15).captureTimeMicros));
            send(operator, 10, 20);
            operator.announce(update(version(FIRST, "3"), FRAMES.get(25).captureTimeMicros));
            send(operator, 20, 30);
            operator.announce(update(SECOND, FRAMES.get(40).captureTimeMicros));
            send(operator, 30, 59);
            operator.pass(5);
            assertThat(versions(operator, "a")).containsExactly("1", "2", "3", "2");
            return operator.frames();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatStoodStillOverTwoSwapsGoesOnAfterThem(Backend backend) throws Exception {
        try (OperatorHarness operator = backend.open()) {
            send(operator, 0, 20);
            operator.announce(update(SECOND, 0));
            operator.announce(update(version(FIRST, "3"), 0));
            send(operator, 20, 40);
            operator.pass(5);
            assertThat(versions(operator, "a")).containsExactly("1", "3");
            assertThat(operator.frames("a")).hasSizeGreaterThanOrEqualTo(38);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSwapThatIsStillAheadSurvivesARestoreOnTwoSubtasks(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        List<EnhancedFrame> expected;
        try (OperatorHarness operator = backend.open()) {
            send(operator, 0, 10);
            operator.announce(update(SECOND, FRAMES.get(30).captureTimeMicros));
            snapshot = operator.snapshot();
            operator.clearOutput();
            send(operator, 10, 59);
            operator.pass(5);
            expected = sorted(operator.frames());
        }
        List<EnhancedFrame> frames = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (OperatorHarness operator = backend.restore(snapshot, 2, subtask)) {
                operator.sendOwn(FRAMES.subList(10, 59));
                operator.sendOwn(UNENDED.subList(10, 59));
                operator.pass(5);
                frames.addAll(operator.frames());
            }
        }
        assertThat(sorted(frames)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aRestoredStreamIsSwapped(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (OperatorHarness operator = backend.open()) {
            send(operator, 0, 20);
            snapshot = operator.snapshot();
        }
        try (OperatorHarness operator = backend.restore(snapshot, 1, 0)) {
            operator.announce(update(SECOND, 0));
            operator.announce(update(version(FIRST, "3"), 0));
            send(operator, 20, 40);
            operator.pass(5);
            assertThat(versions(operator, "a")).endsWith("3");
            assertThat(operator.frames("a").get(0).getSequence()).isEqualTo(19);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdleStreamClosesAfterASwapAndIsForgotten(Backend backend) throws Exception {
        try (OperatorHarness operator = backend.open()) {
            operator.send(UNENDED);
            operator.announce(update(SECOND, 0));
            operator.pass(IDLE_MILLIS + 1);
            assertThat(operator.events("b")).containsExactly(OPENED, CLOSED);
            assertThat(operator.frames("b")).hasSameSizeAs(UNENDED);
            operator.pass(IDLE_MILLIS + 1);
            assertThat(operator.storedStreams()).isZero();
            assertThat(operator.numProcessingTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfInputClosesEveryStream(Backend backend) throws Exception {
        try (OperatorHarness operator = backend.open()) {
            operator.send(UNENDED);
            operator.finish();
            assertThat(operator.events("b")).containsExactly(OPENED, CLOSED);
            assertThat(operator.frames("b")).hasSameSizeAs(UNENDED);
        }
    }

    private static void send(OperatorHarness operator, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            operator.send(FRAMES.get(i));
            operator.send(UNENDED.get(i));
        }
    }

    private static List<EnhancedFrame> sorted(List<EnhancedFrame> frames) {
        return frames.stream()
                .sorted((left, right) -> {
                    int byStream = left.getStreamId().compareTo(right.getStreamId());
                    return byStream == 0 ? Long.compare(left.getSequence(), right.getSequence()) : byStream;
                })
                .toList();
    }

    /** Returns the versions in the order in which they took over. */
    private static List<String> versions(OperatorHarness operator, String streamId) throws Exception {
        List<String> versions = new ArrayList<>();
        for (EnhancedFrame frame : operator.frames(streamId)) {
            if (versions.isEmpty() || !versions.get(versions.size() - 1).equals(frame.getModelVersion())) {
                versions.add(frame.getModelVersion());
            }
        }
        return versions;
    }

    private static ModelUpdate update(EnhancementModel model, long fromMicros) {
        return TestPlans.update(model, fromMicros);
    }

    private static EnhancementModel version(EnhancementModel model, String version) {
        return model.as(new ModelId(model.id().name(), version));
    }
}
