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
 * Represents paths below a folder as text without loss. Linux file names are bytes, of which Java strings lose those
 * that are not UTF-8; as in a URI, such bytes and special characters are therefore written as {@code %XX}. Stateless.
 */
final class EscapedPath {
    private EscapedPath() {}

    /**
     * Returns the escaped path of an existing file relative to an existing folder.
     *
     * @throws IllegalArgumentException if the file is not below the folder
     */
    static String of(Path folder, Path file) {
        String above = folderUri(folder);
        String whole = file.toUri().toString();
        if (!whole.startsWith(above)) {
            throw new IllegalArgumentException("Expected a file below " + folder + ", found " + file + ".");
        }
        return whole.substring(above.length());
    }

    /** Returns the path of an escaped text below a folder. */
    static Path resolve(Path folder, String escaped) {
        return Path.of(URI.create(folderUri(folder) + escaped));
    }

    /** Returns an escaped path as users know it, for messages. */
    static String shown(String escaped) {
        Path root = Path.of("/").toAbsolutePath();
        return root.relativize(resolve(root, escaped)).toString();
    }

    private static String folderUri(Path folder) {
        String uri = folder.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    /**
     * Returns the path of a file's result. If the container changes, its extension is appended, as in
     * {@code x.mp3.wav}, so that the path depends only on that of the file.
     *
     * @param container "wav" or "flac"; null to keep FLAC and convert everything else to WAV
     */
    static String ofResult(String escaped, String container) {
        String name = escaped.substring(escaped.lastIndexOf('/') + 1);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String wanted = container != null ? container : ending.equalsIgnoreCase("flac") ? "flac" : "wav";
        return name.contains(".") && ending.equalsIgnoreCase(wanted) ? escaped : escaped + "." + wanted;
    }
}
