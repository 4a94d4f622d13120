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
package io.clearline.job.operator;

import io.clearline.inference.model.ModelId;
import io.clearline.job.model.ArtifactStore;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import io.clearline.kafka.HttpSchemaRegistry;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.SchemaRegistry;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Turns announcements into models. It reads the artifact once for all subtasks, checks that it is the announced one,
 * and puts it into the store. A failure yields a refusal with its reason. Thread-safe.
 */
public final class ModelFetcher implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Set<String> channels;
    /** PEM; null if models need not be signed. */
    private final String publicKey;

    /** Null if the files travel with the update. */
    private final ArtifactStore store;
    /** Null if announcements in the framing of a schema registry are not read. */
    private final String registryUrl;

    /** Created when it is first used. */
    private transient SchemaRegistry registry;

    /**
     * @param channels channels whose announcements are followed; others are ignored
     * @param publicKey PEM of the key that models must be signed with; null to accept unsigned models
     * @param store stores the files of models; null if they travel with the update
     * @param registryUrl URL of the schema registry whose framing is read in addition; null for none
     */
    public ModelFetcher(Collection<String> channels, String publicKey, ArtifactStore store, String registryUrl) {
        this.registryUrl = registryUrl;
        this.channels = new HashSet<>(channels);
        this.publicKey = publicKey;
        this.store = store;
    }

    /**
     * Fetches the announced model.
     *
     * @return the model or a refusal; empty if the announcement is for another channel, or withdraws a channel
     */
    public Optional<ModelUpdate> fetch(Announcement announced) {
        if (announced.value().length == 0) {
            return Optional.empty();
        }
        try {
            ModelAnnouncement announcement =
                    WireCodec.modelAnnouncement().withRegistry(registry()).decode(announced.value(), null);
            return channels.contains(announcement.getChannel())
                    ? Optional.of(update(announcement, announced.announcedMicros()))
                    : Optional.empty();
        } catch (WireFormatException e) {
            return Optional.of(new ModelUpdate.Refused(
                    "(unreadable)",
                    "The announcement at offset " + announced.offset() + " can't be decoded: " + e.getMessage()));
        }
    }

    /** Returns the client of the schema registry, which caches schemas; null if there is no registry. */
    private synchronized SchemaRegistry registry() {
        if (registry == null && registryUrl != null) {
            registry = new HttpSchemaRegistry(registryUrl);
        }
        return registry;
    }

    private ModelUpdate update(ModelAnnouncement announcement, long announcedMicros) {
        try {
            ModelFiles model = verified(announcement);
            if (store != null) {
                store.put(model);
            }
            return new ModelUpdate.Verified(
                    model.pin(),
                    store == null ? model : null,
                    announcement.getFromCaptureTimeMicros(),
                    announcedMicros);
        } catch (IOException | RuntimeException e) {
            // No announcement may fail the job, and there are many ways in which an address can be invalid.
            return ModelUpdate.Refused.because(name(announcement), e);
        }
    }

    private static String name(ModelAnnouncement announcement) {
        return announcement.getModelName() + "@" + announcement.getModelVersion();
    }

    /** Reads the artifact and checks that it is the announced one. */
    private ModelFiles verified(ModelAnnouncement announcement) throws IOException {
        Path folder = Path.of(URI.create(announcement.getUri()));
        ModelFiles model = ModelFiles.read(folder, publicKey);
        ModelPin found = model.pin();
        if (!found.weightsSha256().equals(announcement.getSha256())) {
            throw new IOException("Expected weights with the announced SHA-256 " + announcement.getSha256() + " in "
                    + folder + ", found " + found.weightsSha256()
                    + ". Publish the model again, or announce the file that is there.");
        }
        if (!found.id().equals(new ModelId(announcement.getModelName(), announcement.getModelVersion()))) {
            throw new IOException("Expected the announced model " + name(announcement) + " in " + announcement.getUri()
                    + ", found " + found + ". Announce the model that is there.");
        }
        return model;
    }
}
