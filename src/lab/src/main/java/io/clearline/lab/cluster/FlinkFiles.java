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
 * Flink's configuration folder of a test cluster: what a deployment has, plus what makes it small and finds its
 * processes.
 */
final class FlinkFiles {
    private static final String CONFIG = "config.yaml";
    private static final String LOGGING = "log4j2-child.xml";

    private final Path folder;

    private FlinkFiles(Path folder) {
        this.folder = folder;
    }

    /** @param more options for processes that only the cluster knows */
    static FlinkFiles write(ClusterSettings settings, int rpcPort, int restPort, Map<String, String> more)
            throws IOException {
        Path folder = Files.createDirectories(settings.folder().resolve("conf"));
        Map<String, Object> options = sizes(settings, rpcPort, restPort);
        options.putAll(more);
        String own = options.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve(CONFIG), resource(CONFIG) + "\n" + own);
        Files.writeString(folder.resolve(LOGGING), resource(LOGGING));
        return new FlinkFiles(folder);
    }

    private static Map<String, Object> sizes(ClusterSettings settings, int rpcPort, int restPort) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("jobmanager.rpc.address", "localhost");
        sizes.put("jobmanager.rpc.port", rpcPort);
        sizes.put("rest.address", "localhost");
        sizes.put("rest.port", restPort);
        sizes.put("rest.retry.max-attempts", 1);
        sizes.put("taskmanager.host", "localhost");
        sizes.put("taskmanager.numberOfTaskSlots", settings.size().slots());
        // TaskManagerRunner takes its memory as given and calculates nothing.
        sizes.put("taskmanager.cpu.cores", settings.size().slots());
        sizes.put("taskmanager.memory.framework.heap.size", "64m");
        sizes.put("taskmanager.memory.framework.off-heap.size", "64m");
        sizes.put("taskmanager.memory.jvm-metaspace.size", "128m");
        sizes.put("taskmanager.memory.jvm-overhead.min", "64m");
        sizes.put("taskmanager.memory.jvm-overhead.max", "64m");
        sizes.put("taskmanager.memory.task.heap.size", settings.size().heapMegabytes() + "m");
        sizes.put("taskmanager.memory.task.off-heap.size", "0");
        sizes.put("taskmanager.memory.managed.size", "0");
        sizes.put("taskmanager.memory.network.min", "32m");
        sizes.put("taskmanager.memory.network.max", "32m");
        sizes.put("execution.checkpointing.dir", settings.checkpointFolder().toUri());
        sizes.put(
                "execution.checkpointing.savepoint-dir",
                settings.folder().resolve("savepoints").toUri());
        sizes.put("io.tmp.dirs", settings.folder().resolve("tmp").toAbsolutePath());
        sizes.putAll(settings.flink());
        return sizes;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = FlinkFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new UncheckedIOException(new IOException("Resource " + name + " is not in this build."));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Path folder() {
        return folder;
    }

    Path logging() {
        return folder.resolve(LOGGING);
    }

    /** As Flink's own programs read it. */
    Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(folder.toString());
    }
}
