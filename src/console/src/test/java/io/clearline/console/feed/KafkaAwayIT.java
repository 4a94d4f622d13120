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
package io.clearline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clearline.console.SimulatedStreams;
import io.clearline.console.board.Board;
import io.clearline.console.board.StreamQuery;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.local.EmbeddedKafka;
import io.clearline.local.LocalPlatform;
import io.clearline.local.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads from a real broker that is stopped and started again. */
class KafkaAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Board board = new Board();

    @Test
    void theFeedReportsAnOutageAndContinuesAfterIt() throws Exception {
        int port = Ports.free();
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), port);
        kafka.createTopics(LocalPlatform.topics(Topics.DEFAULT, 1));
        KafkaClients clients = new KafkaClients(kafka.bootstrapServers(), Topics.DEFAULT, new Properties());
        try (KafkaFeed feed = new KafkaFeed(clients, board)) {
            await().atMost(PATIENCE).until(() -> feed.status().connected());
            assertThat(feed.status().message()).isEmpty();
            send(clients, "before");
            await().atMost(PATIENCE).until(() -> board.stream("before", 0).isPresent());

            kafka.close();
            await().atMost(PATIENCE).until(() -> !feed.status().connected());
            assertThat(feed.status().message())
                    .contains(kafka.bootstrapServers())
                    .contains("does not answer");
            assertThat(board.streams(new StreamQuery("", null, "id", false, 0, 10), 0)
                            .all())
                    .as("streams that are still shown")
                    .isEqualTo(1);

            kafka = EmbeddedKafka.start(folder.resolve("kafka"), port);
            await().atMost(PATIENCE).until(() -> feed.status().connected());
            send(clients, "after");
            await().atMost(PATIENCE).until(() -> board.stream("after", 0).isPresent());
        } finally {
            kafka.close();
        }
    }

    private static void send(KafkaClients clients, String id) throws Exception {
        try (FrameSender sender =
                new FrameSender(clients.bootstrapServers(), clients.topics().rawFrames(), clients.settings())) {
            sender.send(SimulatedStreams.raw(id, 0, System.currentTimeMillis(), new byte[640]));
            sender.flush();
        }
    }
}
