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
import io.clearline.job.operator.ModelFetcher;
import io.clearline.job.operator.ModelUpdate;
import io.clearline.kafka.KafkaAccess;
import io.clearline.kafka.RecordReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Reads the announcements of models for a replay. They are read once, when the job is submitted, and sent to every
 * subtask with the job. Each frame is therefore enhanced by the model that applied when it was captured, wherever and
 * however often it is computed.
 */
final class Announcements {
    private static final Duration POLL = Duration.ofMillis(200);

    private Announcements() {}

    /**
     * Reads the topic to its end and fetches the announced models. A model that can't be fetched is included as a
     * refusal. An announcement without a capture time applies from its own time in Kafka on. A missing topic has no
     * announcements.
     *
     * @param settings settings of the Kafka client
     * @throws IOException if Kafka can't be read
     */
    static List<ModelUpdate> read(String bootstrapServers, String topic, Properties settings, ModelFetcher fetcher)
            throws IOException {
        List<ModelUpdate> updates = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> announced : records(bootstrapServers, topic, settings)) {
            fetcher.fetch(Announcement.of(announced)).ifPresent(update -> updates.add(fromAnnouncement(update)));
        }
        return updates;
    }

    private static ModelUpdate fromAnnouncement(ModelUpdate update) {
        return update instanceof ModelUpdate.Verified verified ? verified.fromAnnouncement() : update;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            String bootstrapServers, String topic, Properties settings) throws IOException {
        Properties complete = new Properties();
        complete.putAll(settings);
        complete.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (RecordReader reader = new RecordReader(bootstrapServers, topic, complete)) {
            while (!reader.isAtEnd()) {
                reader.poll(POLL).forEach(records::add);
            }
        } catch (KafkaException e) {
            throw KafkaAccess.failure(topic + " can't be read", e);
        }
        // Records of one partition are in order already, and the sort is stable.
        records.sort(Comparator.comparingInt(ConsumerRecord::partition));
        return records;
    }
}
