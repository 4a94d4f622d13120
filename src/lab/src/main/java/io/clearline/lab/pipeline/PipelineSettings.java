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
package io.clearline.lab.pipeline;

import io.clearline.kafka.DeliveryMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is measured.
 *
 * @param subject what runs between the topics
 * @param parallelism subtasks of the job, and partitions of a topic
 * @param jobCores cores that the job is held to; 0: any
 * @param jobOptions further options of the job or of Flink
 * @param jvmOptions of the job's JVM
 * @param data folder below which the broker keeps its data while it runs
 */
public record PipelineSettings(
        DeliveryMode mode,
        BenchSubject subject,
        int parallelism,
        int jobCores,
        Map<String, String> jobOptions,
        String jvmOptions,
        Path data) {
    private static final Path MEMORY = Path.of("/dev/shm");

    /**
     * Where data lie by default: in memory where the system has such a folder. The disk of a small machine is not what
     * is measured.
     */
    public static Path defaultData() {
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
