package io.clearline.benchmarks.pipeline;

import io.clearline.job.JobMode;
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
 */
public record PipelineSettings(
        JobMode mode,
        String model,
        Path repository,
        int parallelism,
        int jobCores,
        Map<String, String> jobOptions,
        String jvmOptions) {}
