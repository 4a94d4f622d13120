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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
    private static final String TOPIC = "calls.frames.raw";

    private final TopicSplitSerializer serializer = new TopicSplitSerializer(new KafkaPartitionSplitSerializer());
    private final FakeReader connector = new FakeReader();

    @Test
    void aStateOfTheSameTopicGoesOnAtItsOffset() throws Exception {
        reader("first").addSplits(List.of(stored("first", 1, 500)));

        assertThat(connector.splits)
                .extracting(KafkaPartitionSplit::getStartingOffset)
                .containsExactly(500L);
    }

    @Test
    void aTopicThatWasMadeAgainIsReadFromItsBeginning() throws Exception {
        reader("second").addSplits(List.of(stored("first", 1, 500)));

        assertThat(connector.splits).containsExactly(new KafkaPartitionSplit(new TopicPartition(TOPIC, 1), 0));
    }

    @Test
    void aStateThatKnowsNoTopicIdGoesOnAtItsOffset() throws Exception {
        KafkaPartitionSplit plain = new KafkaPartitionSplit(new TopicPartition(TOPIC, 0), 500);
        KafkaPartitionSplitSerializer old = new KafkaPartitionSplitSerializer();
        KafkaPartitionSplit restored = serializer.deserialize(old.getVersion(), old.serialize(plain));

        reader("second").addSplits(List.of(restored));

        assertThat(connector.splits).containsExactly(plain);
    }

    @Test
    void aReplayWhoseTopicWasMadeAgainEndsForGood() throws Exception {
        TopicReader<String> reader =
                new TopicReader<>(connector, TOPIC, Boundedness.BOUNDED, () -> new TopicId("second"), metrics());
        List<KafkaPartitionSplit> splits = List.of(stored("first", 1, 500));

        assertThatThrownBy(() -> reader.addSplits(splits)).isInstanceOf(SuppressRestartsException.class);
    }

    private TopicReader<String> reader(String id) {
        return new TopicReader<>(connector, TOPIC, Boundedness.CONTINUOUS_UNBOUNDED, () -> new TopicId(id), metrics());
    }

    private static MetricGroup metrics() {
        return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    /** Returns a split that was written to a checkpoint of a job on the topic with this id, and read again. */
    private KafkaPartitionSplit stored(String id, int partition, long offset) throws Exception {
        FakeReader running = new FakeReader();
        running.splits.add(new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), offset));
        TopicReader<String> writer =
                new TopicReader<>(running, TOPIC, Boundedness.CONTINUOUS_UNBOUNDED, () -> new TopicId(id), metrics());
        byte[] bytes = serializer.serialize(writer.snapshotState(1).get(0));
        return serializer.deserialize(serializer.getVersion(), bytes);
    }

    /** Stands for the connector's reader, and keeps its splits. */
    private static final class FakeReader implements SourceReader<String, KafkaPartitionSplit> {
        private final List<KafkaPartitionSplit> splits = new ArrayList<>();

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<String> output) {
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return new CompletableFuture<>();
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> added) {
            splits.addAll(added);
        }

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
