package io.clearline.benchmarks.pipeline;

import io.clearline.job.JobMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is measured.
 *
 * @param model name, name@version or channel
 * @param repository that holds it
 * @param parallelism subtasks of the job, and partitions of a topic
 * @param jobCores cores that the job is held to; 0: any
 * @param jobOptions further options of the job or of Flink
 * @param jvmOptions of the job's JVM
 * @param data folder below which the broker keeps its data while it runs
 */
public record PipelineSettings(
        JobMode mode,
        String model,
        Path repository,
        int parallelism,
        int jobCores,
        Map<String, String> jobOptions,
        String jvmOptions,
        Path data) {
    private static final Path MEMORY = Path.of("/dev/shm");

    /**
     * Where data lie by default: in memory where the system has such a folder. The disk of a small machine is not what is measured.
     */
    public static Path defaultData() {
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
