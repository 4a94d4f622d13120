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
package io.clearline.lab.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.cli.Clearline;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.local.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a JVM of its own, observed through its HTTP port. Thread-confined. */
final class GatewayProcess implements AutoCloseable {
    private static final List<String> JVM = List.of("-XX:+UseParallelGC", "-Xmx512m", JvmProcess.LOGGING);
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final JvmProcess process;

    /**
     * Starts the gateway and returns when it reads from Kafka.
     *
     * @param folder folder of the log
     * @param firstPort first RTP port; the calls use every second port from it
     * @param calls number of calls for which ports are reserved
     */
    GatewayProcess(Path folder, String bootstrapServers, int firstPort, int calls) throws IOException {
        int http = Ports.free();
        address = "http://127.0.0.1:" + http;
        process = new JvmProcess(
                "gateway",
                folder,
                JvmProcess.ownClassPath(),
                JVM,
                List.of(
                        Clearline.class.getName(),
                        "gateway",
                        "--rtp",
                        firstPort + "-" + (firstPort + 2 * calls - 1),
                        "--http",
                        Integer.toString(http),
                        "--bootstrap-servers",
                        bootstrapServers));
        process.start();
        Await.until("the gateway, see " + process.log(), TIMEOUT, () -> status().get("kafkaReading")
                .asBoolean());
    }

    /** Returns the counters of all calls together. */
    JsonNode status() throws IOException {
        return JSON.readTree(get("/status"));
    }

    /** Returns the processor time of all threads so far. */
    Duration cpu() {
        return process.cpu();
    }

    /** Returns the resident memory of the process. Linux only. */
    long residentBytes() throws IOException {
        return 1024 * sumOf(RESIDENT, Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
    }

    /** Returns the heap in use after a full collection, which delays the calls for a moment. */
    long liveHeapBytes() throws IOException {
        process.jcmd("GC.run");
        return sumOf(HEAP, get("/metrics"));
    }

    /** Returns the sum of the numbers that a pattern finds. */
    private static long sumOf(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        double sum = 0;
        while (found.find()) {
            sum += Double.parseDouble(found.group(1));
        }
        return (long) sum;
    }

    private String get(String path) throws IOException {
        try (InputStream answer = URI.create(address + path).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
