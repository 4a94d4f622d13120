package io.clearline.gateway;

import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning, all partitions, only what is committed. One thread uses it. */
public final class TopicReader<T extends SpecificRecordBase> implements AutoCloseable {
    private final String topic;
    private final WireCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * Connects.
     *
     * @param settings of the Kafka client, security for example; may be empty
     */
    public TopicReader(String bootstrapServers, String topic, WireCodec<T> codec, Properties settings) {
        this.topic = topic;
        this.codec = codec;
        Properties complete = new Properties();
        complete.putAll(settings);
        complete.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        complete.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        complete.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        consumer = new KafkaConsumer<>(complete, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Waits for records, at most so long.
     *
     * @throws IOException when a record can't be decoded
     */
    public List<T> poll(Duration atMost) throws IOException {
        List<T> messages = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(atMost)) {
            try {
                messages.add(codec.decode(each.value(), null));
            } catch (WireFormatException e) {
                throw new IOException(
                        topic + " partition " + each.partition() + " offset " + each.offset() + ": " + e.getMessage(),
                        e);
            }
        }
        return messages;
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
