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
package io.clearline.lab.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.lab.cluster.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Debian's Chromium in headless mode with one page, driven by the DevTools protocol. Thread-confined. */
final class Chromium implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/chromium";
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final long TIMEOUT_SECONDS = 120;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger lastCallId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Path profile = Files.createTempDirectory("clearline-chromium");
    private final Process process;
    private final WebSocket page;

    /** Starts the browser with an empty page. */
    Chromium() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM,
                        "--headless=new",
                        "--no-sandbox",
                        // Debian's wrapper requests a GPU, which would be emulated in software.
                        "--disable-gpu",
                        "--window-size=1280,800",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            HttpClient http = HttpClient.newHttpClient();
            String address = "http://" + devTools() + "/json/new?about:blank";
            JsonNode target = json.readTree(http.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
            page = http.newWebSocketBuilder()
                    .buildAsync(URI.create(target.get("webSocketDebuggerUrl").asText()), new Listener())
                    .join();
            call("Network.enable", Map.of());
            call("Performance.enable", Map.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the start of Chromium", e);
        }
    }

    /** Returns the host and port of the DevTools from the output at the start; later output is read and discarded. */
    private String devTools() throws IOException {
        BufferedReader output = process.errorReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                Thread reader = new Thread(() -> output.lines().forEach(each -> {}), "chromium-output");
                reader.setDaemon(true);
                reader.start();
                return matcher.group(1);
            }
        }
        throw new IOException(PROGRAM + " ended without opening its DevTools; install the package chromium.");
    }

    /** Completes calls with their answers, and counts the bytes that the page receives. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                handle(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void handle(String message) {
            try {
                JsonNode node = json.readTree(message);
                if (node.has("id")) {
                    answers.remove(node.get("id").asInt()).complete(node);
                } else if (node.path("method").asText().equals("Network.dataReceived")) {
                    bytes.addAndGet(node.get("params").get("dataLength").asLong());
                }
            } catch (IOException e) {
                throw new IllegalStateException("Expected JSON from Chromium's DevTools, got: " + message, e);
            }
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
        int id = lastCallId.incrementAndGet();
        ObjectNode request = json.createObjectNode().put("id", id).put("method", method);
        request.set("params", json.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        page.sendText(request.toString(), true).join();
        try {
            JsonNode node = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (node.has("error") || node.path("result").has("exceptionDetails")) {
                throw new IOException("Chromium's " + method + " failed: " + node);
            }
            return node.get("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Chromium did not answer " + method + " within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for Chromium's answer to " + method, e);
        }
    }

    /** Navigates the page to an address. */
    void open(String address) throws IOException {
        call("Page.navigate", Map.of("url", address));
    }

    /** Evaluates a JavaScript expression in the page and returns its value, or that of its promise. */
    JsonNode evaluate(String expression) throws IOException {
        return call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true))
                .path("result")
                .path("value");
    }

    /** Returns the processor time of the page's main thread so far, in seconds. */
    double pageSeconds() throws IOException {
        for (JsonNode metric : call("Performance.getMetrics", Map.of()).get("metrics")) {
            if (metric.get("name").asText().equals("TaskDuration")) {
                return metric.get("value").asDouble();
            }
        }
        throw new IOException("Chromium reports no metric TaskDuration; try another version.");
    }

    /** Returns the bytes that the page has received so far, after decompression. */
    long bytes() {
        return bytes.get();
    }

    /** Returns the processor time of all running processes of the browser so far. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() throws IOException {
        page.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(profile);
    }
}
