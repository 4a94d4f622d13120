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
package io.clearline.cli.archive;

import java.net.URI;
import java.nio.file.Path;

/**
 * Paths below a folder as text that keeps every byte of their names: as in a URI, a byte that is no plain character is
 * {@code %XX}. Linux names files by bytes, and Java's strings lose those that are no UTF-8. Stateless.
 */
final class EscapedPath {
    private EscapedPath() {}

    /** A file's path below a folder, both existing. */
    static String of(Path folder, Path file) {
        String above = folderUri(folder);
        String whole = file.toUri().toString();
        if (!whole.startsWith(above)) {
            throw new IllegalArgumentException("Expected a file below " + folder + ", found " + file + ".");
        }
        return whole.substring(above.length());
    }

    /** The path below a folder that an escaped text names. */
    static Path resolve(Path folder, String escaped) {
        return Path.of(URI.create(folderUri(folder) + escaped));
    }

    private static String folderUri(Path folder) {
        String uri = folder.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    /**
     * Where a file's result goes: the same path; where its ending is of another container, with that of the result
     * behind it, so that the place depends on nothing but the file's own path.
     *
     * @param container "wav" or "flac"; null: FLAC stays FLAC, everything else becomes WAV
     */
    static String ofResult(String escaped, String container) {
        String name = escaped.substring(escaped.lastIndexOf('/') + 1);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String wanted = container != null ? container : ending.equalsIgnoreCase("flac") ? "flac" : "wav";
        return name.contains(".") && ending.equalsIgnoreCase(wanted) ? escaped : escaped + "." + wanted;
    }
}
