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
package io.clearline.cli.audio;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the audio files among the files and folders of a command line. A file or folder that cannot be read is recorded
 * with the reason, and the search continues.
 */
public final class AudioInputs {
    private static final Set<String> AUDIO_EXTENSIONS = Set.of(
            "wav", "wave", "bwf", "rf64", "bw64", "w64", "flac", "aif", "aiff", "aifc", "au", "snd", "mp3", "ogg",
            "oga", "opus", "m4a", "aac", "amr", "awb", "wma", "ac3", "mp4", "m4v", "mkv", "mka", "mov", "webm", "avi",
            "caf");

    /** The character that stands for undecodable bytes in a path. */
    private static final char REPLACEMENT = '\uFFFD';

    private final List<Input> found = new ArrayList<>();
    private final Map<Path, String> failed = new LinkedHashMap<>();

    /**
     * A file to enhance.
     *
     * @param below the path relative to its argument: the file name, or the path inside the folder
     */
    public record Input(Path file, Path below) {}

    private AudioInputs() {}

    /**
     * Finds the files, searching folders recursively. Inside folders, only regular files with an extension of audio
     * files are taken, in the order of their paths.
     *
     * @param given files, of any extension, and folders
     * @param skipped a folder that is not searched, such as that of the results; may be null
     */
    public static AudioInputs find(List<Path> given, Path skipped) {
        AudioInputs inputs = new AudioInputs();
        for (Path each : given) {
            Path path = existing(each);
            if (Files.isDirectory(path)) {
                inputs.search(path, skipped);
            } else if (Files.exists(path)) {
                inputs.found.add(new Input(path, path.getFileName()));
            } else {
                inputs.failed.put(path, "the file or folder does not exist");
            }
        }
        return inputs;
    }

    /** Returns the files in the order of the arguments. */
    public List<Input> found() {
        return found;
    }

    /** Returns the files and folders that could not be read, with the reasons. */
    public Map<Path, String> failed() {
        return failed;
    }

    private void search(Path folder, Path skipped) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    return isSame(each, skipped) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (isAudio(file) && Files.isRegularFile(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException why) {
                    failed.put(file, "it can't be read: " + why.getMessage());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            failed.put(folder, "it can't be searched: " + e.getMessage());
        }
        files.sort(Comparator.naturalOrder());
        files.forEach(file -> found.add(new Input(file, folder.relativize(file))));
    }

    private static boolean isSame(Path folder, Path other) {
        try {
            return other != null && Files.exists(other) && Files.isSameFile(folder, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isAudio(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        // macOS stores metadata of a file in another one with this prefix.
        return !name.startsWith("._") && isAudioExtension(extension);
    }

    /** @param extension in lower case, without its dot */
    static boolean isAudioExtension(String extension) {
        return AUDIO_EXTENSIONS.contains(extension);
    }

    /**
     * Returns a path that exists. The JVM damages the name of an argument whose bytes are not text; the listing of its
     * folder still returns the bytes.
     */
    private static Path existing(Path path) {
        Path name = path.getFileName();
        if (name == null || Files.exists(path) || name.toString().indexOf(REPLACEMENT) < 0) {
            return path;
        }
        Path folder = path.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(existing(folder))) {
            return files.filter(file -> file.getFileName().toString().equals(name.toString()))
                    .findFirst()
                    .orElse(path);
        } catch (IOException e) {
            return path;
        }
    }
}
