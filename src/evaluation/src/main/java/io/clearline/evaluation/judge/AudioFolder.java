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
package io.clearline.evaluation.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lists the WAV and FLAC files of a folder. Stateless. */
final class AudioFolder {
    private AudioFolder() {}

    /**
     * Returns the files by their names without the extension, in order of name.
     *
     * @throws IOException when the folder cannot be listed, or when two files differ in their extension only
     */
    static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> byName = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String fileName = file.getFileName().toString();
                String lower = fileName.toLowerCase(Locale.ROOT);
                if (lower.endsWith(".wav") || lower.endsWith(".flac")) {
                    Path other = byName.put(fileName.substring(0, fileName.lastIndexOf('.')), file);
                    if (other != null) {
                        throw new IOException(
                                other + " and " + file + " differ in their extension only. Keep one of them.");
                    }
                }
            }
        }
        return byName;
    }
}
