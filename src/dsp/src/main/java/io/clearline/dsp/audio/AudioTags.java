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
package io.clearline.dsp.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a file says beside its sound, as untouched bytes: chunks of a WAV file, metadata blocks of a FLAC file. Bounded:
 * what is too large is left out and said.
 */
public final class AudioTags {
    /** Most bytes of one tag; a picture may have this much. */
    static final int MAX_TAG_BYTES = 4 << 20;

    private static final int MAX_BYTES = 16 << 20;
    private static final Set<String> KEPT_CHUNKS = Set.of(
            "bext", "iXML", "axml", "LIST", "cue ", "smpl", "inst", "cart", "id3 ", "ID3 ", "_PMX", "chna", "levl",
            "aXML", "DISP", "acid");

    /**
     * One chunk or block.
     *
     * @param id four characters of a RIFF chunk, or {@code flac:} and the number of a FLAC block type
     */
    public record Tag(String id, byte[] content) {}

    private final List<Tag> tags = new ArrayList<>();
    private long bytes;

    static boolean keeps(String chunkId) {
        return KEPT_CHUNKS.contains(chunkId);
    }

    /** Whether there is room for a tag of so many bytes. */
    boolean hasRoom(long length) {
        return length <= MAX_TAG_BYTES && bytes + length <= MAX_BYTES;
    }

    /** Adds a tag behind the others. */
    public void add(String id, byte[] content) {
        tags.add(new Tag(id, content));
        bytes += content.length;
    }

    /** In the order of the file. */
    public List<Tag> list() {
        return List.copyOf(tags);
    }

    /** How many there are. */
    public int size() {
        return tags.size();
    }
}
