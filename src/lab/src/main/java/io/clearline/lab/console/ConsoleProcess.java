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
import io.clearline.cli.Clearline;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.local.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A console in a JVM of its own, with the options that the launcher gives it. One thread uses it. */
public final class ConsoleProcess implements AutoCloseable {
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1", JvmProcess.LOGGING);

    private static final int NICENESS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String address;
    private final JvmProcess process;

    /** Starts it as the launcher does, behind whatever else runs here; returns when it answers. */
    public static ConsoleProcess behindOthers(Path folder, String bootstrapServers) throws IOException {
        return new ConsoleProcess(folder, bootstrapServers, NICENESS);
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @param folder of its log
     * @param niceness 0 for its full share of the processor: behind others it may fall behind and do less
     */
    ConsoleProcess(Path folder, String bootstrapServers, int niceness) throws IOException {
        int port = Ports.free();
        address = "http://127.0.0.1:" + port;
        process = new JvmProcess(
                "console",
                folder,
                JvmProcess.ownClassPath(),
                List.of("nice", "-n", Integer.toString(niceness)),
                JVM,
                List.of(
                        Clearline.class.getName(),
                        "console",
                        "--port",
                        Integer.toString(port),
                        "--bootstrap-servers",
                        bootstrapServers));
        process.start();
        Await.until("the console, see " + process.log(), PATIENCE, () -> heapBytes() > 0);
    }

    String address() {
        return address;
    }

    /** Processor time so far, of all its threads. */
    public Duration cpu() {
        return process.cpu();
    }

    /** What it says of itself. */
    private JsonNode health() throws IOException {
        try (InputStream answer = URI.create(address + "/api/health").toURL().openStream()) {
            return new ObjectMapper().readTree(answer);
        }
    }

    /** Heap in use, garbage included. */
    long heapBytes() throws IOException {
        return health().get("heapBytes").asLong();
    }

    /** Records that it has not read yet, or passed over. */
    long unreadRecords() throws IOException {
        JsonNode feed = health().get("feed");
        return feed.get("lagRecords").asLong() + feed.get("skippedRecords").asLong();
    }

    /** Heap in use after a full collection. */
    long liveHeapBytes() throws IOException {
        process.jcmd("GC.run");
        return heapBytes();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
