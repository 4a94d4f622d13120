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
package io.clearline.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The Flink configuration folder of a test cluster: the options of a deployment, plus addresses and small memory sizes.
 * Immutable.
 */
final class FlinkFiles {
    private static final String CONFIG = "config.yaml";
    private static final String LOGGING = "log4j2-child.xml";

    private final Path folder;

    private FlinkFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the configuration and the logging configuration below the folder of the cluster.
     *
     * @param more options that only the caller knows; they override all others
     */
    static FlinkFiles write(ClusterSettings settings, int rpcPort, int restPort, Map<String, String> more)
            throws IOException {
        Path folder = Files.createDirectories(settings.folder().resolve("conf"));
        Map<String, Object> options = clusterOptions(settings, rpcPort, restPort);
        options.putAll(more);
        String yaml = options.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(CONFIG), resource(CONFIG) + "\n" + yaml);
        Files.writeString(folder.resolve(LOGGING), resource(LOGGING));
        return new FlinkFiles(folder);
    }

    private static Map<String, Object> clusterOptions(ClusterSettings settings, int rpcPort, int restPort) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("jobmanager.rpc.address", "localhost");
        options.put("jobmanager.rpc.port", rpcPort);
        options.put("rest.address", "localhost");
        options.put("rest.port", restPort);
        options.put("rest.retry.max-attempts", 1);
        options.put("taskmanager.host", "localhost");
        options.put("taskmanager.numberOfTaskSlots", settings.size().slots());
        // Flink's start scripts derive these values. TaskManagerRunner expects them to be set.
        options.put("taskmanager.cpu.cores", settings.size().slots());
        options.put("taskmanager.memory.framework.heap.size", "64m");
        options.put("taskmanager.memory.framework.off-heap.size", "64m");
        options.put("taskmanager.memory.jvm-metaspace.size", "128m");
        options.put("taskmanager.memory.jvm-overhead.min", "64m");
        options.put("taskmanager.memory.jvm-overhead.max", "64m");
        options.put("taskmanager.memory.task.heap.size", settings.size().heapMegabytes() + "m");
        options.put("taskmanager.memory.task.off-heap.size", "0");
        options.put("taskmanager.memory.managed.size", "0");
        options.put("taskmanager.memory.network.min", "32m");
        options.put("taskmanager.memory.network.max", "32m");
        options.put("execution.checkpointing.dir", settings.checkpointFolder().toUri());
        options.put(
                "execution.checkpointing.savepoint-dir",
                settings.folder().resolve("savepoints").toUri());
        options.put("io.tmp.dirs", settings.folder().resolve("tmp").toAbsolutePath());
        options.putAll(settings.flink());
        return options;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = FlinkFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new UncheckedIOException(new IOException("The resource " + name + " is missing beside "
                        + FlinkFiles.class.getName() + "; build lab again."));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the configuration folder. */
    Path folder() {
        return folder;
    }

    /** Returns the Log4j configuration of the processes. */
    Path logging() {
        return folder.resolve(LOGGING);
    }

    /** Returns the configuration as Flink's own programs read it. */
    Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(folder.toString());
    }
}
