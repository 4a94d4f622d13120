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
import io.clearline.console.feed.AudioBackReader;
import io.clearline.console.feed.DroppedFiles;
import io.clearline.console.feed.KafkaFeed;
import io.clearline.console.feed.ModelShelf;
import io.clearline.console.web.Backend;
import io.clearline.console.web.ConsoleServer;
import io.clearline.console.web.Guard;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;

/** A running console: reads the topics and serves the page until it is closed. Thread-safe. */
public final class Console implements AutoCloseable {
    private final KafkaFeed feed;
    private final AudioBackReader backReader;
    private final DroppedFiles files;
    private final ConsoleServer server;

    private Console(KafkaFeed feed, AudioBackReader backReader, DroppedFiles files, ConsoleServer server) {
        this.feed = feed;
        this.backReader = backReader;
        this.files = files;
        this.server = server;
    }

    /**
     * Starts to read and to serve. Kafka need not be there yet.
     *
     * @throws IOException when the port is in use, or the address would need a token
     */
    public static Console start(ConsoleSettings settings) throws IOException {
        settings.requireSafe();
        Board board = new Board();
        ModelShelf models = new ModelShelf(
                settings.kafka(), settings.models() == null ? null : new ModelRepository(settings.models()));
        Guard guard = new Guard(settings.token(), settings.proxyHeader());
        KafkaFeed feed = new KafkaFeed(settings.kafka(), board);
        AudioBackReader backReader = new AudioBackReader(settings.kafka(), board);
        DroppedFiles files = new DroppedFiles(settings.kafka());
        Backend backend = new Backend(
                board, settings.kafka(), feed::status, backReader::read, files::send, models, settings.gateway());
        try {
            ConsoleServer server = ConsoleServer.start(settings.host(), settings.port(), backend, guard);
            return new Console(feed, backReader, files, server);
        } catch (IOException | RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    /** Where the page is. */
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        backReader.close();
        files.close();
        feed.close();
    }
}
