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
package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.FreePorts;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.job.JobModels;
import io.clearline.local.LocalPlatform;
import io.clearline.local.LocalSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plays calls by RTP through the gateway, Kafka and the job, and back. */
class GatewayIT {
    private static LocalPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = LocalPlatform.start(LocalSettings.temporary(2, 1));
        platform.submit(new Configuration(), JobModels.load(new Configuration()), 1);
        platform.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        platform.close();
    }

    @Test
    void aCallReturnsEnhancedOnItsOwnPort() throws Exception {
        int port = FreePorts.pairs(1);
        try (Gateway gateway = Gateway.start(new GatewaySettings(platform.bootstrapServers())
                .rtp(port, port + 1)
                .threads(1)
                .sessions(SessionSettings.DEFAULT.withMaxDelay(Duration.ofSeconds(1))))) {
            await().atMost(Duration.ofSeconds(60)).until(gateway::isReading);
            List<byte[]> packets = Payloads.muLaw(Payloads.speech(10));
            RtpCall call = new RtpCall(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    new RtpCall.Pace(0, Payloads.FRAME, 20),
                    packets,
                    LinkFaults.NONE);
            CallPlayer.play(List.of(call), Duration.ofSeconds(1));

            long[] delays = call.sortedDelayNanos();
            System.out.println("returned " + delays.length + " of " + packets.size() + ", p50 "
                    + delays[delays.length / 2] / 1_000_000 + " ms, p99 " + delays[delays.length * 99 / 100] / 1_000_000
                    + " ms, dry share " + gateway.counters().dryShare());
            for (SessionCounter each : SessionCounter.values()) {
                System.out.println(each + " " + gateway.counters().get(each));
            }
            assertThat(delays).hasSize(packets.size());
            assertThat(gateway.counters().dryShare()).isLessThan(0.5);
        }
    }
}
