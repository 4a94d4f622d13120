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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.job.ClearlineJob;
import io.clearline.job.JobOptions;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import io.clearline.local.EmbeddedKafka;
import io.clearline.local.LocalPlatform;
import io.clearline.local.Ports;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs OpenLineage's listener in an application cluster, in the same folder as the job's jar as in the image. It writes
 * its events to a file.
 */
@Tag("slow")
class LineageIT {
    private static final String JOB_MANAGER =
            "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx320m", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private ClusterSettings settings;
    private Path events;

    @BeforeEach
    void copyTheListenerBesideTheJob() throws IOException {
        settings = ClusterSettings.small(folder);
        events = folder.resolve("events.jsonl");
        Path userLib = Files.createDirectories(folder.resolve("flink/usrlib"));
        JobJar.built().copyTo(userLib);
        try (Stream<Path> jars = Files.list(Samples.home().resolve("src/lab/target/lineage"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, userLib.resolve(jar.getFileName()));
            }
        }
    }

    @Test
    void aRunningJobHasReportedItsTopics() throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            KafkaTopics.create(kafka.bootstrapServers(), new Properties(), LocalPlatform.topics(TOPICS, 1));
            runUntilReported(kafka);

            JsonNode start = events().get(0);
            assertThat(start.path("eventType").asText()).isEqualTo("START");
            assertThat(names(start, "inputs")).containsExactlyInAnyOrder(TOPICS.rawFrames(), TOPICS.models());
            assertThat(names(start, "outputs"))
                    .containsExactlyInAnyOrder(
                            TOPICS.enhancedFrames(),
                            TOPICS.sdrEstimates(),
                            TOPICS.events(),
                            TOPICS.modelEvents(),
                            TOPICS.deadFrames());
            assertThat(start.at("/inputs/0/namespace").asText()).isEqualTo("kafka://" + kafka.bootstrapServers());
        }
    }

    private void runUntilReported(EmbeddedKafka kafka) throws IOException {
        Path configuration = FlinkFiles.write(settings, Ports.free(), Ports.free(), options(kafka))
                .folder();
        String classPath = settings.distribution().classPath(folder.resolve("classes"));
        try (JvmProcess jobManager = jobManager(classPath, configuration);
                JvmProcess taskManager = taskManager(classPath, configuration)) {
            jobManager.start();
            taskManager.start();
            Await.until("an event of the running job, see " + folder, TIMEOUT, () -> events().stream()
                    .anyMatch(event -> event.path("eventType").asText().equals("RUNNING")));
        }
    }

    private Map<String, String> options(EmbeddedKafka kafka) {
        return Map.of(
                JobOptions.BOOTSTRAP_SERVERS.key(),
                kafka.bootstrapServers(),
                JobOptions.MODEL_REPOSITORY.key(),
                Samples.home().resolve("model-store/models").toString(),
                "execution.job-status-changed-listeners",
                "io.openlineage.flink.listener.OpenLineageJobStatusChangedListenerFactory",
                "openlineage.transport.type",
                "file",
                "openlineage.transport.location",
                events.toString());
    }

    private JvmProcess jobManager(String classPath, Path configuration) {
        return new JvmProcess(
                "jobmanager",
                folder,
                classPath,
                // Flink looks for usrlib beside the folder that this variable names.
                List.of("env", "FLINK_LIB_DIR=" + folder.resolve("flink/lib")),
                JVM_OPTIONS,
                List.of(
                        JOB_MANAGER,
                        "--configDir",
                        configuration.toString(),
                        "--job-classname",
                        ClearlineJob.class.getName()));
    }

    private JvmProcess taskManager(String classPath, Path configuration) {
        return new JvmProcess(
                "taskmanager",
                folder,
                classPath,
                JVM_OPTIONS,
                List.of(TaskManagerRunner.class.getName(), "--configDir", configuration.toString()));
    }

    private List<JsonNode> events() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.exists(events) ? Files.readAllLines(events) : List.<String>of()) {
            all.add(new ObjectMapper().readTree(line));
        }
        return all;
    }

    private static List<String> names(JsonNode event, String datasets) {
        return StreamSupport.stream(event.path(datasets).spliterator(), false)
                .map(dataset -> dataset.path("name").asText())
                .toList();
    }
}
