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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.JobOptions;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.CommittedText;
import io.clearline.testkit.Dtmf;
import io.clearline.testkit.Signals;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Restores savepoints that earlier versions of the job took in the middle of its streams, and that are kept in the
 * tree. The topic is filled with the same frames again, so that the offsets in a savepoint point to the same frames.
 *
 * <p>{@code ./mvnw -pl deploy/local -am test -Dtest=GoldenSavepointIT -Dsurefire.failIfNoSpecifiedTests=false
 * -Dclearline.regenerate=true} writes a savepoint if the folder of the version is missing. After an intended change of
 * the signal path's arithmetic, delete the {@code .sha256} files: the same command writes the missing ones.
 */
@Tag("jdk")
class GoldenSavepointIT {
    /** The newest savepoint. The earlier ones are state-1, of 24 November, and 5a73bab, of the commit of that name. */
    private static final String VERSION = "state-5-tones";

    private static final List<String> VERSIONS = List.of("state-1", "5a73bab", "state-3-tones", VERSION);

    private static final String TONES = "golden-tones";
    private static final Path GOLDEN = CommittedText.home().resolve("deploy/local/src/test/resources/savepoints");
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final int STREAMS = 4;
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final int CUT = 30;

    @ParameterizedTest
    @MethodSource("versionsAndBackends")
    void theJobContinuesBitExactlyFromASavepointOfAnEarlierVersion(String version, String backend) throws Exception {
        assertThat(continuation(version, backend)).isEqualTo(Files.readString(hashesOf(version)));
    }

    static Stream<Arguments> versionsAndBackends() {
        return VERSIONS.stream()
                .flatMap(version -> Stream.of("hashmap", "rocksdb").map(each -> arguments(version, each)));
    }

    /** Returns the hashes of the frames that are enhanced after the savepoint. */
    private static String continuation(String version, String backend) throws Exception {
        // The savepoint was written by two subtasks, so three also test the rescaling.
        try (PlatformFixture platform = PlatformFixture.start(MODEL, 3)) {
            platform.send(before(version));
            platform.send(after(version));
            platform.submit(new Configuration()
                    // On a slow machine, the restored streams must not be closed before their next frames are read.
                    .set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(10))
                    .set(StateBackendOptions.STATE_BACKEND, backend)
                    .set(
                            StateRecoveryOptions.SAVEPOINT_PATH,
                            GOLDEN.resolve(version).toString()));
            EnhancedStreams enhanced = platform.receive(streams(version).size());
            assertThat(enhanced.stream(id(0)).iterator().next().getSequence()).isPositive();
            return text(enhanced);
        }
    }

    /** Writes the missing savepoint and hashes if {@code clearline.regenerate} is set. */
    @BeforeAll
    static void regenerate(@TempDir Path folder) throws Exception {
        if (!CommittedText.regenerating()) {
            return;
        }
        if (!Files.exists(GOLDEN.resolve(VERSION))) {
            writeSavepoint(folder);
        }
        for (String version : VERSIONS) {
            if (!Files.exists(hashesOf(version))) {
                // Not taken from an uninterrupted run: the overlap in the savepoint was computed by the arithmetic of
                // its version.
                Files.writeString(hashesOf(version), continuation(version, "hashmap"));
            }
        }
    }

    private static void writeSavepoint(Path folder) throws Exception {
        Configuration inline =
                new Configuration().set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
        try (PlatformFixture platform = PlatformFixture.start(MODEL)) {
            platform.send(before(VERSION));
            platform.submit(inline);
            for (List<AudioFrame> stream : streams(VERSION)) {
                platform.receiveFrames(stream.get(0).getStreamId(), CUT - 3);
            }
            URI written = URI.create(platform.platform()
                    .flink()
                    .stopWithSavepoint(
                            platform.platform().jobId(), folder.toString(), false, SavepointFormatType.CANONICAL)
                    .get());
            Files.createDirectories(GOLDEN.resolve(VERSION));
            Files.copy(
                    Path.of(written).resolve("_metadata"),
                    GOLDEN.resolve(VERSION).resolve("_metadata"));
        }
    }

    private static Path hashesOf(String version) {
        return GOLDEN.resolve(version + ".sha256");
    }

    /** Returns the hashes of the frames after the cut, one stream a line. */
    private static String text(EnhancedStreams enhanced) {
        return enhanced.hashesFrom(CUT).entrySet().stream()
                .map(each -> each.getValue() + "  " + each.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static List<AudioFrame> before(String version) {
        return streams(version).stream()
                .flatMap(frames -> frames.subList(0, CUT).stream())
                .toList();
    }

    private static List<AudioFrame> after(String version) {
        return streams(version).stream()
                .flatMap(frames -> frames.subList(CUT, frames.size()).stream())
                .toList();
    }

    private static List<List<AudioFrame>> streams(String version) {
        List<List<AudioFrame>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int sampleRateHz = i % 2 == 0 ? SAMPLE_RATE_HZ : 8_000;
            AudioClip clip = new AudioClip(Signals.whiteNoise(sampleRateHz, 0.1, i), sampleRateHz);
            AudioEncoding encoding = AudioEncoding.values()[i % 3];
            streams.add(ClipFrames.of(id(i), clip, encoding, 20, 0));
        }
        if (version.endsWith("-tones")) {
            // A DTMF key is pressed while the savepoint is taken, so that the tone detector's state is in it.
            AudioClip keys = new AudioClip(Dtmf.send("159#", 110, SAMPLE_RATE_HZ, 0.3), SAMPLE_RATE_HZ);
            streams.add(ClipFrames.of(TONES, keys, AudioEncoding.PCM_S16LE, 20, 0));
        }
        return streams;
    }

    private static String id(int stream) {
        return "golden-" + stream;
    }
}
