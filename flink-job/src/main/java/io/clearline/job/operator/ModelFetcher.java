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
import io.clearline.job.record.RawRecord;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Turns announcements into models: fetches the artifact once for all subtasks and checks that it is the one announced.
 * Runs beside the streams, so a slow disk delays no audio. What fails becomes a refusal with its reason.
 */
public final class ModelFetcher implements FlatMapFunction<RawRecord, ModelUpdate> {
    private static final long serialVersionUID = 1L;

    private final Set<String> channels;
    /** PEM; null: no signature is asked for. */
    private final String publicKey;

    private transient WireCodec<ModelAnnouncement> announcements;

    /**
     * Follows the announcements of these channels and leaves the others alone.
     *
     * @param publicKey PEM of the key that models must be signed with; null: no signature is asked for
     */
    public ModelFetcher(Collection<String> channels, String publicKey) {
        this.channels = new HashSet<>(channels);
        this.publicKey = publicKey;
    }

    @Override
    public void flatMap(RawRecord rawRecord, Collector<ModelUpdate> out) {
        fetch(rawRecord.value, rawRecord.offset).ifPresent(out::collect);
    }

    /**
     * What an announcement asks for; nothing where it is for another channel.
     *
     * @param value may be null
     * @param offset where it lies in the topic
     */
    public Optional<ModelUpdate> fetch(byte[] value, long offset) {
        if (value == null) {
            // A tombstone of the compacted topic: the channel was withdrawn, and what runs goes on.
            return Optional.empty();
        }
        try {
            ModelAnnouncement announcement = announcements().decode(value, null);
            return channels.contains(announcement.getChannel()) ? Optional.of(update(announcement)) : Optional.empty();
        } catch (WireFormatException e) {
            return Optional.of(ModelUpdate.refused(
                    "(unreadable)", "The announcement at offset " + offset + " can't be decoded: " + e.getMessage()));
        }
    }

    private WireCodec<ModelAnnouncement> announcements() {
        if (announcements == null) {
            announcements = WireCodec.modelAnnouncement();
        }
        return announcements;
    }

    private ModelUpdate update(ModelAnnouncement announcement) {
        String name = announcement.getModelName() + "@" + announcement.getModelVersion();
        try {
            return ModelUpdate.fetched(name, fetch(announcement), announcement.getFromCaptureTimeMicros());
        } catch (IOException | RuntimeException e) {
            // Whatever an announcement says, it must not end the job: an address can fail in many ways.
            return ModelUpdate.refused(name, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private ShippedModel fetch(ModelAnnouncement announcement) throws IOException {
        Path folder = Path.of(URI.create(announcement.getUri()));
        ShippedModel model = ShippedModel.read(folder, publicKey);
        String found = sha256(model.tensors());
        if (!found.equals(announcement.getSha256())) {
            throw new IOException("SHA-256 of " + folder + " is " + found + ", announced was "
                    + announcement.getSha256() + ". Publish the model anew, or announce the file that is there.");
        }
        requireAnnounced(announcement, model.unpack().id());
        return model;
    }

    private static void requireAnnounced(ModelAnnouncement announcement, ModelId found) throws IOException {
        if (!found.equals(new ModelId(announcement.getModelName(), announcement.getModelVersion()))) {
            throw new IOException(announcement.getUri() + " holds " + found + ". Announce the model that is there.");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
