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

import io.clearline.job.operator.Announcement;
import io.clearline.job.record.RawRecord;
import io.clearline.job.source.CommittedEnd;
import io.clearline.job.source.RawRecordDeserializer;
import io.clearline.job.source.ReplaySource;
import io.clearline.job.source.TopicSource;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The sources of the job. They read committed records only: those of aborted transactions are skipped, and those of
 * open ones are read after the commit. Partitions that are added to a topic are read from their beginning within
 * seconds. Settings of the Kafka clients may override this ({@code isolation.level},
 * {@code partition.discovery.interval.ms}).
 *
 * <p>A topic that was deleted and created again is read from its beginning, whatever the state says about the old one.
 */
final class KafkaSources {
    /**
     * The connector's default of five minutes is too long: streams that move to a new partition would time out before.
     */
    private static final String DISCOVERY_INTERVAL_MILLIS = "3000";

    private static final String READ_COMMITTED = "read_committed";

    private final JobSettings settings;

    KafkaSources(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the source of raw frames. In LIVE it continues at the offsets of its consumer group. In REPLAY it reads
     * from the beginning to the end of the committed records at the start; a transaction that is open then, and all
     * records after it, are not part of the replay.
     */
    @SuppressWarnings("deprecation") // The connector still asks for this type of the Kafka client.
    Source<RawRecord, ?, ?> frames() {
        Properties properties = properties();
        String topic = settings.topics().rawFrames();
        KafkaSourceBuilder<RawRecord> source = source(topic, new RawRecordDeserializer(), properties);
        if (settings.isReplay()) {
            source.setStartingOffsets(OffsetsInitializer.earliest()).setBounded(end(properties));
            return new TopicSource<>(new ReplaySource(source.build()), topic, properties);
        }
        source.setStartingOffsets(
                OffsetsInitializer.committedOffsets(org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST));
        return new TopicSource<>(source.build(), topic, properties);
    }

    /** Returns where a replay stops. */
    private static OffsetsInitializer end(Properties properties) {
        return READ_COMMITTED.equals(properties.getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG))
                ? new CommittedEnd(properties)
                : OffsetsInitializer.latest();
    }

    /** Returns the source of model announcements, from the beginning of the topic. */
    Source<Announcement, ?, ?> announcements() {
        Properties properties = properties();
        String topic = settings.topics().models();
        KafkaSource<Announcement> source = source(topic, new Announcement.Deserializer(), properties)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .build();
        return new TopicSource<>(source, topic, properties);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
        if (!settings.isReplay()) {
            properties.put(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MILLIS);
        }
        properties.putAll(settings.kafka());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return properties;
    }

    private <T> KafkaSourceBuilder<T> source(
            String topic, KafkaRecordDeserializationSchema<T> deserializer, Properties properties) {
        return KafkaSource.<T>builder()
                .setTopics(topic)
                .setGroupId(settings.get(JobOptions.GROUP_ID))
                .setDeserializer(deserializer)
                .setProperties(properties);
    }
}
