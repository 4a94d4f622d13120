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
package io.clearline.console.feed;

import io.clearline.console.board.Board;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backfills the last minute of a stream that a client starts to watch, by reading its partitions again. Reading takes a
 * few seconds at most and is active for a quarter of that time, so a part of the minute may be missing on a busy topic.
 * Requests are processed one after the other, and skipped when their stream is no longer watched. Thread-safe.
 */
public final class AudioBackfill implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AudioBackfill.class);
    private static final long LOOK_BACK_MILLIS = 60_000;
    private static final long MAX_READ_MILLIS = 8_000;
    private static final Duration POLL = Duration.ofMillis(200);
    /** The ratio of pause to work: reading yields to the job, which may share the machine. */
    private static final int PAUSE_FACTOR = 3;

    private final KafkaClients clients;
    private final Board board;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "clearline-console-back-reader");
        thread.setDaemon(true);
        return thread;
    });

    /** Creates an idle instance. */
    public AudioBackfill(KafkaClients clients, Board board) {
        this.clients = clients;
        this.board = board;
    }

    /** Requests a backfill of the last minute of a stream, and returns at once. Does nothing for an unknown stream. */
    public void request(String streamId) {
        Board.Partitions partitions = board.partitions(streamId);
        if (partitions.raw() >= 0 || partitions.enhanced() >= 0) {
            reader.execute(() -> backfill(streamId, partitions));
        }
    }

    private void backfill(String streamId, Board.Partitions partitions) {
        if (!board.isWatched(streamId)) {
            return;
        }
        Map<TopicPartition, Long> starts = new HashMap<>();
        long fromMillis = System.currentTimeMillis() - LOOK_BACK_MILLIS;
        if (partitions.raw() >= 0) {
            starts.put(new TopicPartition(clients.topics().rawFrames(), partitions.raw()), fromMillis);
        }
        if (partitions.enhanced() >= 0) {
            starts.put(new TopicPartition(clients.topics().enhancedFrames(), partitions.enhanced()), fromMillis);
        }
        try (Consumer<byte[], byte[]> consumer = clients.consumer("clearline-console-back-reader")) {
            Map<TopicPartition, Long> ends = seek(consumer, starts);
            copy(consumer, ends, streamId);
        } catch (KafkaException e) {
            LOGGER.info("Failed to backfill the last minute of stream {}", streamId, e);
        } finally {
            board.backfillEnded(streamId);
        }
    }

    /** Assigns the partitions, seeks to the start times and returns the end offsets. */
    private static Map<TopicPartition, Long> seek(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> starts) {
        consumer.assign(starts.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(starts);
        for (TopicPartition partition : starts.keySet()) {
            OffsetAndTimestamp start = offsets.get(partition);
            consumer.seek(partition, start == null ? ends.get(partition) : start.offset());
        }
        return ends;
    }

    private void copy(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, String streamId) {
        byte[] key = streamId.getBytes(StandardCharsets.UTF_8);
        FrameCopier copier = new FrameCopier();
        long untilMillis = System.currentTimeMillis() + MAX_READ_MILLIS;
        while (System.currentTimeMillis() < untilMillis && board.isWatched(streamId) && !isAt(ends, consumer)) {
            long startNanos = System.nanoTime();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (Arrays.equals(record.key(), key)) {
                    copier.copy(record);
                }
            }
            pause(System.nanoTime() - startNanos);
        }
    }

    private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer) {
        return ends.keySet().stream().allMatch(each -> consumer.position(each) >= ends.get(each));
    }

    private static void pause(long workedNanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE_FACTOR * workedNanos);
        } catch (InterruptedException e) {
            // Being closed: the next poll throws.
            Thread.currentThread().interrupt();
        }
    }

    /** Decodes frames into the board. Uses its own codecs, because codecs are thread-confined. */
    private final class FrameCopier {
        private final WireCodec<AudioFrame> rawCodec = WireCodec.audioFrame().withRegistry(clients.registry());
        private final WireCodec<EnhancedFrame> enhancedCodec =
                WireCodec.enhancedFrame().withRegistry(clients.registry());

        void copy(ConsumerRecord<byte[], byte[]> record) {
            try {
                if (!record.topic().equals(clients.topics().rawFrames())) {
                    EnhancedFrame frame = enhancedCodec.decode(record.value(), null);
                    if (!EnhancedFrameLimits.areBrokenBy(frame)) {
                        board.backfill(frame, record.timestamp());
                    }
                } else if (FrameLimits.checkRecord(record.value()).isEmpty()) {
                    board.backfill(rawCodec.decode(record.value(), null), record.timestamp());
                }
            } catch (WireFormatException e) {
                LOGGER.debug("Failed to decode a record of topic {}", record.topic(), e);
            }
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
