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
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes all topics into the {@link Board}, on a thread of its own, until it is closed. While Kafka is unreachable,
 * {@link #status} reports it and the feed retries. Thread-safe.
 */
public final class KafkaFeed implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaFeed.class);
    /** The pauses between polls gather most records, so that a poll rarely has to wait. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final long REFRESH_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 1_000;

    private final KafkaClients clients;
    private final Board board;
    private final RecordRouter router;
    private final Thread thread;
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private volatile FeedStatus status;

    /** Starts the thread. */
    public KafkaFeed(KafkaClients clients, Board board) {
        this.clients = clients;
        this.board = board;
        router = new RecordRouter(board, clients.topics(), clients.registry());
        status = disconnected("Connecting to Kafka at " + clients.bootstrapServers() + " ...");
        thread = new Thread(this::run, "clearline-console-feed");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the current status. */
    public FeedStatus status() {
        return status;
    }

    private FeedStatus disconnected(String message) {
        long since = status != null && !status.connected() ? status.sinceMillis() : System.currentTimeMillis();
        return new FeedStatus(false, since, message, List.of(), 0, 0, router.undecodable());
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> fresh = clients.consumer("clearline-console")) {
                consumer = fresh;
                consume(fresh);
            } catch (WakeupException e) {
                // Being closed: the loop ends.
            } catch (RuntimeException e) {
                // Any failure, be it a bug: without a retry and a message the page would silently freeze.
                LOGGER.info("Failed to read from Kafka at {}; retrying", clients.bootstrapServers(), e);
                status = disconnected("Kafka at " + clients.bootstrapServers() + " can't be read: " + e.getMessage());
                pause(RETRY_MILLIS);
            }
        }
    }

    private void consume(Consumer<byte[], byte[]> fresh) {
        TopicPositions positions = new TopicPositions(fresh, clients.topics());
        PollPacer pacer = new PollPacer(System.currentTimeMillis());
        long refreshedMillis = 0;
        while (!closed) {
            long nowMillis = System.currentTimeMillis();
            if (nowMillis - refreshedMillis >= REFRESH_MILLIS) {
                refresh(positions, nowMillis);
                refreshedMillis = System.currentTimeMillis();
            }
            long startNanos = System.nanoTime();
            long newestMillis = route(fresh.poll(POLL));
            pause(pacer.pauseMillis(
                    newestMillis,
                    System.currentTimeMillis(),
                    System.nanoTime() - startNanos,
                    positions.isBehind(),
                    board.watchedStreams() > 0));
        }
    }

    /** Routes records and returns the timestamp of the last one; {@link Long#MAX_VALUE} when there is none. */
    private long route(ConsumerRecords<byte[], byte[]> records) {
        long newestMillis = Long.MAX_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            router.route(record);
            newestMillis = record.timestamp();
        }
        return newestMillis;
    }

    private void refresh(TopicPositions positions, long nowMillis) {
        try {
            positions.refresh(nowMillis);
            status = connected(positions);
        } catch (TimeoutException e) {
            status = disconnected(
                    "Kafka at " + clients.bootstrapServers() + " does not answer. What is shown is from before.");
        }
    }

    private FeedStatus connected(TopicPositions positions) {
        long since = status.connected() ? status.sinceMillis() : System.currentTimeMillis();
        List<String> missing = positions.missingTopics();
        String message = missing.isEmpty() ? "" : "Kafka has no topic " + String.join(", ", missing) + ".";
        return new FeedStatus(
                true,
                since,
                message,
                missing,
                positions.lagRecords(),
                positions.skippedRecords(),
                router.undecodable());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
