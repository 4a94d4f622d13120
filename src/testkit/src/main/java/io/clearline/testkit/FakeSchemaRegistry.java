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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP server with the two endpoints of Confluent's schema registry that Clearline uses: register a schema and fetch
 * a schema by its id. Ids are 100, 101 and so on. Stores each schema as the escaped JSON string of the request and
 * returns the same string. Thread-safe.
 */
public final class FakeSchemaRegistry implements AutoCloseable {
    private static final int FIRST_ID = 100;
    private static final String BODY_START = "{\"schema\":\"";
    private static final String BODY_END = "\"}";

    private final List<String> escapedSchemas = new CopyOnWriteArrayList<>();
    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    /** Starts the server on a free port. */
    public FakeSchemaRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns the base URL. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Adds a schema without a request and returns its id. */
    public int add(String schema) {
        return addEscaped(schema.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** Answers with status 500 whenever the schema of this id is fetched. */
    public void failFor(int id) {
        failing.add(id);
    }

    /** Returns the schema of an id. */
    public String schema(int id) {
        return escapedSchemas.get(id - FIRST_ID).replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /** Returns the subjects of all registrations, in order. */
    public List<String> subjects() {
        return List.copyOf(subjects);
    }

    /** Returns the paths of all requests, in order. */
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
        int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        if (failing.contains(id)) {
            send(exchange, 500, "{\"error_code\":50001}");
            return;
        }
        int index = id - FIRST_ID;
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
