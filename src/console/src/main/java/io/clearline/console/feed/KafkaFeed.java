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
 * Reads all topics in a thread of its own, from now until it is closed, whatever happens to Kafka meanwhile: while it
 * is away, {@link #status} says so, and reading goes on when it is back.
 */
public final class KafkaFeed implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaFeed.class);
    /** Mostly it has gathered before; this long for what has not. */
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

    /** Starts to read. */
    public KafkaFeed(KafkaClients clients, Board board) {
        this.clients = clients;
        this.board = board;
        router = new RecordRouter(board, clients.topics(), clients.registry());
        status = away("Connecting to Kafka at " + clients.bootstrapServers() + " ...");
        thread = new Thread(this::run, "clearline-console-feed");
        thread.setDaemon(true);
        thread.start();
    }

    /** How it goes. Any thread. */
    public FeedStatus status() {
        return status;
    }

    private FeedStatus away(String message) {
        long since = status != null && !status.connected() ? status.sinceMillis() : System.currentTimeMillis();
        return new FeedStatus(false, since, message, List.of(), 0, 0, router.undecodable());
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> fresh = clients.consumer("clearline-console")) {
                consumer = fresh;
                follow(fresh);
            } catch (WakeupException e) {
                // Closing.
                continue;
            } catch (RuntimeException e) {
                // Of Kafka's or of ours: a page that no longer moves and does not say so would be worse.
                LOGGER.info("Reading from Kafka failed; trying again", e);
                status = away("Kafka at " + clients.bootstrapServers() + " can't be read: " + e.getMessage());
                pause(RETRY_MILLIS);
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> fresh) {
        TopicPositions positions = new TopicPositions(fresh, clients.topics());
        ReadingPace pace = new ReadingPace(System.currentTimeMillis());
        long refreshedMillis = 0;
        while (!closed) {
            long nowMillis = System.currentTimeMillis();
            if (nowMillis - refreshedMillis >= REFRESH_MILLIS) {
                refresh(positions, nowMillis);
                refreshedMillis = System.currentTimeMillis();
            }
            long startNanos = System.nanoTime();
            long newestMillis = take(fresh.poll(POLL));
            pause(pace.restMillis(
                    newestMillis,
                    System.currentTimeMillis(),
                    System.nanoTime() - startNanos,
                    positions.isBehind(),
                    board.watchedStreams() > 0));
        }
    }

    /** Takes records; when the last of them was written, the end of time where there is none. */
    private long take(ConsumerRecords<byte[], byte[]> records) {
        long newestMillis = Long.MAX_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            router.take(record);
            newestMillis = record.timestamp();
        }
        return newestMillis;
    }

    private void refresh(TopicPositions positions, long nowMillis) {
        try {
            positions.refresh(nowMillis);
            status = here(positions);
        } catch (TimeoutException e) {
            status = away("Kafka at " + clients.bootstrapServers() + " does not answer. What is shown is from before.");
        }
    }

    private FeedStatus here(TopicPositions positions) {
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
