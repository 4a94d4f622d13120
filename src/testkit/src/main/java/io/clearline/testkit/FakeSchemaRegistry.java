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
package io.clearline.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The two calls of Confluent's schema registry that Clearline makes, over HTTP. Schemas have the numbers 100, 101 and
 * so on. Keeps each as the JSON text that it was sent in, quotes escaped, and answers with the same.
 */
public final class FakeSchemaRegistry implements AutoCloseable {
    private static final int FIRST_ID = 100;
    private static final String BODY_START = "{\"schema\":\"";
    private static final String BODY_END = "\"}";

    private final List<String> escapedSchemas = new CopyOnWriteArrayList<>();
    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Starts on a free port. */
    public FakeSchemaRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Adds a schema by hand; gives its number. */
    public int add(String schema) {
        return addEscaped(schema.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** The schema of a number. */
    public String schema(int id) {
        return escapedSchemas.get(id - FIRST_ID).replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /** What schemas were registered under. */
    public List<String> subjects() {
        return List.copyOf(subjects);
    }

    /** Every path that was asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private synchronized int addEscaped(String schema) {
        if (!escapedSchemas.contains(schema)) {
            escapedSchemas.add(schema);
        }
        return FIRST_ID + escapedSchemas.indexOf(schema);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        if (path.startsWith("/subjects/")) {
            subjects.add(path.split("/")[2]);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean understood = body.startsWith(BODY_START) && body.endsWith(BODY_END);
            String schema = understood ? body.substring(BODY_START.length(), body.length() - BODY_END.length()) : "";
            send(exchange, understood ? 200 : 422, "{\"id\":" + addEscaped(schema) + "}");
            return;
        }
        int index = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) - FIRST_ID;
        boolean known = index >= 0 && index < escapedSchemas.size();
        send(
                exchange,
                known ? 200 : 404,
                known ? BODY_START + escapedSchemas.get(index) + BODY_END : "{\"error_code\":40403}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
