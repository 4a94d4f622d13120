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
 * The metadata of a file as unmodified bytes: chunks of a WAV file or metadata blocks of a FLAC file. The total size is
 * bounded; readers skip metadata that exceed it. Thread-confined.
 */
public final class AudioTags {
    /** Maximum size of one tag, large enough for a picture. */
    static final int MAX_TAG_BYTES = 4 << 20;

    /** Maximum size of all tags. */
    private static final int MAX_BYTES = 16 << 20;

    private static final Set<String> KEPT_CHUNKS = Set.of(
            "bext", "iXML", "axml", "LIST", "cue ", "smpl", "inst", "cart", "id3 ", "ID3 ", "_PMX", "chna", "levl",
            "aXML", "DISP", "acid");

    /**
     * One chunk or metadata block.
     *
     * @param id the four characters of a RIFF chunk, or {@code flac:} and the number of a FLAC block type
     */
    public record Tag(String id, byte[] content) {}

    private final List<Tag> tags = new ArrayList<>();
    private long bytes;

    /** Returns whether a chunk with this id is metadata that should be kept. */
    static boolean keeps(String chunkId) {
        return KEPT_CHUNKS.contains(chunkId);
    }

    /** Returns whether a tag of this length in bytes fits within the limits. */
    boolean hasCapacityFor(long length) {
        return length <= MAX_TAG_BYTES && bytes + length <= MAX_BYTES;
    }

    /** Appends a tag. */
    public void add(String id, byte[] content) {
        tags.add(new Tag(id, content));
        bytes += content.length;
    }

    /** Returns all tags in the order of the file. */
    public List<Tag> list() {
        return List.copyOf(tags);
    }

    /** Returns the number of tags. */
    public int size() {
        return tags.size();
    }
}
