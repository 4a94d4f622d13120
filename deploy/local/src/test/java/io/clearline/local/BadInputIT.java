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
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class BadInputIT {
    private static final int SAMPLES = 16_000 * 4;

    @Test
    void everyBadRecordBecomesADeadLetterAndEveryGoodStreamIsComplete() throws Exception {
        try (PlatformFixture platform = PlatformFixture.start(TestModels.bandModel(new StftSpec(512, 256)))) {
            List<AudioFrame> swapped = stream("swapped", Signals.whiteNoise(SAMPLES, 0.1, 1));
            Collections.swap(swapped, 40, 42);
            List<AudioFrame> doubled = stream("doubled", Signals.whiteNoise(SAMPLES, 0.1, 2));
            doubled.add(50, doubled.get(49));
            platform.send(swapped);
            platform.send(doubled);
            for (int missing : new int[] {1, 3, 100}) {
                List<AudioFrame> gap = stream("gap-" + missing, Signals.whiteNoise(SAMPLES, 0.1, missing));
                gap.subList(20, 20 + missing).clear();
                platform.send(gap);
            }
            List<AudioFrame> endless = stream("endless", Signals.whiteNoise(SAMPLES, 0.1, 3));
            platform.send(endless.subList(0, 100));
            float[] loud = new float[SAMPLES];
            Arrays.fill(loud, 1f);
            platform.send(stream("loud", loud));
            platform.send(stream("silent", new float[SAMPLES]));
            sendBadRecords(platform);

            platform.submit(new Configuration().set(JobOptions.IDLE_TIMEOUT, Duration.ofSeconds(3)));
            EnhancedStreams enhanced = platform.receive(7);
            for (String id : List.of("swapped", "doubled", "gap-1", "gap-3", "gap-100", "loud", "silent")) {
                assertThat(enhanced.stream(id)).as(id).hasSize(200);
            }
            assertThat(enhanced.samples("silent")).containsOnly(0f);
            assertThat(platform.receiveFrames("endless", 100)).hasSize(100);
            List<DeadReason> reasons = platform.readAll(Topics.DEFAULT.deadFrames(), WireCodec.deadFrame()).stream()
                    .map(DeadFrame::getReason)
                    .toList();
            assertThat(reasons)
                    .containsExactlyInAnyOrder(
                            DeadReason.BROKEN,
                            DeadReason.UNKNOWN_SCHEMA,
                            DeadReason.NOT_SINGLE_OBJECT,
                            DeadReason.RECORD_TOO_LARGE,
                            DeadReason.RECORD_TOO_LARGE,
                            DeadReason.SAMPLE_RATE,
                            DeadReason.STREAM_ID);
            assertThat(platform.platform().jobStatus()).isEqualTo(JobStatus.RUNNING);
        }
    }

    private static void sendBadRecords(PlatformFixture platform) throws Exception {
        WireCodec<AudioFrame> codec = WireCodec.audioFrame();
        AudioFrame good = stream("bad", Signals.whiteNoise(SAMPLES, 0.1, 4)).get(0);
        byte[] key = "bad".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = codec.encode(good);
        try (FrameSender sender = platform.sender()) {
            sender.send(key, Arrays.copyOf(bytes, bytes.length / 2));
            byte[] foreign = bytes.clone();
            foreign[5] ^= 1;
            sender.send(key, foreign);
            sender.send(key, "hello".getBytes(StandardCharsets.UTF_8));
            AudioFrame large =
                    stream("bad", Signals.whiteNoise(SAMPLES, 0.1, 5)).get(0);
            large.setPayload(ByteBuffer.allocate(1_000_000));
            sender.send(large);
            byte[] noise = new byte[3 << 20];
            new Random(8).nextBytes(noise);
            sender.send(key, noise);
            AudioFrame still =
                    stream("bad", Signals.whiteNoise(SAMPLES, 0.1, 6)).get(0);
            still.setSampleRateHz(0);
            sender.send(still);
            AudioFrame longId = stream("x".repeat(10_240), Signals.whiteNoise(SAMPLES, 0.1, 7))
                    .get(0);
            sender.send(longId);
            sender.flush();
        }
    }

    private static List<AudioFrame> stream(String id, float[] samples) {
        return ClipFrames.of(id, new AudioClip(samples, 16_000), AudioEncoding.PCM_S16LE, 20, 1_000_000);
    }
}
