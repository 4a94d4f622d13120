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
package io.clearline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.kafka.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicPositionsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final TopicPartition RAW = new TopicPartition(TOPICS.rawFrames(), 0);
    private static final TopicPartition LATER = new TopicPartition(TOPICS.rawFrames(), 1);

    private final TimedConsumer consumer = new TimedConsumer();
    private final TopicPositions positions = new TopicPositions(consumer, TOPICS);

    @Test
    void readingStartsAMinuteBeforeNow() {
        topic(RAW);
        consumer.end(RAW, 10_000, 7_000);
        positions.refresh(NOW);
        assertThat(consumer.asked.get(RAW)).isEqualTo(NOW - 60_000);
        assertThat(consumer.position(RAW)).isEqualTo(7_000);
    }

    @Test
    void theLookBackIsAlsoBoundedInRecords() {
        topic(RAW);
        consumer.end(RAW, 1_000_000, 0);
        positions.refresh(NOW);
        assertThat(consumer.position(RAW)).isEqualTo(990_000);
    }

    @Test
    void aNewPartitionIsAssignedAndTheOthersKeepTheirPositions() {
        topic(RAW);
        consumer.end(RAW, 10, 5);
        positions.refresh(NOW);
        consumer.seek(RAW, 9);
        topic(RAW, LATER);
        consumer.end(LATER, 4, 2);
        positions.refresh(NOW);
        assertThat(consumer.assignment()).containsExactlyInAnyOrder(RAW, LATER);
        assertThat(consumer.position(RAW)).isEqualTo(9);
        assertThat(consumer.position(LATER)).isEqualTo(2);
    }

    @Test
    void missingTopicsAreReported() {
        topic(RAW);
        consumer.end(RAW, 0, 0);
        positions.refresh(NOW);
        assertThat(positions.missingTopics()).hasSize(TOPICS.all().size() - 1).doesNotContain(TOPICS.rawFrames());
    }

    private void topic(TopicPartition... partitions) {
        Node node = new Node(0, "localhost", 1);
        Node[] nodes = {node};
        consumer.updatePartitions(
                TOPICS.rawFrames(),
                Arrays.stream(partitions)
                        .map(each -> new PartitionInfo(each.topic(), each.partition(), node, nodes, nodes))
                        .toList());
    }

    /** Adds lookups by timestamp, which Kafka's own fake does not support. */
    private static final class TimedConsumer extends MockConsumer<byte[], byte[]> {
        final Map<TopicPartition, Long> asked = new HashMap<>();
        private final Map<TopicPartition, Long> starts = new HashMap<>();

        TimedConsumer() {
            super("earliest");
        }

        void end(TopicPartition partition, long end, long start) {
            updateEndOffsets(Map.of(partition, end));
            updateBeginningOffsets(Map.of(partition, 0L));
            starts.put(partition, start);
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            asked.putAll(times);
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach(
                    (partition, time) -> found.put(partition, new OffsetAndTimestamp(starts.get(partition), time)));
            return found;
        }
    }
}
