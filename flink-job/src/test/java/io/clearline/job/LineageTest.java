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

import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageEdge;
import org.apache.flink.streaming.api.lineage.LineageGraph;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.junit.jupiter.api.Test;

/** The datasets of the job that Flink reports to lineage listeners, such as OpenLineage's. */
class LineageTest {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final List<String> OUTPUT =
            List.of(TOPICS.enhancedFrames(), TOPICS.sdrEstimates(), TOPICS.events(), TOPICS.modelEvents());

    @Test
    void aLiveJobReadsFramesAndModelsAndWritesAllOtherTopics() {
        LineageGraph lineage = DefinedJob.graph(DeliveryMode.LIVE).getLineageGraph();

        assertThat(topics(lineage.sources())).containsExactlyInAnyOrder(TOPICS.rawFrames(), TOPICS.models());
        assertThat(Stream.concat(topics(lineage.sources()).stream(), topics(lineage.sinks()).stream()))
                .containsExactlyInAnyOrderElementsOf(TOPICS.all());
    }

    @Test
    void whatIsEnhancedComesFromFramesAndModelsAndDeadLettersFromFramesAlone() {
        assertThat(edges(DefinedJob.graph(DeliveryMode.LIVE).getLineageGraph()))
                .containsExactlyInAnyOrder(
                        List.of(TOPICS.rawFrames()) + " -> " + List.of(TOPICS.deadFrames()),
                        List.of(TOPICS.rawFrames()) + " -> " + OUTPUT,
                        List.of(TOPICS.models()) + " -> " + OUTPUT);
    }

    /** The models of a replay are part of the plan. */
    @Test
    void aReplayReadsFrames() {
        assertThat(edges(DefinedJob.graph(DeliveryMode.REPLAY).getLineageGraph()))
                .containsExactlyInAnyOrder(
                        List.of(TOPICS.rawFrames()) + " -> " + List.of(TOPICS.deadFrames()),
                        List.of(TOPICS.rawFrames()) + " -> " + OUTPUT);
    }

    @Test
    void everyDatasetIsInTheNamespaceOfItsBroker() {
        LineageGraph lineage = DefinedJob.graph(DeliveryMode.LIVE).getLineageGraph();
        assertThat(Stream.concat(lineage.sources().stream(), lineage.sinks().stream())
                        .flatMap(vertex -> vertex.datasets().stream()))
                .isNotEmpty()
                .extracting(LineageDataset::namespace)
                .containsOnly("kafka://" + DefinedJob.BOOTSTRAP_SERVERS);
    }

    private static List<String> edges(LineageGraph lineage) {
        return lineage.relations().stream().map(LineageTest::edge).toList();
    }

    private static String edge(LineageEdge edge) {
        return topics(List.of(edge.source())) + " -> " + topics(List.of(edge.sink()));
    }

    private static List<String> topics(List<? extends LineageVertex> vertices) {
        return vertices.stream()
                .flatMap(vertex -> vertex.datasets().stream())
                .flatMap(dataset -> dataset.facets().values().stream())
                .filter(KafkaDatasetFacet.class::isInstance)
                .flatMap(facet -> ((KafkaDatasetFacet) facet).getTopicIdentifier().getTopics().stream())
                .toList();
    }
}
