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
package io.clearline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds audio files where a command was given files and folders. */
final class AudioPaths {
    private AudioPaths() {}

    /**
     * A file, and where its result belongs below an output folder.
     *
     * @param relative the path inside the folder that was given, or the bare name of a file, with the ending .wav
     */
    record AudioPath(Path file, Path relative) {}

    /** All WAV and FLAC files, folders searched to the bottom, by name. */
    static List<AudioPath> find(List<Path> given) throws IOException {
        List<AudioPath> found = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(AudioPaths::isAudio)
                            .sorted()
                            .forEach(file -> found.add(new AudioPath(file, asWav(path.relativize(file)))));
                }
            } else if (Files.exists(path)) {
                found.add(new AudioPath(path, asWav(path.getFileName())));
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        if (found.isEmpty()) {
            throw new IOException("No WAV or FLAC file in " + given + ".");
        }
        return found;
    }

    private static boolean isAudio(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".wav") || name.endsWith(".flac");
    }

    private static Path asWav(Path path) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return path.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".wav");
    }
}
