package io.clearline.job.record;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends each record to the topic it names; Kafka's partitioner places it by key, so a stream stays in one partition. */
public final class OutputRecordToKafka implements KafkaRecordSerializationSchema<OutputRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutputRecord output, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(output.topic, output.key, output.value);
    }
}
