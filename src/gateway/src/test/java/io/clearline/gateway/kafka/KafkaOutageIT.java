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
package io.clearline.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.FreePorts;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.rtp.CallPlayer;
import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.gateway.rtp.RtpCall;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops the broker in the middle of a call, and starts it again. */
class KafkaOutageIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int PACKETS = 50 * 600;

    @TempDir
    private Path folder;

    @Test
    void theCallIsDryDuringTheOutageAndEnhancedAfterwards() throws Exception {
        int port = FreePorts.pairs(1);
        RestartableKafka kafka = new RestartableKafka(folder.resolve("kafka"));
        ExecutorService calling = Executors.newSingleThreadExecutor();
        try (EchoJob job = new EchoJob(kafka.bootstrapServers());
                Gateway gateway = Gateway.start(new GatewaySettings(kafka.bootstrapServers())
                        .rtp(port, port + 1)
                        .sessions(SessionSettings.DEFAULT.withMaxDelay(Duration.ofSeconds(1))))) {
            await().atMost(TIMEOUT).until(() -> gateway.isReading() && job.isReading());
            RtpCall call = new RtpCall(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    new RtpCall.Pace(0, 160, 20),
                    Collections.nCopies(PACKETS, new byte[160]),
                    LinkFaults.NONE);
            Future<?> played = calling.submit(() -> {
                CallPlayer.play(List.of(call), Duration.ofSeconds(1));
                return null;
            });
            awaitMore(gateway, SessionCounter.FRAMES_ENHANCED, 100);

            kafka.close();
            awaitMore(gateway, SessionCounter.FRAMES_DRY, 300);
            assertThat(gateway.sessions()).hasSize(1);

            kafka.start();
            awaitMore(gateway, SessionCounter.FRAMES_ENHANCED, 100);
            assertThat(gateway.sessions()).hasSize(1);
            assertThat(gateway.counters().get(SessionCounter.SOURCE_CHANGES)).isZero();
            assertThat(played.isDone()).isFalse();
        } finally {
            calling.shutdownNow();
            kafka.close();
        }
    }

    private static void awaitMore(Gateway gateway, SessionCounter counter, int more) {
        long before = gateway.counters().get(counter);
        await().atMost(TIMEOUT).until(() -> gateway.counters().get(counter) >= before + more);
    }
}
