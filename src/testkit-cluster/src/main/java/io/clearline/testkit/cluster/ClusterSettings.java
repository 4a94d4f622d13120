package io.clearline.testkit.cluster;

import java.nio.file.Path;

/**
 * The size of a {@link TestCluster}.
 *
 * @param folder where logs and data lie
 * @param taskManagers how many
 * @param slots of each TaskManager
 * @param heapMegabytes of each JVM of Flink; the broker has its own measure
 * @param partitions of each topic with streams
 * @param checkpoints where checkpoints go, or null for a folder below {@code folder}
 */
public record ClusterSettings(
        Path folder, int taskManagers, int slots, int heapMegabytes, int partitions, Path checkpoints) {
    private static final int HEAP_MEGABYTES = 320;

    /** Two TaskManagers of two slots, four partitions. */
    public static ClusterSettings small(Path folder) {
        return new ClusterSettings(folder, 2, 2, HEAP_MEGABYTES, 4, null);
    }

    public ClusterSettings withCheckpoints(Path elsewhere) {
        return new ClusterSettings(folder, taskManagers, slots, heapMegabytes, partitions, elsewhere);
    }

    Path checkpointFolder() {
        return checkpoints == null ? folder.resolve("checkpoints") : checkpoints;
    }
}
