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

import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.OutputRecordToKafka;
import io.clearline.kafka.Topics;
import io.clearline.kafka.WireHeaders;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The sinks of the job. They are at-least-once in LIVE, and exactly-once by transactions in REPLAY. */
final class KafkaSinks {
    /** Default of {@code linger.ms} in LIVE, see {@link #producerSettings}. */
    private static final String LIVE_LINGER_MILLIS = "1";

    /** After this time, Kafka aborts a transaction that a failed replay has left open. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 600_000;
    /** How long brokers may be unavailable before a record fails and the job restarts. */
    private static final int DELIVERY_TIMEOUT_MILLIS = 600_000;

    private final JobSettings settings;
    private final WireHeaders headers;
    /** Unique identifier of this job, for transactional ids. */
    private final String token = UUID.randomUUID().toString();

    /** @throws java.io.UncheckedIOException if a schema registry is to be used and can't be reached */
    KafkaSinks(JobSettings settings) {
        this.settings = settings;
        headers = settings.wireHeaders();
    }

    /** Returns the sink for dead letters. */
    KafkaSink<OutputRecord> dead() {
        return named("dead", settings.topics().deadFrames());
    }

    /** Returns the sink for the output of the enhancement operator. */
    KafkaSink<OutputRecord> enhanced() {
        Topics topics = settings.topics();
        return named("enhanced", topics.enhancedFrames(), topics.sdrEstimates(), topics.events(), topics.modelEvents());
    }

    /**
     * Returns a sink with producers of its own.
     *
     * @param name part of its transactional ids
     * @param topics topics that its records name
     */
    private KafkaSink<OutputRecord> named(String name, String... topics) {
        KafkaSinkBuilder<OutputRecord> sink = KafkaSink.<OutputRecord>builder()
                .setKafkaProducerConfig(producerSettings())
                .setBootstrapServers(settings.bootstrapServers())
                // After a record expires, later records may overtake it, because it is sent again after the restart.
                .setProperty("delivery.timeout.ms", Integer.toString(DELIVERY_TIMEOUT_MILLIS))
                .setRecordSerializer(new OutputRecordToKafka(settings.maxRequestBytes(), headers, List.of(topics)));
        if (!settings.isReplay()) {
            return sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
        }
        return sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactionalIdPrefix(name))
                .setProperty("transaction.timeout.ms", Integer.toString(TRANSACTION_TIMEOUT_MILLIS))
                .build();
    }

    /**
     * Returns the settings of the producers. In LIVE the frames of a batch are emitted in quick succession, and a
     * producer waits briefly for the following ones. Otherwise the first frame would be sent in a request of its own,
     * and a batch of sixteen hops would need four requests.
     */
    Properties producerSettings() {
        Properties producer = new Properties();
        if (!settings.isReplay()) {
            producer.put(ProducerConfig.LINGER_MS_CONFIG, LIVE_LINGER_MILLIS);
        }
        producer.putAll(settings.kafka());
        return producer;
    }

    /**
     * Returns the prefix of a sink's transactional ids, made of group, topics and sink. A replay that starts again
     * aborts the transactions that it left open before, and does not affect replays of other topics or groups. If no
     * group is configured, the prefix also names the job: two such replays at the same time would otherwise keep
     * aborting each other's transactions. A job that is restored from a checkpoint finds its earlier prefix there.
     */
    String transactionalIdPrefix(String name) {
        String group = settings.get(JobOptions.GROUP_ID);
        String owner = settings.options().contains(JobOptions.GROUP_ID) ? group : group + "-" + token;
        return owner + "-" + settings.get(JobOptions.TOPIC_PREFIX) + "-" + name;
    }
}
