package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.gateway.ClipFrames;
import io.clearline.gateway.FrameSender;
import io.clearline.job.JobMode;
import io.clearline.job.JobOptions;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.testkit.Signals;
import io.clearline.unfolding.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryIT {
    private static final int STREAMS = 8;
    private static final int SECONDS = 12;

    @ParameterizedTest
    @EnumSource(JobMode.class)
    void aRunThatLosesItsTaskManagerGivesTheBytesOfAQuietOne(JobMode mode) throws Exception {
        Map<String, String> quiet = run(mode, false);
        Map<String, String> disturbed = run(mode, true);
        assertThat(quiet).hasSize(STREAMS);
        assertThat(disturbed).isEqualTo(quiet);
    }

    private static Map<String, String> run(JobMode mode, boolean disturb) throws Exception {
        try (PlatformFixture platform = PlatformFixture.start(TestModels.bandModel(new StftSpec(512, 256)))) {
            List<List<AudioFrame>> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                AudioClip clip = new AudioClip(Signals.whiteNoise(16_000 * SECONDS, 0.1, i), 16_000);
                streams.add(ClipFrames.of("stream-" + i, clip, AudioEncoding.PCM_S16LE, 20, 0));
            }
            int frames = streams.get(0).size();
            if (mode == JobMode.REPLAY) {
                sendSlowly(platform, streams, 0, frames, 0);
            }
            platform.submit(new Configuration()
                    .set(JobOptions.MODE, mode)
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300)));
            if (mode == JobMode.LIVE) {
                sendSlowly(platform, streams, 0, frames / 2, 10);
            }
            if (disturb) {
                platform.platform().flink().terminateTaskManager(0).get();
                platform.platform().flink().startTaskManager();
            }
            if (mode == JobMode.LIVE) {
                sendSlowly(platform, streams, frames / 2, frames, 0);
            }
            EnhancedStreams enhanced = platform.receive(STREAMS);
            assertThat(enhanced.frames()).isEqualTo(STREAMS * frames);
            assertThat(mode == JobMode.REPLAY ? enhanced.repeats() : 0).isZero();
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
