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
package io.clearline.gateway.kafka;

import io.clearline.kafka.Topics;
import io.clearline.local.EmbeddedKafka;
import io.clearline.local.Ports;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker with the topics of frames that can be stopped, and started again on the same port. */
final class RestartableKafka implements AutoCloseable {
    private static final short REPLICAS = 1;

    private final Path folder;
    private final int port;
    private EmbeddedKafka kafka;

    /** Starts the broker for the first time. */
    RestartableKafka(Path folder) throws Exception {
        this.folder = folder;
        port = Ports.free();
        start();
    }

    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder, port);
        kafka.createTopics(List.of(
                new NewTopic(Topics.DEFAULT.rawFrames(), 2, REPLICAS),
                new NewTopic(Topics.DEFAULT.enhancedFrames(), 2, REPLICAS)));
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Stops the broker. Calling it again has no effect. */
    @Override
    public void close() {
        kafka.close();
    }
}
