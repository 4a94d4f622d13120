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

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.offline.OfflineEnhancer;
import io.clearline.job.stream.ModelSet;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose process ends abruptly and starts again on the same data. */
class ResumeIT {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final Configuration OFTEN =
            new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));

    @Test
    void aStreamContinuesBitExactlyWhenThePlatformRestartsOnItsData(@TempDir Path data) throws Exception {
        AudioClip clip = new AudioClip(Signals.whiteNoise(16_000 * 4, 0.1, 1), 16_000);
        List<AudioFrame> frames = ClipFrames.of("call", clip, AudioEncoding.PCM_S16LE, 20, 0);
        LocalSettings settings = LocalSettings.temporary(2, 2).in(data);
        try (PlatformFixture platform = PlatformFixture.start(MODEL, settings)) {
            platform.submit(OFTEN);
            platform.send(frames.subList(0, 100));
            platform.receiveFrames("call", 95);
            awaitTwoCheckpoints(platform);
            // Closing takes no savepoint and cancels no job, so for the state it equals a kill.
        }
        try (PlatformFixture platform = PlatformFixture.start(MODEL, settings)) {
            platform.submit(OFTEN);
            assertThat(platform.platform().restoredFrom()).isPresent();
            platform.platform().awaitReady();
            platform.send(frames.subList(100, frames.size()));
            float[] enhanced = platform.receive(1 + probes()).samples("call");

            ModelSet models = new ModelSet(Kernels.best(), 32);
            models.add(MODEL);
            AudioClip expected = new OfflineEnhancer(models).enhance(clip, AudioEncoding.PCM_S16LE, 20);
            assertThat(enhanced).isEqualTo(expected.samples());
        }
    }

    @Test
    void aTopicThatIsRecreatedWhileThePlatformIsDownIsReadFromItsBeginning(@TempDir Path data) throws Exception {
        LocalSettings settings = LocalSettings.temporary(2, 2).in(data);
        try (PlatformFixture platform = PlatformFixture.start(MODEL, settings)) {
            platform.submit(OFTEN);
            platform.send(stream("before"));
            platform.receiveFrames("before", 50);
            awaitTwoCheckpoints(platform);
        }
        try (PlatformFixture platform = PlatformFixture.start(MODEL, settings)) {
            platform.replaceRawTopic();
            // More records than the old topic had, so that the offsets in the state are valid in the new one.
            for (int i = 0; i < 8; i++) {
                platform.send(stream("after-" + i));
            }
            platform.submit(OFTEN);
            assertThat(platform.platform().restoredFrom()).isPresent();
            for (int i = 0; i < 8; i++) {
                assertThat(platform.receiveFrames("after-" + i, 50)).hasSize(50);
            }
        }
    }

    private static List<AudioFrame> stream(String id) {
        AudioClip clip = new AudioClip(Signals.whiteNoise(16_000, 0.1, id.hashCode()), 16_000);
        return ClipFrames.of(id, clip, AudioEncoding.PCM_S16LE, 20, 0);
    }

    /** Returns the number of probe streams of a platform with two slots. */
    private static int probes() {
        return ProbeStreams.streams(2);
    }

    private static void awaitTwoCheckpoints(PlatformFixture platform) throws Exception {
        LocalFlink flink = platform.platform().localFlink();
        long before = completed(flink);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> completed(flink), completed -> completed >= before + 2);
    }

    private static long completed(LocalFlink flink) throws Exception {
        return flink.graph().getCheckpointStatsSnapshot().getCounts().getNumberOfCompletedCheckpoints();
    }
}
