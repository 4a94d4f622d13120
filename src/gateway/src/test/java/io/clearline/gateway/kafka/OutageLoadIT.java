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

import com.sun.management.OperatingSystemMXBean;
import io.clearline.gateway.FreePorts;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.gateway.media.MillisHistogram;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.gateway.rtp.SteadyCalls;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway alone under many calls by RTP, with 2 % loss, 30 ms jitter and packets that overtake each other, while
 * Kafka goes away in the middle; the job is one that changes nothing. Prints delay, dry share, processor time and
 * memory. By command: {@code -Dgroups=slow -Dclearline.calls=100 -Dclearline.seconds=60 -Dclearline.outage=30}.
 */
@Tag("slow")
class OutageLoadIT {
    private static final int CALLS = Integer.getInteger("clearline.calls", 100);
    /** Before and after the outage, each. */
    private static final int SECONDS = Integer.getInteger("clearline.seconds", 60);

    /** Java compiles, and the play-out finds its delay. */
    private static final int WARM_UP_SECONDS = Integer.getInteger("clearline.warmUp", 20);

    private static final int OUTAGE_SECONDS = Integer.getInteger("clearline.outage", 30);
    private static final LinkFaults FAULTS = new LinkFaults(0.02, 30, 0.01, 14);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @TempDir
    private Path folder;

    @Test
    void noCallIsLostAndAllComeBackEnhanced() throws Exception {
        int port = FreePorts.pairs(CALLS);
        RestartableKafka kafka = new RestartableKafka(folder.resolve("kafka"));
        try (EchoJob job = new EchoJob(kafka.bootstrapServers());
                Gateway gateway =
                        Gateway.start(new GatewaySettings(kafka.bootstrapServers()).rtp(port, port + 2 * CALLS - 1))) {
            await().atMost(PATIENCE).until(() -> gateway.isReading() && job.isReading());
            try (SteadyCalls calls = new SteadyCalls(port, CALLS, FAULTS)) {
                await().atMost(PATIENCE).until(() -> gateway.sessions().size() == CALLS);
                Thread.sleep(1000L * WARM_UP_SECONDS);
                run(gateway, calls, "first");
                outage(gateway, calls, kafka);
                run(gateway, calls, "then");
            }
            assertThat(gateway.sessions()).hasSize(CALLS);
            assertThat(gateway.counters().get(SessionCounter.SOURCE_CHANGES)).isZero();
        } finally {
            kafka.close();
        }
    }

    private static void outage(Gateway gateway, SteadyCalls calls, RestartableKafka kafka) throws Exception {
        kafka.close();
        long away = System.nanoTime();
        Thread.sleep(1000L * OUTAGE_SECONDS);
        System.out.println(gateway.sessions().size() + " calls while Kafka is away, " + heap());
        kafka.start();
        long back = System.nanoTime();
        awaitEnhanced(gateway);
        System.out.printf(
                Locale.ROOT,
                "Kafka was away for %.1f s; all enhanced again %.1f s after it was there; mouth to ear meanwhile %s%n",
                (back - away) / 1e9,
                (System.nanoTime() - back) / 1e9,
                quantiles(calls.takeMouthToEar()));
    }

    /** More than nine of ten frames of a second are enhanced. */
    private static void awaitEnhanced(Gateway gateway) throws InterruptedException {
        long enhanced;
        do {
            long before = gateway.counters().get(SessionCounter.FRAMES_ENHANCED);
            Thread.sleep(1000);
            enhanced = gateway.counters().get(SessionCounter.FRAMES_ENHANCED) - before;
        } while (enhanced < 0.9 * 50 * CALLS);
    }

    private static void run(Gateway gateway, SteadyCalls calls, String name) throws InterruptedException {
        long enhanced = gateway.counters().get(SessionCounter.FRAMES_ENHANCED);
        long played = gateway.counters().played();
        long cpu = gatewayCpuNanos();
        long processCpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        calls.takeMouthToEar();
        calls.takeMaxBehindMillis();
        Thread.sleep(1000L * SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long frames = gateway.counters().played() - played;
        System.out.printf(
                Locale.ROOT,
                "%s: %d calls, %.0f s, %d frames, dry %.2f %%, mouth to ear %s, in the gateway so far p50 %d ms, p99"
                        + " %d ms; processor of the gateway's threads %.2f ms a second and call, of the process %.2f"
                        + " cores; calls late by up to %d ms themselves; %s%n",
                name,
                gateway.sessions().size(),
                seconds,
                frames,
                100.0 * (frames - gateway.counters().get(SessionCounter.FRAMES_ENHANCED) + enhanced) / frames,
                quantiles(calls.takeMouthToEar()),
                gateway.addedDelay().quantileMillis(0.5),
                gateway.addedDelay().quantileMillis(0.99),
                (gatewayCpuNanos() - cpu) / 1e6 / seconds / CALLS,
                (PROCESS.getProcessCpuTime() - processCpu) / 1e9 / seconds,
                calls.takeMaxBehindMillis(),
                heap());
    }

    private static String quantiles(MillisHistogram delays) {
        return "p50 " + delays.quantileMillis(0.5) + " ms, p99 " + delays.quantileMillis(0.99) + " ms";
    }

    /** Of its loops, its producer and its consumer. */
    private static long gatewayCpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(each -> each != null && each.getThreadName().startsWith("clearline-gateway"))
                .mapToLong(each -> Math.max(0, threads.getThreadCpuTime(each.getThreadId())))
                .sum();
    }

    private static String heap() {
        System.gc();
        return "heap "
                + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20) + " MB";
    }
}
