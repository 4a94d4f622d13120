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
package io.clearline.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of all partitions of a topic, undecoded and from the beginning. It belongs to no consumer
 * group and commits no offsets. Thread-confined.
 */
public final class RecordReader implements AutoCloseable {
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * Connects and starts at the beginning of the topic.
     *
     * @param settings settings of the Kafka client, for example for security, or {@code fetch.max.wait.ms} instead of
     *     20; may be empty
     * @throws IOException if Kafka does not let this client read the topic
     */
    public RecordReader(String bootstrapServers, String topic, Properties settings) throws IOException {
        this.topic = topic;
        Properties complete = new Properties();
        complete.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        complete.putAll(settings);
        complete.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        complete.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(complete, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
        } catch (KafkaException e) {
            consumer.close();
            throw KafkaAccess.failure(topic + " can't be read", e);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Waits for records. Those of a partition are in order.
     *
     * @param atMost the longest time to wait if there are none
     * @throws IOException if Kafka no longer lets this client read the topic
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) throws IOException {
        try {
            return consumer.poll(atMost);
        } catch (AuthorizationException | AuthenticationException e) {
            throw KafkaAccess.failure(topic + " can't be read", e);
        }
    }

    /** Returns whether every record that is in the topic now has been read. */
    public boolean isAtEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    /** Skips the records that are in the topic now. */
    public void skipToEnd() {
        consumer.seekToEnd(partitions);
        // The seek is lazy: without asking for the position, records written before the next poll would be skipped too.
        partitions.forEach(consumer::position);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
