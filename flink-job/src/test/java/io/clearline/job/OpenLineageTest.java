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
package io.clearline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.openlineage.flink.listener.OpenLineageJobStatusChangedListenerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobStatusChangedListener;
import org.apache.flink.core.execution.JobStatusChangedListenerFactory;
import org.apache.flink.streaming.runtime.execution.DefaultJobCreatedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run event that OpenLineage's listener creates when the job is submitted. */
class OpenLineageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Topics TOPICS = Topics.DEFAULT;

    @TempDir
    private Path folder;

    @Test
    void theTopicsOfALiveJobAreTheDatasetsOfItsRun() throws IOException {
        JsonNode start = submitted(DeliveryMode.LIVE);

        assertThat(start.path("eventType").asText()).isEqualTo("START");
        assertThat(start.at("/job/namespace").asText()).isEqualTo("speech");
        assertThat(start.at("/job/name").asText()).isEqualTo("clearline");
        assertThat(names(start, "inputs")).containsExactlyInAnyOrder(TOPICS.rawFrames(), TOPICS.models());
        assertThat(names(start, "outputs"))
                .containsExactlyInAnyOrder(
                        TOPICS.enhancedFrames(),
                        TOPICS.sdrEstimates(),
                        TOPICS.events(),
                        TOPICS.modelEvents(),
                        TOPICS.deadFrames());
    }

    @Test
    void aReplayReadsFramesAlone() throws IOException {
        assertThat(names(submitted(DeliveryMode.REPLAY), "inputs")).containsExactly(TOPICS.rawFrames());
    }

    @Test
    void everyDatasetIsInTheNamespaceOfItsBroker() throws IOException {
        JsonNode start = submitted(DeliveryMode.LIVE);
        for (String kind : List.of("inputs", "outputs")) {
            assertThat(start.get(kind))
                    .allSatisfy(each -> assertThat(each.path("namespace").asText())
                            .isEqualTo("kafka://" + DefinedJob.BOOTSTRAP_SERVERS));
        }
    }

    /** Submits the job and returns the only event that a listener with the transport {@code file} writes. */
    private JsonNode submitted(DeliveryMode mode) throws IOException {
        Path events = folder.resolve(mode + ".jsonl");
        Configuration options = new Configuration();
        options.setString("openlineage.transport.type", "file");
        options.setString("openlineage.transport.location", events.toString());
        options.setString("openlineage.job.namespace", "speech");
        options.setString("openlineage.job.name", "clearline");
        options.setString("openlineage.disableCheckpointTracking", "true");
        JobStatusChangedListener listener =
                new OpenLineageJobStatusChangedListenerFactory().createListener(new Context(options));

        listener.onEvent(new DefaultJobCreatedEvent(
                new JobID(), "Clearline", DefinedJob.graph(mode).getLineageGraph(), RuntimeExecutionMode.STREAMING));

        List<String> lines = Files.readAllLines(events);
        assertThat(lines).hasSize(1);
        return JSON.readTree(lines.get(0));
    }

    private static List<String> names(JsonNode event, String datasets) {
        return StreamSupport.stream(event.path(datasets).spliterator(), false)
                .map(dataset -> dataset.path("name").asText())
                .toList();
    }

    private record Context(Configuration getConfiguration) implements JobStatusChangedListenerFactory.Context {
        @Override
        public ClassLoader getUserClassLoader() {
            return getClass().getClassLoader();
        }

        @Override
        public Executor getIOExecutor() {
            return Runnable::run;
        }
    }
}
