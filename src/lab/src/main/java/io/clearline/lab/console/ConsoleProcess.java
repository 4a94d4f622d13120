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

/** A console in a JVM of its own, with the JVM options of the launcher. Thread-confined. */
public final class ConsoleProcess implements AutoCloseable {
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1", JvmProcess.LOGGING);

    private static final int NICENESS = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final String address;
    private final JvmProcess process;

    /**
     * Starts a console with the low priority that the launcher gives it, and returns when it answers.
     *
     * @param folder folder of the log
     */
    public static ConsoleProcess atLowPriority(Path folder, String bootstrapServers) throws IOException {
        return new ConsoleProcess(folder, bootstrapServers, NICENESS);
    }

    /**
     * Starts a console and returns when it answers.
     *
     * @param folder folder of the log
     * @param niceness argument of {@code nice}; 0 for a full share of the processor, without which the console may lag
     *     behind and skip records
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
        Await.until("the console, see " + process.log(), TIMEOUT, () -> heapBytes() > 0);
    }

    /** Returns the address of the page, without a slash at the end. */
    String address() {
        return address;
    }

    /** Returns the processor time of all threads so far. */
    public Duration cpu() {
        return process.cpu();
    }

    /** Returns the console's own health report. */
    private JsonNode health() throws IOException {
        try (InputStream answer = URI.create(address + "/api/health").toURL().openStream()) {
            return new ObjectMapper().readTree(answer);
        }
    }

    /** Returns the heap in use, garbage included. */
    long heapBytes() throws IOException {
        return health().get("heapBytes").asLong();
    }

    /** Returns the number of records that were not read yet or were skipped. */
    long unreadRecords() throws IOException {
        JsonNode feed = health().get("feed");
        return feed.get("lagRecords").asLong() + feed.get("skippedRecords").asLong();
    }

    /** Returns the heap in use after a full collection. */
    long liveHeapBytes() throws IOException {
        process.jcmd("GC.run");
        return heapBytes();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
