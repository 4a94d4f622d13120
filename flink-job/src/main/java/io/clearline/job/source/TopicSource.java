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
package io.clearline.job.source;

import java.util.Properties;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * A Kafka source that stores the id of its topic with the offsets. The connector identifies topics by name only: after
 * a topic was deleted and created again, it would continue at the old offset and skip the records before it. With this
 * source the job restarts if that happens while it runs, and reads the new topic from its beginning. It does the same
 * if it happened while the job was down.
 *
 * @param <T> type of the records
 */
public final class TopicSource<T>
        implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, LineageVertexProvider {
    private static final long serialVersionUID = 1L;

    private final Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source;
    private final String topic;
    private final Properties settings;

    /**
     * Wraps a source of one topic.
     *
     * @param settings settings of a Kafka client, including the bootstrap servers
     */
    public <S extends Source<T, KafkaPartitionSplit, KafkaSourceEnumState> & LineageVertexProvider> TopicSource(
            S source, String topic, Properties settings) {
        this.source = source;
        this.topic = topic;
        this.settings = settings;
    }

    /** Returns the topic as a dataset, as the connector describes it for Flink's lineage listeners. */
    @Override
    public LineageVertex getLineageVertex() {
        // The cast is safe, because the constructor requires a LineageVertexProvider.
        return ((LineageVertexProvider) source).getLineageVertex();
    }

    private TopicId.Lookup lookup() {
        return new TopicId.Client(topic, settings);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new TopicReader<>(
                source.createReader(context), topic, getBoundedness(), lookup(), context.metricGroup());
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
        return new TopicEnumerator(source.createEnumerator(context), topic, lookup(), context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        return new TopicEnumerator(source.restoreEnumerator(context, state), topic, lookup(), context);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new TopicSplitSerializer(source.getSplitSerializer());
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }
}
