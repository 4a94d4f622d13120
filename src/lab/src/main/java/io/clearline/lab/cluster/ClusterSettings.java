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
 * Settings of a {@link TestCluster}. Immutable.
 *
 * @param folder folder of logs and data
 * @param size number and size of the parts
 * @param checkpoints folder of the checkpoints, or null for a folder below {@code folder}
 * @param flink further Flink options, which override those of a deployment
 * @param distribution the Flink that JobManager and TaskManagers run
 * @param highAvailability whether a restarted JobManager recovers its jobs from ZooKeeper
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
     * Number and size of the parts of a cluster.
     *
     * @param taskManagers number of TaskManagers
     * @param slots slots of each TaskManager
     * @param heapMegabytes heap of each Flink JVM; the heap of the broker is fixed
     * @param partitions partitions of each topic that carries streams
     */
    public record Size(int taskManagers, int slots, int heapMegabytes, int partitions) {}

    /** Returns the smallest useful cluster: two TaskManagers with two slots each, and four partitions. */
    public static ClusterSettings small(Path folder) throws IOException {
        return new ClusterSettings(folder, SMALL, null, Map.of(), FlinkDistribution.built(), false);
    }

    /** Returns these settings with another checkpoint folder. */
    public ClusterSettings withCheckpoints(Path elsewhere) {
        return new ClusterSettings(folder, size, elsewhere, flink, distribution, highAvailability);
    }

    /** Returns these settings with other additional Flink options. */
    public ClusterSettings withFlink(Map<String, String> options) {
        return new ClusterSettings(folder, size, checkpoints, options, distribution, highAvailability);
    }

    /** Returns these settings with another Flink distribution. */
    public ClusterSettings withDistribution(FlinkDistribution other) {
        return new ClusterSettings(folder, size, checkpoints, flink, other, highAvailability);
    }

    /** Returns these settings with a ZooKeeper, from which a restarted JobManager recovers its jobs. */
    public ClusterSettings withHighAvailability() {
        return new ClusterSettings(folder, size, checkpoints, flink, distribution, true);
    }

    Path checkpointFolder() {
        return checkpoints == null ? folder.resolve("checkpoints") : checkpoints;
    }
}
