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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.kafka.KafkaAccess;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @Test
    void aBrokerThatRestartsOnItsFolderHasItsTopics(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.start(folder)) {
            first.createTopics(List.of(new NewTopic("kept", 1, (short) 1)));
        }
        try (EmbeddedKafka second = EmbeddedKafka.start(folder)) {
            assertThat(topics(second)).contains("kept");
            assertThatCode(() -> requireTopics(second, "kept")).doesNotThrowAnyException();
            assertThatThrownBy(() -> requireTopics(second, "kept", "wrong.events", "wrong.sdr"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has no topic wrong.events, wrong.sdr")
                    .hasMessageContaining("--topic-prefix");
        }
    }

    @Test
    void topicsOfANewerVersionAreCreatedLikeTheInput(@TempDir Path folder) throws Exception {
        Topics topics = new Topics("older");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            assertThatThrownBy(() -> completeTopics(kafka, topics))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has no topic older.frames.raw");

            kafka.createTopics(KafkaTopics.of(topics, 3, (short) 1).stream()
                    .filter(topic ->
                            !Set.of(topics.modelEvents(), topics.events()).contains(topic.name()))
                    .toList());
            assertThat(completeTopics(kafka, topics)).containsExactly(topics.events(), topics.modelEvents());
            assertThat(partitions(kafka, topics.events())).isEqualTo(3);
            assertThat(completeTopics(kafka, topics)).isEmpty();
        }
    }

    private static List<String> completeTopics(EmbeddedKafka kafka, Topics topics) throws IOException {
        return KafkaAccess.completeTopics(kafka.bootstrapServers(), new Properties(), topics);
    }

    private static int partitions(EmbeddedKafka kafka, String topic) throws Exception {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private static void requireTopics(EmbeddedKafka kafka, String... names) throws IOException {
        KafkaAccess.requireTopics(kafka.bootstrapServers(), new Properties(), List.of(names));
    }

    private static Set<String> topics(EmbeddedKafka kafka) throws Exception {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            return admin.listTopics().names().get();
        }
    }
}
