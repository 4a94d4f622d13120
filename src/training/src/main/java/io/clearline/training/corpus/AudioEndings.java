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
package io.clearline.training.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Recognises audio files by their extension, and knows the ffmpeg arguments for formats without a header. Stateless.
 */
final class AudioEndings {
    private static final Set<String> WITH_HEADER =
            Set.of("wav", "ogg", "oga", "flac", "mp3", "opus", "aif", "aiff", "au", "sb");

    /** Unsigned 8-bit samples at 11,025 Hz, the speech of two adventure games of the nineties. */
    private static final List<String> UNSIGNED_BYTES = List.of("-f", "u8", "-ar", "11025", "-ac", "1");

    private static final Map<String, List<String>> WITHOUT_HEADER =
            Map.of("g722", List.of("-f", "g722"), "als", UNSIGNED_BYTES, "u8", UNSIGNED_BYTES);

    private AudioEndings() {}

    static boolean isAudio(Path file) {
        String extension = extension(file);
        return WITH_HEADER.contains(extension) || WITHOUT_HEADER.containsKey(extension);
    }

    /** Returns the arguments that ffmpeg needs before {@code -i}. */
    static List<String> inputArguments(Path file) {
        return WITHOUT_HEADER.getOrDefault(extension(file), List.of());
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
