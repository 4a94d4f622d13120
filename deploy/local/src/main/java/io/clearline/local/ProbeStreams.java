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

import io.clearline.kafka.FrameSender;
import io.clearline.kafka.HttpSchemaRegistry;
import io.clearline.kafka.ProbeIds;
import io.clearline.kafka.TopicReader;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.SchemaRegistry;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sends short silent streams through the job to check that frames pass from topic to topic. Their ids begin with
 * {@value ProbeIds#PREFIX}, and each has a last frame. There are enough of them that every partition and every task
 * very probably gets some.
 */
final class ProbeStreams {

    private static final int STREAMS_PER_SLOT = 8;
    private static final int FRAMES = 10;
    private static final int FRAME_MILLIS = 20;
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final Duration POLL = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final Properties settings;
    private final Topics topics;
    private final int slots;
    private final SchemaRegistry registry;

    /** @param registryUrl URL of the schema registry whose framing the job may write; null if there is none */
    ProbeStreams(String bootstrapServers, Properties settings, Topics topics, int slots, String registryUrl) {
        registry = registryUrl == null ? null : new HttpSchemaRegistry(registryUrl);
        this.bootstrapServers = bootstrapServers;
        this.settings = settings;
        this.topics = topics;
        this.slots = slots;
    }

    /**
     * Sends the streams and waits for the last enhanced frame of each.
     *
     * @param report receives the number of streams that are still in the job
     * @throws IOException if they have not come out within the timeout
     */
    void pass(Duration timeout, StartReport report) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        // Part of the ids, so that a restarted process does not take the probes of the previous one for its own.
        String start = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try (TopicReader<EnhancedFrame> reader = new TopicReader<>(
                bootstrapServers,
                topics.enhancedFrames(),
                WireCodec.enhancedFrame().withRegistry(registry),
                settings)) {
            reader.skipToEnd();
            Set<String> missing = send(start);
            while (!missing.isEmpty()) {
                for (EnhancedFrame frame : reader.poll(POLL)) {
                    if (frame.getLastOfStream()) {
                        missing.remove(frame.getStreamId());
                    }
                }
                report.update(() -> "the job runs; " + missing.size() + " of " + streams(slots)
                        + " probe streams have not come out yet.");
                if (System.nanoTime() > deadline) {
                    throw new IOException("The job runs, but " + missing.size() + " of " + streams(slots)
                            + " probe streams did not come out within " + timeout.toSeconds()
                            + " seconds. See the log for the reason.");
                }
            }
        }
    }

    /** Returns the number of probe streams for a job with the given number of slots. */
    static int streams(int slots) {
        return STREAMS_PER_SLOT * slots;
    }

    private Set<String> send(String start) throws IOException {
        Set<String> ids = new HashSet<>();
        long nowMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        try (FrameSender sender = new FrameSender(bootstrapServers, topics.rawFrames(), settings)) {
            for (int i = 0; i < streams(slots); i++) {
                String id = ProbeIds.PREFIX + start + "-" + i;
                ids.add(id);
                for (int sequence = 0; sequence < FRAMES; sequence++) {
                    sender.send(frame(id, sequence, nowMicros));
                }
            }
            sender.flush();
        }
        return ids;
    }

    private static AudioFrame frame(String id, int sequence, long startMicros) {
        int bytes = SAMPLE_RATE_HZ * FRAME_MILLIS / 1000 * Short.BYTES;
        return new AudioFrame(
                id,
                (long) sequence,
                startMicros + TimeUnit.MILLISECONDS.toMicros((long) sequence * FRAME_MILLIS),
                SAMPLE_RATE_HZ,
                AudioEncoding.PCM_S16LE,
                1,
                ByteBuffer.allocate(bytes),
                sequence == FRAMES - 1,
                Map.of(),
                "");
    }
}
