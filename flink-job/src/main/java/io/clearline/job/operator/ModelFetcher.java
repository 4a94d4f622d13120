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
import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ShippedModel;
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
 * Turns announcements into models: fetches the artifact once for all subtasks, checks that it is the one announced, and
 * puts it into the store. What fails becomes a refusal with its reason. Thread-safe.
 */
public final class ModelFetcher implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Set<String> channels;
    /** PEM; null: no signature is asked for. */
    private final String publicKey;

    private final ArtifactStore store;
    /** Null: announcements in the framing of a schema registry are not read. */
    private final String registryUrl;

    private transient SchemaRegistry registry;

    /**
     * Follows the announcements of these channels and leaves the others alone.
     *
     * @param publicKey PEM of the key that models must be signed with; null: no signature is asked for
     * @param store keeps the bytes; null: they travel with the update
     * @param registryUrl of the schema registry whose framing is read, too; null: of none
     */
    public ModelFetcher(Collection<String> channels, String publicKey, ArtifactStore store, String registryUrl) {
        this.registryUrl = registryUrl;
        this.channels = new HashSet<>(channels);
        this.publicKey = publicKey;
        this.store = store;
    }

    /** What an announcement asks for; nothing where it is for another channel, or withdraws one. */
    public Optional<ModelUpdate> fetch(Announcement announced) {
        if (announced.value().length == 0) {
            return Optional.empty();
        }
        try {
            ModelAnnouncement announcement =
                    WireCodec.modelAnnouncement().reading(registry()).decode(announced.value(), null);
            return channels.contains(announcement.getChannel())
                    ? Optional.of(update(announcement, announced.announcedMicros()))
                    : Optional.empty();
        } catch (WireFormatException e) {
            return Optional.of(new ModelUpdate.Refused(
                    "(unreadable)",
                    "The announcement at offset " + announced.offset() + " can't be decoded: " + e.getMessage()));
        }
    }

    /** One for all announcements, as it remembers what it was told; null: none. */
    private synchronized SchemaRegistry registry() {
        if (registry == null && registryUrl != null) {
            registry = new HttpSchemaRegistry(registryUrl);
        }
        return registry;
    }

    private ModelUpdate update(ModelAnnouncement announcement, long announcedMicros) {
        try {
            ShippedModel model = verified(announcement);
            if (store != null) {
                store.put(model);
            }
            return new ModelUpdate.Verified(
                    model.pin(),
                    store == null ? model : null,
                    announcement.getFromCaptureTimeMicros(),
                    announcedMicros);
        } catch (IOException | RuntimeException e) {
            // Whatever an announcement says, it must not end the job: an address can fail in many ways.
            return ModelUpdate.Refused.because(name(announcement), e);
        }
    }

    private static String name(ModelAnnouncement announcement) {
        return announcement.getModelName() + "@" + announcement.getModelVersion();
    }

    private ShippedModel verified(ModelAnnouncement announcement) throws IOException {
        Path folder = Path.of(URI.create(announcement.getUri()));
        ShippedModel model = ShippedModel.read(folder, publicKey);
        ModelPin found = model.pin();
        if (!found.weightsSha256().equals(announcement.getSha256())) {
            throw new IOException("SHA-256 of " + folder + " is " + found.weightsSha256() + ", announced was "
                    + announcement.getSha256() + ". Publish the model anew, or announce the file that is there.");
        }
        if (!found.id().equals(new ModelId(announcement.getModelName(), announcement.getModelVersion()))) {
            throw new IOException(announcement.getUri() + " holds " + found + ". Announce the model that is there.");
        }
        return model;
    }
}
