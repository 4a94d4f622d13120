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
package io.clearline.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.clearline.inference.model.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The channels of a repository, stored in {@code channels.json}. The file is a JSON object that maps each channel to
 * {@code name@version}, or to a list of these where the channel has models for several sample rates.
 *
 * <p>Keeps no state besides the path: every {@link #read} reads the file.
 */
final class Channels {

    private static final String REMEDY = "correct the file, or promote again";

    private static final ObjectReader ENTRIES = Json.STRICT
            .readerFor(new TypeReference<TreeMap<String, List<String>>>() {})
            .with(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

    private final Path file;

    Channels(Path root) {
        file = root.resolve("channels.json");
    }

    /**
     * Reads the models of every channel: at least one for each, in the order of the file. Returns an empty map when
     * there is no file.
     *
     * @throws ModelFormatException when the file is malformed; the message names the channel, its line and its column
     */
    SortedMap<String, List<ModelId>> read() throws IOException {
        SortedMap<String, List<ModelId>> channels = new TreeMap<>();
        if (Files.notExists(file)) {
            return channels;
        }
        byte[] json = Files.readAllBytes(file);
        for (Map.Entry<String, List<String>> channel : entries(json).entrySet()) {
            if (channel.getValue() == null || channel.getValue().isEmpty()) {
                throw malformed(List.of(channel.getKey()), json, "expected a model, found none", null);
            }
            List<ModelId> ids = new ArrayList<>();
            for (int i = 0; i < channel.getValue().size(); i++) {
                List<String> path = List.of(channel.getKey(), String.valueOf(i));
                ids.add(idOf(channel.getValue().get(i), path, json));
            }
            channels.put(channel.getKey(), List.copyOf(ids));
        }
        return channels;
    }

    private Map<String, List<String>> entries(byte[] json) throws IOException {
        try {
            return ENTRIES.readValue(json);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(
                    file.toString(),
                    JsonProblem.of(e, json) + "; expected an object that maps channels to name@version or lists of it",
                    REMEDY,
                    e);
        } catch (IOException e) {
            throw new ModelFormatException(file.toString(), "is not text: " + e.getMessage(), REMEDY, e);
        }
    }

    /** @param path the channel, and the index of the reference if the channel has a list */
    private ModelId idOf(String reference, List<String> path, byte[] json) throws ModelFormatException {
        try {
            return ModelReference.parse(reference);
        } catch (IllegalArgumentException e) {
            throw malformed(path, json, e.getMessage(), e);
        }
    }

    private ModelFormatException malformed(List<String> path, byte[] json, String problem, Exception cause) {
        String place = JsonPlace.of(path, json).describe("");
        return new ModelFormatException(
                file.toString(), place + "channel " + path.get(0) + ": " + problem, REMEDY, cause);
    }

    /** Replaces the file atomically: a concurrent reader sees either the old or the new contents. */
    void write(SortedMap<String, List<ModelId>> channels) throws IOException {
        Map<String, Object> entries = new TreeMap<>();
        channels.forEach((channel, ids) -> {
            List<String> references = ids.stream().map(ModelId::toString).toList();
            entries.put(channel, references.size() == 1 ? references.get(0) : references);
        });
        // Not Files.createTempFile: the file would be readable only by its owner.
        Path draft = file.resolveSibling(".channels-" + UUID.randomUUID());
        try {
            Files.writeString(draft, Json.pretty().writeValueAsString(entries) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
