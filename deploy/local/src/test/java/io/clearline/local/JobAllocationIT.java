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

import com.sun.management.ThreadMXBean;
import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.TestModels;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.frame.ClipFrames;
import io.clearline.testkit.Signals;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the bytes that the job's threads allocate per frame, by kind of thread. Broker and sender are not counted.
 *
 * <p>{@code ./mvnw -pl deploy/local -am verify -DexcludedTests= -Dit.test=JobAllocationIT
 * -Dfailsafe.failIfNoSpecifiedTests=false -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false}
 */
@Tag("slow")
class JobAllocationIT {
    private static final int PARTITIONS = 2;
    private static final int STREAMS = 64;
    private static final int WARM_UP_ROUNDS = 1_500;
    private static final int ROUNDS = 3_000;
    private static final String NOT_THE_JOB = "-";
    private static final String OPERATOR = "enhance (operator, sink)";
    private static final String SENDER = "allocation-sender";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Kafka's clients and Flink allocate for each record; the operator does not. The test prints a table of both. */
    private static final long MAX_BYTES_PER_FRAME = 16_000;

    private static final long MAX_OPERATOR_BYTES_PER_FRAME = 6_000;

    @Test
    void aFrameCostsTheJobABoundedNumberOfBytes() throws Exception {
        List<byte[]> keys = new ArrayList<>();
        List<List<byte[]>> frames = new ArrayList<>();
        encode(keys, frames);
        try (PlatformFixture platform = PlatformFixture.start(TestModels.bandModel(new StftSpec(512, 256)))) {
            platform.submit(new Configuration());
            Properties settings = new Properties();
            settings.put("client.id", SENDER);
            String servers = platform.platform().bootstrapServers();
            try (FrameSender sender = new FrameSender(servers, Topics.DEFAULT.rawFrames(), settings)) {
                exchange(sender, servers, keys, frames, 0, WARM_UP_ROUNDS);
                Map<String, Long> before = allocated();
                exchange(sender, servers, keys, frames, WARM_UP_ROUNDS, WARM_UP_ROUNDS + ROUNDS);
                Map<String, Long> perFrame = bytesPerFrame(before, allocated(), (long) ROUNDS * STREAMS);
                perFrame.forEach((kind, bytes) -> System.out.printf("%-28s %,7d bytes per frame%n", kind, bytes));
                long sum = perFrame.values().stream().mapToLong(Long::longValue).sum();
                System.out.printf("%-28s %,7d bytes per frame%n", "the job", sum);
                assertThat(sum).isPositive().isLessThan(MAX_BYTES_PER_FRAME);
                assertThat(perFrame.get(OPERATOR)).isPositive().isLessThan(MAX_OPERATOR_BYTES_PER_FRAME);
            }
        }
    }

    private static void encode(List<byte[]> keys, List<List<byte[]>> frames) {
        WireCodec<AudioFrame> codec = WireCodec.audioFrame();
        for (int i = 0; i < STREAMS; i++) {
            String id = "9b2d5c1e-0f7a-4d53-8e6b-" + String.format("%012d", i);
            AudioClip clip = new AudioClip(Signals.whiteNoise(320 * (WARM_UP_ROUNDS + ROUNDS + 1), 0.1, i), 16_000);
            keys.add(id.getBytes(StandardCharsets.UTF_8));
            frames.add(ClipFrames.of(id, clip, AudioEncoding.PCM_S16LE, 20, 0).stream()
                    .map(codec::encode)
                    .toList());
        }
    }

    /** Sends some rounds and waits until as many enhanced frames are there, but those that a window holds back. */
    private static void exchange(
            FrameSender sender, String servers, List<byte[]> keys, List<List<byte[]>> frames, int from, int to)
            throws Exception {
        for (int round = from; round < to; round++) {
            for (int i = 0; i < STREAMS; i++) {
                sender.send(keys.get(i), frames.get(i).get(round));
            }
        }
        sender.flush();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> enhancedFrames(admin) >= (long) (to - 2) * STREAMS);
        }
    }

    private static long enhancedFrames(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new TreeMap<>((a, b) -> a.partition() - b.partition());
        for (int i = 0; i < PARTITIONS; i++) {
            ends.put(new TopicPartition(Topics.DEFAULT.enhancedFrames(), i), OffsetSpec.latest());
        }
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(each -> each.offset())
                .sum();
    }

    private static Map<String, Long> allocated() {
        Map<String, Long> bytes = new TreeMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                bytes.merge(
                        kind(thread.getThreadName()), THREADS.getThreadAllocatedBytes(thread.getThreadId()), Long::sum);
            }
        }
        return bytes;
    }

    private static String kind(String thread) {
        if (thread.contains(SENDER)) {
            return NOT_THE_JOB;
        }
        if (thread.startsWith("Source Data Fetcher")) {
            return "Kafka consumer";
        }
        if (thread.startsWith("kafka-producer-network-thread")) {
            return "Kafka producer";
        }
        if (thread.startsWith("Source: frames.raw")) {
            return "decode (source, decoder)";
        }
        return thread.startsWith("enhance") ? OPERATOR : NOT_THE_JOB;
    }

    private static Map<String, Long> bytesPerFrame(Map<String, Long> before, Map<String, Long> after, long frames) {
        Map<String, Long> bytes = new TreeMap<>();
        after.forEach((kind, sum) -> bytes.put(kind, (sum - before.getOrDefault(kind, 0L)) / frames));
        bytes.remove(NOT_THE_JOB);
        return bytes;
    }
}
