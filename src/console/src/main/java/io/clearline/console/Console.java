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
package io.clearline.console;

import io.clearline.console.board.Board;
import io.clearline.console.feed.AudioBackfill;
import io.clearline.console.feed.DroppedFiles;
import io.clearline.console.feed.KafkaFeed;
import io.clearline.console.feed.ModelCatalogue;
import io.clearline.console.web.Backend;
import io.clearline.console.web.ConsoleServer;
import io.clearline.console.web.Guard;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;

/**
 * A running console. It consumes the topics of the job and serves the web page until it is closed. Thread-safe.
 *
 * <p>{@link KafkaFeed} writes into the {@link Board}; {@link ConsoleServer} reads from it.
 */
public final class Console implements AutoCloseable {
    private final KafkaFeed feed;
    private final AudioBackfill backfill;
    private final DroppedFiles files;
    private final ConsoleServer server;

    private Console(KafkaFeed feed, AudioBackfill backfill, DroppedFiles files, ConsoleServer server) {
        this.feed = feed;
        this.backfill = backfill;
        this.files = files;
        this.server = server;
    }

    /**
     * Starts a console. Kafka need not be reachable yet.
     *
     * @throws IOException when the port is in use, or when the settings would expose audio without authentication
     */
    public static Console start(ConsoleSettings settings) throws IOException {
        settings.requireSafe();
        Board board = new Board();
        ModelCatalogue models = new ModelCatalogue(
                settings.kafka(), settings.models() == null ? null : new ModelRepository(settings.models()));
        Guard guard = new Guard(settings.token(), settings.proxyHeader());
        KafkaFeed feed = new KafkaFeed(settings.kafka(), board);
        AudioBackfill backfill = new AudioBackfill(settings.kafka(), board);
        DroppedFiles files = new DroppedFiles(settings.kafka());
        Backend backend = new Backend(
                board, settings.kafka(), feed::status, backfill::request, files::send, models, settings.gateway());
        try {
            ConsoleServer server = ConsoleServer.start(settings.host(), settings.port(), backend, guard);
            return new Console(feed, backfill, files, server);
        } catch (IOException | RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    /** Returns the URL of the page. */
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        backfill.close();
        files.close();
        feed.close();
    }
}
