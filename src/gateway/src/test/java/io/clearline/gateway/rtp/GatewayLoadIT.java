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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Plays many calls at once through a faulty network, the gateway, Kafka and the job. Runs with {@code -Dgroups=slow};
 * the load is set with {@code -Dclearline.calls=100 -Dclearline.seconds=60}.
 */
@Tag("slow")
class GatewayLoadIT {
    private static final int CALLS = Integer.getInteger("clearline.calls", 100);
    private static final int SECONDS = Integer.getInteger("clearline.seconds", 60);
    private static final int SLOTS = Integer.getInteger("clearline.slots", 1);
    private static final double LOSS = 0.02;

    @Test
    void everyCallIsCarriedWithBoundedMemory() throws Exception {
        try (LocalPlatform platform = LocalPlatform.start(LocalSettings.temporary(2, SLOTS))) {
            platform.submit(new Configuration(), JobModels.load(new Configuration()), SLOTS);
            platform.awaitReady();
            int port = FreePorts.pairs(CALLS);
            GatewaySettings settings = new GatewaySettings(platform.bootstrapServers())
                    .rtp(port, port + 2 * CALLS - 1)
                    .sessions(SessionSettings.DEFAULT.withMaxDelay(
                            Duration.ofMillis(Integer.getInteger("clearline.maxDelay", 200))));
            try (Gateway gateway = Gateway.start(settings)) {
                await().atMost(Duration.ofSeconds(60)).until(gateway::isReading);
                List<RtpCall> calls = calls(port);
                long before = usedBytes();
                CallPlayer.play(calls, Duration.ofSeconds(1));
                print(gateway, calls, before);
                assertThat(gateway.sessions()).hasSize(CALLS);
                long returned = calls.stream()
                        .mapToLong(call -> call.sortedDelayNanos().length)
                        .sum();
                assertThat(returned).isGreaterThan((long) (0.97 * CALLS * 50 * SECONDS));
            }
        }
    }

    private static List<RtpCall> calls(int port) throws Exception {
        List<byte[]> packets = Payloads.muLaw(Payloads.speech(SECONDS));
        List<RtpCall> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(new RtpCall(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 2 * i),
                    new RtpCall.Pace(0, Payloads.FRAME, 20),
                    packets,
                    new LinkFaults(LOSS, 30, 0.01, i)));
        }
        return calls;
    }

    private static void print(Gateway gateway, List<RtpCall> calls, long before) {
        long[] delays = calls.stream()
                .flatMapToLong(call -> Arrays.stream(call.sortedDelayNanos()))
                .sorted()
                .toArray();
        System.out.printf(
                "%d calls, %d s: %d packets back, mouth to ear p50 %d ms, p99 %d ms; in the gateway p50 %d ms, p99 %d"
                        + " ms; dry share %.4f; used memory %d MB before, %d MB after%n",
                CALLS,
                SECONDS,
                delays.length,
                delays[delays.length / 2] / 1_000_000,
                delays[delays.length * 99 / 100] / 1_000_000,
                gateway.addedDelay().quantileMillis(0.5),
                gateway.addedDelay().quantileMillis(0.99),
                gateway.counters().dryShare(),
                before >> 20,
                usedBytes() >> 20);
        for (SessionCounter each : SessionCounter.values()) {
            System.out.println(each + " " + gateway.counters().get(each));
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
