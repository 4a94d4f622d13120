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

import io.clearline.inference.model.ModelId;
import io.clearline.kafka.FrameSender;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Announces to running jobs which models a channel uses. An announcement names the folder of the model and the SHA-256
 * of its weights. Used by the console and the command line. Thread-safe.
 */
public final class ModelAnnouncer {
    private final KafkaClients clients;
    private final ModelRepository repository;

    /** @param repository repository of the models to announce */
    public ModelAnnouncer(KafkaClients clients, ModelRepository repository) {
        this.clients = clients;
        this.repository = repository;
    }

    /**
     * Announces the models of a channel, at most one for each sample rate, and returns when Kafka has acknowledged
     * them.
     *
     * @param fromCaptureTimeMicros capture time of the first frame to enhance with them; 0 for the next frame of each
     *     stream
     * @throws IOException when a model does not exist, or when Kafka does not accept an announcement
     */
    public void announce(String channel, List<ModelId> models, long fromCaptureTimeMicros) throws IOException {
        WireCodec<ModelAnnouncement> codec = WireCodec.modelAnnouncement();
        String topic = clients.topics().models();
        try (FrameSender sender = new FrameSender(clients.bootstrapServers(), topic, clients.settings())) {
            for (ModelId id : models) {
                ModelArtifact artifact = repository.artifact(id.toString());
                ModelAnnouncement announcement = new ModelAnnouncement(
                        channel,
                        id.name(),
                        id.version(),
                        repository.folder(id).toUri().toString(),
                        artifact.sha256(),
                        fromCaptureTimeMicros);
                sender.send(
                        key(channel, artifact.model().sampleRateHz()),
                        clients.headers().framed(topic, codec.encode(announcement)));
            }
            sender.flush();
        }
    }

    /** One key per channel and sample rate: compaction of the topic retains the newest announcement of each. */
    private static byte[] key(String channel, int sampleRateHz) {
        return (channel + "/" + sampleRateHz).getBytes(StandardCharsets.UTF_8);
    }
}
