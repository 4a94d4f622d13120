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
package io.clearline.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.console.board.Overview;
import io.clearline.console.feed.FeedStatus;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of the console. Ends each second of the board, and pushes its figures to all subscribed pages as
 * server-sent events. A slow page misses seconds and does not delay the others. Thread-safe.
 */
final class LiveFigures implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveFigures.class);
    private static final int MAX_CLIENTS = 32;

    private final Backend backend;
    private final ObjectMapper json;
    /** The subscribed pages, each with a flag that is set while an event is being sent to it. */
    private final Map<SseClient, AtomicBoolean> clients = new ConcurrentHashMap<>();

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "clearline-console-clock"));
    private final ExecutorService senders =
            Executors.newCachedThreadPool(task -> daemon(task, "clearline-console-live"));

    LiveFigures(Backend backend, ObjectMapper json) {
        this.backend = backend;
        this.json = json;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The event of one second. Component names are JSON field names.
     *
     * @param overview the figures of the second
     * @param feed the status of the Kafka feed
     */
    record Second(Overview overview, FeedStatus feed) {}

    /** Starts the clock. */
    void start() {
        clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Subscribes a page, or refuses it when there are too many. */
    void add(SseClient client) {
        if (clients.size() >= MAX_CLIENTS) {
            client.sendEvent("refused", MAX_CLIENTS + " pages follow this console already; close one of them.");
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.put(client, new AtomicBoolean());
    }

    private void tick() {
        try {
            Overview overview = backend.board().tick(System.currentTimeMillis());
            if (!clients.isEmpty()) {
                String text = json.writeValueAsString(
                        new Second(overview, backend.status().get()));
                clients.forEach((client, busy) -> send(client, busy, text));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            // The executor would cancel a task that throws.
            LOGGER.warn("Failed to publish the figures of a second", e);
        }
    }

    private void send(SseClient client, AtomicBoolean busy, String text) {
        if (busy.compareAndSet(false, true)) {
            senders.execute(() -> {
                try {
                    client.sendEvent("second", text);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        clients.keySet().forEach(SseClient::close);
        senders.shutdownNow();
    }
}
