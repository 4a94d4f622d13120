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
 * Reads the untouched records of a topic from its beginning, all partitions, only what is committed. One thread uses
 * it.
 */
public final class RecordReader implements AutoCloseable {
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * Connects.
     *
     * @param settings of the Kafka client, security for example, or fetch.max.wait.ms in place of 20; may be empty
     * @throws IOException when Kafka does not let this client read
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
     * Waits for records, at most so long; each partition's are in order.
     *
     * @throws IOException when Kafka no longer lets this client read
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) throws IOException {
        try {
            return consumer.poll(atMost);
        } catch (AuthorizationException | AuthenticationException e) {
            throw KafkaAccess.failure(topic + " can't be read", e);
        }
    }

    /** Whether everything that is in the topic now was read. */
    public boolean isAtEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    /** Skips everything that is in the topic now. */
    public void skipToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
