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
 * Settings of one benchmark of the pipeline. Immutable.
 *
 * @param mode delivery mode of the job
 * @param subject the program under test
 * @param parallelism number of subtasks of the job and of partitions of each topic
 * @param jobCores number of cores to which the job is limited; 0 for no limit
 * @param jobOptions further options of the job or of Flink
 * @param jvmOptions options of the job's JVM, separated by spaces
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
     * Returns the default folder of the data: in memory if the system has such a folder, so that the disk of a small
     * machine does not limit the measurement.
     */
    public static Path defaultData() {
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
