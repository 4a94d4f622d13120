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

import com.fasterxml.jackson.core.type.TypeReference;
import io.clearline.inference.model.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The channels of a repository: {@code channels.json}, an object from channel to {@code name@version}. */
final class Channels {

    private static final String REMEDY = "correct the file, or promote again";

    private final Path file;

    Channels(Path root) {
        file = root.resolve("channels.json");
    }

    SortedMap<String, ModelId> read() throws IOException {
        SortedMap<String, ModelId> channels = new TreeMap<>();
        if (Files.notExists(file)) {
            return channels;
        }
        for (Map.Entry<String, String> channel : entries().entrySet()) {
            channels.put(channel.getKey(), idOf(channel.getKey(), channel.getValue()));
        }
        return channels;
    }

    private Map<String, String> entries() throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            return Json.STRICT.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (IOException e) {
            throw new ModelFormatException(file.toString(), "expected an object of text: " + e.getMessage(), REMEDY, e);
        }
    }

    private ModelId idOf(String channel, String reference) throws ModelFormatException {
        try {
            return ModelReference.parse(reference);
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file.toString(), "channel " + channel + ": " + e.getMessage(), REMEDY, e);
        }
    }

    /** Replaces the whole file at once: a reader sees the old one or the new one. */
    void write(SortedMap<String, ModelId> channels) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        channels.forEach((channel, id) -> entries.put(channel, id.toString()));
        // Not a temporary file of the JDK: those are closed to every other user.
        Path draft = file.resolveSibling(".channels-" + UUID.randomUUID());
        try {
            Files.writeString(draft, Json.pretty().writeValueAsString(entries) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
