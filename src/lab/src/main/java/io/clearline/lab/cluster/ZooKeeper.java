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

import io.clearline.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;

/** The configuration of a single-node ZooKeeper, as Flink's {@code zookeeper.sh} starts it. Immutable. */
final class ZooKeeper {
    /** The main class, which is part of a stock Flink. */
    static final Class<?> MAIN = FlinkZooKeeperQuorumPeer.class;

    private static final String PEER = "1";

    private final Path file;
    private final int port;
    private final Path jobs;

    private ZooKeeper(Path file, int port, Path jobs) {
        this.file = file;
        this.port = port;
        this.jobs = jobs;
    }

    /**
     * Writes the configuration on a free port.
     *
     * @param folder folder of the configuration, of ZooKeeper's data, and of the job metadata that Flink stores
     */
    static ZooKeeper in(Path folder) throws IOException {
        int port = Ports.free();
        Path data = Files.createDirectories(folder.resolve("data")).toAbsolutePath();
        Path file = Files.write(
                folder.resolve("zoo.cfg"),
                List.of(
                        "dataDir=" + data,
                        "clientPortAddress=localhost",
                        "clientPort=" + port,
                        "admin.enableServer=false"));
        return new ZooKeeper(file, port, folder.resolve("jobs").toAbsolutePath());
    }

    /** Returns the arguments of {@link #MAIN}. */
    List<String> arguments() {
        return List.of("--zkConfigFile", file.toString(), "--peerId", PEER);
    }

    /** Returns the Flink options for high availability with this ZooKeeper. */
    Map<String, String> flinkOptions() {
        return Map.of(
                "high-availability.type",
                "zookeeper",
                "high-availability.zookeeper.quorum",
                "localhost:" + port,
                "high-availability.storageDir",
                jobs.toUri().toString());
    }
}
