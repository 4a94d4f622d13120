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
 * Tells running jobs which models a channel uses: for the console, the command line and whoever else announces. Each
 * announcement names the model's folder and the SHA-256 of its files. Thread-safe.
 */
public final class ModelAnnouncer {
    private final KafkaClients clients;
    private final ModelRepository repository;

    /** @param repository that has the models */
    public ModelAnnouncer(KafkaClients clients, ModelRepository repository) {
        this.clients = clients;
        this.repository = repository;
    }

    /**
     * Announces models for a channel, one of each sample rate; returns when Kafka has them.
     *
     * @param fromCaptureTimeMicros frames captured from then on are enhanced with them; 0: from each stream's next
     *     frame
     * @throws IOException when a model is not there, or Kafka does not take an announcement
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

    /** The topic is compacted: the newest announcement of each sample rate stays. */
    private static byte[] key(String channel, int sampleRateHz) {
        return (channel + "/" + sampleRateHz).getBytes(StandardCharsets.UTF_8);
    }
}
