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
import static org.assertj.core.api.Assertions.assertThatCode;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.job.ClearlineJob;
import io.clearline.job.JobOptions;
import io.clearline.job.model.ModelFiles;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("jdk")
class ReplaySwapIT {
    private static final StftSpec STFT = new StftSpec(512, 256);
    private static final int SWAP_FRAME = 60;

    @TempDir
    private Path folder;

    @Test
    void aReplayRepeatsALiveRunThroughASwapAndARefusalToTheByte() throws Exception {
        AudioClip clip = new AudioClip(Signals.whiteNoise(32_000, 0.1, 1), 16_000);
        List<AudioFrame> frames = ClipFrames.of("a", clip, AudioEncoding.PCM_S16LE, 20, 0);
        try (PlatformFixture platform = PlatformFixture.start(TestModels.bandModel(STFT), 1)) {
            platform.submit(new Configuration());
            platform.send(frames.subList(0, SWAP_FRAME / 2));
            announce(platform, published(), frames.get(SWAP_FRAME).getCaptureTimeMicros());
            announce(platform, new ModelAnnouncement("live", "gone", "1", "file:/nowhere", "", 0L));
            awaitOutcomes(platform, 1);
            platform.send(frames.subList(SWAP_FRAME / 2, frames.size()));
            platform.receive(1);
            platform.platform().flink().cancelJob(platform.platform().jobId()).get();

            platform.submit(new Configuration().set(JobOptions.MODE, DeliveryMode.REPLAY));
            platform.platform().awaitEnd();

            // EnhancedStreams fails if a repeated frame differs.
            EnhancedStreams both = new EnhancedStreams();
            platform.readAll(Topics.DEFAULT.enhancedFrames(), WireCodec.enhancedFrame())
                    .forEach(both::add);
            assertThat(both.repeats()).isEqualTo(frames.size());
            assertThat(both.stream("a"))
                    .extracting(EnhancedFrame::getModelVersion)
                    .startsWith("1")
                    .endsWith("2")
                    .filteredOn("1"::equals)
                    .hasSizeBetween(SWAP_FRAME - 3, SWAP_FRAME);
            awaitOutcomes(platform, 2);
        }
    }

    @Test
    void aReplayWithoutAnnouncementsUsesTheModelsOfItsOptions() throws Exception {
        Configuration options = new Configuration().set(JobOptions.MODE, DeliveryMode.REPLAY);
        List<ModelFiles> models = List.of(new ModelFiles(new byte[0], new byte[0]));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
            assertThatCode(() -> ClearlineJob.define(env, options, models)).doesNotThrowAnyException();
        }
    }

    private ModelArtifact published() throws IOException {
        EnhancementModel model = TestModels.rememberingModel(STFT).as(new ModelId("test", "2"));
        return new ModelRepository(folder).publish(model, Provenance.unknown());
    }

    private void announce(PlatformFixture platform, ModelArtifact model, long fromMicros) throws IOException {
        Path home = new ModelRepository(folder).folder(model.card().id());
        announce(
                platform,
                new ModelAnnouncement(
                        "live",
                        model.card().name(),
                        model.card().version(),
                        home.toUri().toString(),
                        model.sha256(),
                        fromMicros));
    }

    private static void announce(PlatformFixture platform, ModelAnnouncement announcement) throws IOException {
        try (FrameSender sender = new FrameSender(
                platform.platform().bootstrapServers(),
                Topics.DEFAULT.models(),
                platform.platform().gatewaySettings())) {
            sender.send(
                    announcement.getChannel().getBytes(StandardCharsets.UTF_8),
                    WireCodec.modelAnnouncement().encode(announcement));
            sender.flush();
        }
    }

    /** Waits until the given number of jobs have accepted the one model and refused the other. */
    private static void awaitOutcomes(PlatformFixture platform, int jobs) throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            expected.add("test@2 SCHEDULED");
            expected.add("gone@1 REFUSED");
        }
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(outcomes(platform))
                .containsExactlyInAnyOrderElementsOf(expected));
    }

    private static List<String> outcomes(PlatformFixture platform) throws Exception {
        return platform.readAll(Topics.DEFAULT.modelEvents(), WireCodec.modelEvent()).stream()
                .map(event -> event.getModel() + " " + event.getKind())
                .toList();
    }
}
