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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.record.OutputRecordSerializer;
import io.clearline.job.record.RawRecordSerializer;
import io.clearline.job.record.StreamFrameSerializer;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Restores snapshots of every version of the state that was ever released, and compares the output that follows.
 *
 * <p>When {@link StateVersion#CURRENT} has increased, {@code ./mvnw -pl flink-job -am test -Dtest=GoldenSnapshotTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dclearline.regenerate=true} writes the folder of the new version. Existing
 * folders are never overwritten. When the arithmetic of the signal path has changed on purpose, delete the
 * {@code .sha256} files, and the same command writes the missing ones.
 */
@Tag("jdk")
class GoldenSnapshotTest {
    private static final Path GOLDEN = CommittedText.home().resolve("flink-job/src/test/resources/golden");
    private static final StftSpec STFT = new StftSpec(512, 256);
    private static final List<TypeSerializer<?>> SERIALIZERS = List.of(
            StreamStateSerializer.INSTANCE,
            ModelUpdateSerializer.INSTANCE,
            ModelEntrySerializer.INSTANCE,
            ShippedModelSerializer.INSTANCE,
            AnnouncementSerializer.INSTANCE,
            StreamFrameSerializer.INSTANCE,
            RawRecordSerializer.INSTANCE,
            OutputRecordSerializer.INSTANCE);

    static Stream<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".snapshot")).sorted().toList().stream();
        }
    }

    static Stream<Path> serializers() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".serializer")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void aSnapshotOfAnyVersionGoesOnToTheLastBit(Path snapshot) throws Exception {
        assertThat(continuation(snapshot, 1)).isEqualTo(expected(snapshot));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void aSnapshotOfAnyVersionGoesOnToTheLastBitOnThreeSubtasks(Path snapshot) throws Exception {
        assertThat(continuation(snapshot, 3)).isEqualTo(expected(snapshot));
    }

    /** On a slow machine, checkpoints can be taken before the source has reached its offsets. */
    @ParameterizedTest
    @MethodSource("snapshots")
    void aSnapshotThatIsTakenAgainBeforeItsStreamsGoOnIsStillThat(Path snapshot) throws Exception {
        EnhancementModel other = TestModels.passThrough(STFT);
        OperatorSubtaskState state = OperatorSnapshotUtil.readStateHandle(snapshot.toString());
        for (int life = 0; life < 2; life++) {
            try (OperatorHarness operator = OperatorHarness.restore(other, state, 1, 0)) {
                // Short enough that the missing frames, which arrive next, are still waited for.
                operator.pass(10);
                operator.snapshot();
                state = operator.snapshot();
            }
        }
        try (OperatorHarness operator = OperatorHarness.restore(other, state, 1, 0)) {
            operator.pass(1);
            operator.snapshot();
            operator.sendOwn(new GoldenStreams(versionOf(snapshot)).after);
            operator.pass(5);
            assertThat(GoldenStreams.hashes(operator.frames())).isEqualTo(expected(snapshot));
        }
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void aSerializerOfAnyVersionCanBeGoneOnWith(Path file) throws Exception {
        TypeSerializerSnapshot<?> stored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(Files.readAllBytes(file)), getClass().getClassLoader());
        TypeSerializer<?> current = SERIALIZERS.stream()
                .filter(each ->
                        file.getFileName().toString().startsWith(each.getClass().getSimpleName() + "."))
                .findAny()
                .orElseThrow();
        assertThat(isCompatible(current, stored)).isTrue();
    }

    @Test
    void theVersionThatIsWrittenHasItsGoldenSnapshots() {
        assertThat(folder().resolve("bands.snapshot"))
                .as("StateVersion.CURRENT went up; write its snapshots as the Javadoc of this test says")
                .exists();
    }

    /** Writes missing snapshots of this version and missing hashes, if regeneration is enabled. */
    @BeforeAll
    static void writeWhatIsMissing() throws Exception {
        if (!CommittedText.regenerating()) {
            return;
        }
        if (!Files.exists(folder())) {
            writeTheSnapshotsOfThisVersion();
        }
        for (Path snapshot : snapshots().toList()) {
            if (!Files.exists(hashesBeside(snapshot))) {
                writeHashes(snapshot);
            }
        }
    }

    private static void writeTheSnapshotsOfThisVersion() throws Exception {
        Files.createDirectories(folder());
        write("bands", TestModels.bandModel(STFT));
        write("bins", TestModels.binModel(STFT));
        for (TypeSerializer<?> serializer : SERIALIZERS) {
            DataOutputSerializer out = new DataOutputSerializer(256);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            Files.write(folder().resolve(serializer.getClass().getSimpleName() + ".serializer"), out.getCopyOfBuffer());
        }
    }

    private static Path folder() {
        return GOLDEN.resolve("state-" + StateVersion.CURRENT);
    }

    private static void write(String name, EnhancementModel model) throws Exception {
        GoldenStreams streams = new GoldenStreams(StateVersion.CURRENT);
        try (OperatorHarness operator = OperatorHarness.open(model)) {
            operator.send(streams.before);
            OperatorSnapshotUtil.writeStateHandle(
                    operator.snapshot(), folder().resolve(name + ".snapshot").toString());
        }
    }

    private static Path hashesBeside(Path snapshot) {
        return Path.of(snapshot.toString().replace(".snapshot", ".sha256"));
    }

    /**
     * Writes the hashes of the continuation. They differ from those of an uninterrupted job, because the overlap in the
     * snapshot was computed with earlier arithmetic.
     */
    private static void writeHashes(Path snapshot) throws Exception {
        String text = continuation(snapshot, 1).entrySet().stream()
                .map(each -> each.getValue() + "  " + each.getKey() + "\n")
                .collect(Collectors.joining());
        Files.writeString(hashesBeside(snapshot), text);
    }

    /**
     * Returns the hashes of the output after the snapshot, computed by {@code subtasks} subtasks. The model comes from
     * the snapshot; the plan names another one.
     */
    private static Map<String, String> continuation(Path snapshot, int subtasks) throws Exception {
        EnhancementModel other = TestModels.passThrough(STFT);
        List<EnhancedFrame> frames = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            try (OperatorHarness operator = OperatorHarness.restore(
                    other, OperatorSnapshotUtil.readStateHandle(snapshot.toString()), subtasks, subtask)) {
                operator.sendOwn(new GoldenStreams(versionOf(snapshot)).after);
                operator.pass(5);
                frames.addAll(operator.frames());
            }
        }
        return GoldenStreams.hashes(frames);
    }

    private static int versionOf(Path snapshot) {
        String folder = snapshot.getParent().getFileName().toString();
        return Integer.parseInt(folder.substring("state-".length()));
    }

    private static Map<String, String> expected(Path snapshot) throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(hashesBeside(snapshot))) {
            String[] hashAndStream = line.split("  ");
            expected.put(hashAndStream[1], hashAndStream[0]);
        }
        return expected;
    }

    @SuppressWarnings("unchecked") // The name of the file determines the type.
    private static <T> boolean isCompatible(TypeSerializer<T> current, TypeSerializerSnapshot<?> stored) {
        return current.snapshotConfiguration()
                .resolveSchemaCompatibility((TypeSerializerSnapshot<T>) stored)
                .isCompatibleAsIs();
    }
}
