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
package io.clearline.job.record;

import io.clearline.job.JobMetric;
import io.clearline.kafka.WireHeaders;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each record to the topic that it names. Kafka's partitioner selects the partition by the key, so a stream stays
 * in one partition.
 *
 * <p>All records that the job encodes are limited to far less than a producer sends. Should a record nevertheless be
 * too large, it is logged, counted as {@code recordsTooLarge} and dropped. The producer would reject it after every
 * restart of the job.
 */
public final class OutputRecordToKafka
        implements KafkaRecordSerializationSchema<OutputRecord>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 3L;

    private static final Logger LOGGER = LoggerFactory.getLogger(OutputRecordToKafka.class);
    /** Kafka's overhead in addition to key and value: at most 61 bytes for the batch and 31 for the record. */
    private static final int KAFKA_OVERHEAD_BYTES = 128;

    private final int maxRequestBytes;
    private final WireHeaders headers;
    private final List<String> topics;

    private transient Counter tooLarge;

    /**
     * @param maxRequestBytes {@code max.request.size} of the producer
     * @param headers framing of the records
     * @param topics topics that the records name, for the job's lineage
     */
    public OutputRecordToKafka(int maxRequestBytes, WireHeaders headers, List<String> topics) {
        this.headers = headers;
        this.maxRequestBytes = maxRequestBytes;
        this.topics = List.copyOf(topics);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics)));
    }

    @Override
    public void open(InitializationContext context, KafkaSinkContext sinkContext) {
        tooLarge = JobMetric.RECORDS_TOO_LARGE.counter(context.getMetricGroup());
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutputRecord output, KafkaSinkContext context, Long timestamp) {
        long bytes = (long) KAFKA_OVERHEAD_BYTES + length(output.key) + length(output.value);
        if (bytes > maxRequestBytes) {
            tooLarge.inc();
            LOGGER.error(
                    "Dropped a record of {} bytes for {}: the producer sends at most {} bytes (max.request.size)",
                    bytes,
                    output.topic,
                    maxRequestBytes);
            // The sink ignores null.
            return null;
        }
        return new ProducerRecord<>(output.topic, output.key, headers.framed(output.topic, output.value));
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
