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

/** Where the job writes: at-least-once in LIVE, in transactions in REPLAY. */
final class KafkaSinks {
    private static final String LIVE_LINGER_MILLIS = "1";

    private static final int TRANSACTION_TIMEOUT_MILLIS = 600_000;
    /** How long a broker may be away before the job gives up a record and starts again. */
    private static final int DELIVERY_TIMEOUT_MILLIS = 600_000;

    private final JobSettings settings;
    private final WireHeaders headers;
    /** Of this job alone. */
    private final String token = UUID.randomUUID().toString();

    KafkaSinks(JobSettings settings) {
        this.settings = settings;
        headers = settings.wireHeaders();
    }

    /** For what was refused. */
    KafkaSink<OutputRecord> dead() {
        return named("dead", settings.topics().deadFrames());
    }

    /** For all that the enhancement operator makes. */
    KafkaSink<OutputRecord> enhanced() {
        Topics topics = settings.topics();
        return named("enhanced", topics.enhancedFrames(), topics.sdrEstimates(), topics.events(), topics.modelEvents());
    }

    /**
     * A sink with producers of its own.
     *
     * @param name part of its transactional ids
     * @param topics those that its records name
     */
    private KafkaSink<OutputRecord> named(String name, String... topics) {
        KafkaSinkBuilder<OutputRecord> sink = KafkaSink.<OutputRecord>builder()
                .setKafkaProducerConfig(producerSettings())
                .setBootstrapServers(settings.bootstrapServers())
                // A record that is given up lets its successors pass it, though it comes again after the restart.
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
     * Live, the frames of a batch come one right after the other, and a frame waits for the next of them. Without that,
     * the first goes in a request of its own, and a batch of sixteen hops makes four requests.
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
     * Group, topics and sink: a replay that starts again ends what it left open before, and leaves alone replays of
     * other topics or groups. Where nobody named a group the job is named too: two such replays at once would end each
     * other's transactions for ever. One that goes on from a checkpoint finds there what it called itself before.
     */
    String transactionalIdPrefix(String name) {
        String group = settings.get(JobOptions.GROUP_ID);
        String owner = settings.options().contains(JobOptions.GROUP_ID) ? group : group + "-" + token;
        return owner + "-" + settings.get(JobOptions.TOPIC_PREFIX) + "-" + name;
    }
}
