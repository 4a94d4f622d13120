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
package io.clearline.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The two calls of Confluent's registry that we make, over HTTP; schemas have the numbers 100, 101 and so on. */
final class FakeRegistry implements AutoCloseable {
    private static final int FIRST_ID = 100;

    final List<String> schemas = new CopyOnWriteArrayList<>();
    final List<String> subjects = new CopyOnWriteArrayList<>();
    /** Every path that was asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Adds a schema by hand; gives its number. */
    int add(String schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        return FIRST_ID + known;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        if (path.startsWith("/subjects/")) {
            subjects.add(path.split("/")[2]);
            String schema =
                    json.readTree(exchange.getRequestBody()).get("schema").asText();
            send(exchange, 200, Map.of("id", add(schema)));
        } else {
            int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) - FIRST_ID;
            boolean known = id >= 0 && id < schemas.size();
            send(exchange, known ? 200 : 404, known ? Map.of("schema", schemas.get(id)) : Map.of("error_code", 40403));
        }
    }

    private void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
