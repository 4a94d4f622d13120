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
package io.clearline.lab.chaos;

import io.clearline.inference.model.ModelId;
import io.clearline.job.JobOptions;
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.TestCluster;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;

/**
 * Publishes versions of the {@link SmallModel} and announces them on the channel that the job follows. Not thread-safe.
 */
final class SmallModels {
    /** The job starts with the first version. Every third announcement therefore rolls back to it. */
    private static final int VERSIONS = 3;

    private static final String CHANNEL = JobOptions.MODELS.defaultValue().get(0);

    private final TestCluster cluster;
    private final Path folder;
    private final ModelRepository repository;
    private int announced;

    SmallModels(TestCluster cluster) {
        this.cluster = cluster;
        this.folder = cluster.settings().folder().resolve("models");
        this.repository = new ModelRepository(folder);
    }

    /** Sets the options for a job that starts with the first version and follows the channel. */
    void addTo(Configuration options) throws IOException {
        options.set(JobOptions.MODEL_REPOSITORY, folder.toString());
        options.set(JobOptions.MODELS, List.of(published(1).card().id().toString()));
        options.set(JobOptions.MODEL_CHANNELS, List.of(CHANNEL));
    }

    /**
     * Announces the next version.
     *
     * @param all sets of topics, each of which receives the announcement
     * @param fromMicros capture time from which the model takes effect, in microseconds since 1970
     */
    void announceNext(List<Topics> all, long fromMicros) throws IOException {
        announced++;
        ModelArtifact model = published(1 + announced % VERSIONS);
        ModelId id = model.card().id();
        String address = repository.folder(id).toUri().toString();
        for (Topics topics : all) {
            send(topics, new ModelAnnouncement(CHANNEL, id.name(), id.version(), address, model.sha256(), fromMicros));
        }
    }

    private ModelArtifact published(int version) throws IOException {
        ModelId id = SmallModel.version(version).id();
        return repository.list().contains(id)
                ? repository.artifact(id.toString())
                : repository.publish(SmallModel.version(version), Provenance.unknown());
    }

    /** Announces a model whose files are not there. */
    void announceBroken(Topics topics) throws IOException {
        String address = cluster.settings().folder().resolve("no-model").toUri().toString();
        send(topics, new ModelAnnouncement(CHANNEL, "broken", "1", address, "0".repeat(64), 0L));
    }

    private void send(Topics topics, ModelAnnouncement announcement) throws IOException {
        try (FrameSender sender = new FrameSender(cluster.bootstrapServers(), topics.models(), new Properties())) {
            sender.send(
                    CHANNEL.getBytes(StandardCharsets.UTF_8),
                    WireCodec.modelAnnouncement().encode(announcement));
            sender.flush();
        }
    }
}
