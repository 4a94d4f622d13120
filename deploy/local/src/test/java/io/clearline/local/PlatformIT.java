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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.JobOptions;
import io.clearline.job.offline.OfflineEnhancer;
import io.clearline.job.stream.ModelSet;
import io.clearline.kafka.DeliveryMode;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("jdk")
class PlatformIT {
    private static final EnhancementModel MODEL = TestModels.bandModel(new StftSpec(512, 256));
    private static final int STREAMS = 6;

    @ParameterizedTest
    @EnumSource(DeliveryMode.class)
    void theOutputIsThatOfTheOfflineEnhancer(DeliveryMode mode) throws Exception {
        try (PlatformFixture platform = PlatformFixture.start(MODEL)) {
            List<AudioClip> clips = new ArrayList<>();
            List<AudioFrame> frames = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                clips.add(new AudioClip(Signals.whiteNoise(16_000 + 100 * i, 0.1, i), 16_000));
                frames.addAll(ClipFrames.of("stream-" + i, clips.get(i), AudioEncoding.PCM_S16LE, 20, 0));
            }
            platform.send(frames);
            platform.submit(new Configuration().set(JobOptions.MODE, mode));
            EnhancedStreams enhanced = platform.receive(STREAMS);

            ModelSet models = new ModelSet(Kernels.best(), 32);
            models.add(MODEL);
            OfflineEnhancer offline = new OfflineEnhancer(models);
            for (int i = 0; i < STREAMS; i++) {
                AudioClip expected = offline.enhance(clips.get(i), AudioEncoding.PCM_S16LE, 20);
                assertThat(enhanced.samples("stream-" + i)).isEqualTo(expected.samples());
            }
            assertThat(enhanced.frames()).isEqualTo(frames.size());
        }
    }

    @Test
    void flinksWebPageIsServedOnLoopbackOnly() throws Exception {
        try (PlatformFixture platform = PlatformFixture.start(MODEL)) {
            URI page = URI.create(platform.platform().webAddress());
            assertThat(InetAddress.getByName(page.getHost()).isLoopbackAddress())
                    .isTrue();
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(each.getInetAddresses())) {
                    if (!address.isLoopbackAddress()) {
                        assertThatThrownBy(() -> new Socket(address, page.getPort()).close())
                                .as(address.toString())
                                .isInstanceOf(ConnectException.class);
                    }
                }
            }
            // A cluster that closes while its TaskManager still registers takes longer than the timeout of close.
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> taskManagers(platform) == 1);
        }
    }

    private static int taskManagers(PlatformFixture platform) throws Exception {
        return platform.platform().flink().requestClusterOverview().get().getNumTaskManagersConnected();
    }
}
