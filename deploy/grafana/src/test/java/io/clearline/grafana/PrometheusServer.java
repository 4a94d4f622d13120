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
package io.clearline.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a Prometheus that scrapes one target every second, and queries it. Needs the program on the path. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts Prometheus.
     *
     * @param folder folder for its configuration, data and log
     * @param target port of the metrics on this machine
     * @throws IOException if there is no {@code prometheus} on the path
     */
    static PrometheusServer start(Path folder, int target) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                scrape_configs:
                  - job_name: clearline
                    static_configs:
                      - targets: ["localhost:%d"]
                """.formatted(target));
        int port = freePort();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new PrometheusServer(process, port);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Returns the series of an expression with their newest values. {@code $job} is replaced by every job, and
     * {@code $__rate_interval} by twenty seconds.
     */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return result("query?", expression);
    }

    /** As {@link #query}, but with a value for each second of a period. */
    JsonNode range(String expression, long fromSeconds, long toSeconds) throws IOException, InterruptedException {
        return result("query_range?step=1&start=" + fromSeconds + "&end=" + toSeconds + "&", expression);
    }

    private JsonNode result(String kind, String expression) throws IOException, InterruptedException {
        String concrete = expression.replace("$job", ".*").replace("$__rate_interval", "20s");
        String query = "/api/v1/" + kind + "query=" + URLEncoder.encode(concrete, StandardCharsets.UTF_8);
        JsonNode answer = JSON.readTree(get("http://127.0.0.1:" + port + query));
        if (!answer.path("status").asText().equals("success")) {
            throw new IOException(expression + ": " + answer.path("error").asText());
        }
        return answer.at("/data/result");
    }

    /** Returns a page as text. */
    static String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
