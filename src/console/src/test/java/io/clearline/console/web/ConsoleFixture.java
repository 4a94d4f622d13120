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

import io.clearline.console.board.Board;
import io.clearline.console.feed.DroppedFiles;
import io.clearline.console.feed.FeedStatus;
import io.clearline.console.feed.KafkaClients;
import io.clearline.console.feed.ModelCatalogue;
import io.clearline.kafka.Topics;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * A console server with a board but without Kafka. The test sets the status of the feed; files are recorded instead of
 * sent.
 */
final class ConsoleFixture implements AutoCloseable {
    static final FeedStatus HERE = new FeedStatus(true, 0, "", List.of(), 0, 0, 0);
    static final FeedStatus AWAY = new FeedStatus(false, 0, "Kafka does not answer.", List.of(), 0, 0, 0);

    final Board board = new Board();
    final List<String> backfilled = new ArrayList<>();
    final List<String> files = new ArrayList<>();
    volatile FeedStatus status = HERE;

    private final ConsoleServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    ConsoleFixture(String host, Guard guard) throws IOException {
        this(host, guard, null);
    }

    ConsoleFixture(String host, Guard guard, MicrophoneGateway gateway) throws IOException {
        KafkaClients kafka = new KafkaClients("kafka:9092", Topics.DEFAULT, new Properties());
        Path models = Path.of(System.getProperty("clearline.home"), "model-store", "models");
        Backend backend = new Backend(
                board,
                kafka,
                () -> status,
                backfilled::add,
                this::file,
                new ModelCatalogue(kafka, new ModelRepository(models)),
                gateway);
        server = ConsoleServer.start(host, 0, backend, guard);
    }

    private DroppedFiles.Sent file(String name, byte[] bytes) throws IOException {
        if (bytes.length < 44) {
            throw new IOException(name + " can't be read: no audio.");
        }
        files.add(name);
        return new DroppedFiles.Sent("try-" + files.size(), 1, 16_000);
    }

    String address() {
        return server.address();
    }

    Set<String> routes() {
        return server.routes();
    }

    int port() {
        return URI.create(address()).getPort();
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address() + path)).GET(), headers);
    }

    HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(address() + path)).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                headers);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers) throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
