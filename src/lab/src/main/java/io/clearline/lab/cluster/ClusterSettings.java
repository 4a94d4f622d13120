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
import java.nio.file.Path;
import java.util.Map;

/**
 * What a {@link TestCluster} is made of.
 *
 * @param folder where logs and data lie
 * @param size of its parts
 * @param checkpoints where checkpoints go, or null for a folder below {@code folder}
 * @param flink further options of Flink, which win over those of a deployment
 * @param distribution what JobManager and TaskManagers run on
 * @param highAvailability whether a JobManager finds its jobs again, by ZooKeeper
 */
public record ClusterSettings(
        Path folder,
        Size size,
        Path checkpoints,
        Map<String, String> flink,
        FlinkDistribution distribution,
        boolean highAvailability) {
    private static final Size SMALL = new Size(2, 2, 320, 4);

    /**
     * How large the parts are.
     *
     * @param taskManagers how many
     * @param slots of each TaskManager
     * @param heapMegabytes of each JVM of Flink; the broker has its own measure
     * @param partitions of each topic with streams
     */
    public record Size(int taskManagers, int slots, int heapMegabytes, int partitions) {}

    /** Two TaskManagers of two slots, four partitions. */
    public static ClusterSettings small(Path folder) throws IOException {
        return new ClusterSettings(folder, SMALL, null, Map.of(), FlinkDistribution.built(), false);
    }

    public ClusterSettings withCheckpoints(Path elsewhere) {
        return new ClusterSettings(folder, size, elsewhere, flink, distribution, highAvailability);
    }

    public ClusterSettings withFlink(Map<String, String> options) {
        return new ClusterSettings(folder, size, checkpoints, options, distribution, highAvailability);
    }

    /** The same on another Flink. */
    public ClusterSettings withDistribution(FlinkDistribution other) {
        return new ClusterSettings(folder, size, checkpoints, flink, other, highAvailability);
    }

    /** The same with a ZooKeeper, where a JobManager that is started again finds its jobs. */
    public ClusterSettings withHighAvailability() {
        return new ClusterSettings(folder, size, checkpoints, flink, distribution, true);
    }

    Path checkpointFolder() {
        return checkpoints == null ? folder.resolve("checkpoints") : checkpoints;
    }
}
