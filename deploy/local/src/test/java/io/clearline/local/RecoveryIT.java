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
import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryIT {
    private static final int STREAMS = 8;
    private static final int SECONDS = 12;

    @ParameterizedTest
    @EnumSource(DeliveryMode.class)
    void aRunThatLosesItsTaskManagerGivesTheBytesOfAnUndisturbedOne(DeliveryMode mode) throws Exception {
        Map<String, String> undisturbed = run(mode, false);
        Map<String, String> disturbed = run(mode, true);
        assertThat(undisturbed).hasSize(STREAMS);
        assertThat(disturbed).isEqualTo(undisturbed);
    }

    /** Collects the restarts that the watch reports. */
    private static final class RecordedRestarts implements JobWatch.Listener {
        private final List<String> restarts = new CopyOnWriteArrayList<>();

        @Override
        public void restarted(int count, String reason) {
            restarts.add(reason);
        }

        @Override
        public void checkpointFailed(long failed, String reason) {
            // Expected: a checkpoint in progress fails with its TaskManager.
        }
    }

    private static Map<String, String> run(DeliveryMode mode, boolean disturb) throws Exception {
        RecordedRestarts recorded = new RecordedRestarts();
        try (PlatformFixture platform = PlatformFixture.start(TestModels.bandModel(new StftSpec(512, 256)))) {
            List<List<AudioFrame>> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                AudioClip clip = new AudioClip(Signals.whiteNoise(16_000 * SECONDS, 0.1, i), 16_000);
                streams.add(ClipFrames.of("stream-" + i, clip, AudioEncoding.PCM_S16LE, 20, 0));
            }
            int frames = streams.get(0).size();
            if (mode == DeliveryMode.REPLAY) {
                sendSlowly(platform, streams, 0, frames, 0);
            }
            platform.submit(new Configuration()
                    .set(JobOptions.MODE, mode)
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300)));
            if (mode == DeliveryMode.LIVE) {
                sendSlowly(platform, streams, 0, frames / 2, 10);
            }
            JobWatch watch = JobWatch.start(platform.platform().localFlink(), recorded);
            if (disturb) {
                platform.platform().flink().terminateTaskManager(0).get();
                platform.platform().flink().startTaskManager();
            }
            if (mode == DeliveryMode.LIVE) {
                sendSlowly(platform, streams, frames / 2, frames, 0);
            }
            EnhancedStreams enhanced = platform.receive(STREAMS);
            assertThat(enhanced.frames()).isEqualTo(STREAMS * frames);
            watch.poll();
            watch.close();
            if (mode == DeliveryMode.LIVE) {
                // A replay may have finished before its TaskManager is terminated.
                assertThat(watch.restarts()).isEqualTo(disturb ? 1 : 0);
            }
            assertThat(recorded.restarts).hasSize(watch.restarts());
            assertThat(mode == DeliveryMode.REPLAY ? enhanced.repeats() : 0).isZero();
            return enhanced.hashes();
        }
    }

    private static void sendSlowly(
            PlatformFixture platform, List<List<AudioFrame>> streams, int from, int to, int pauseMillis)
            throws Exception {
        try (FrameSender sender = platform.sender()) {
            for (int n = from; n < to; n++) {
                for (List<AudioFrame> frames : streams) {
                    sender.send(frames.get(n));
                }
                if (pauseMillis > 0) {
                    Thread.sleep(pauseMillis);
                }
            }
            sender.flush();
        }
    }
}
