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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the path of a result stands for: a folder, a file with a container of its own, or a pipe or device, which is
 * written in place instead of being replaced. Stateless.
 */
public final class ResultTarget {
    private ResultTarget() {}

    /**
     * Returns whether the path is for a single result; false if it is a folder, which may not exist yet.
     *
     * @param container "wav" or "flac" if that is asked for; otherwise null
     * @throws IllegalArgumentException if the path can be neither, or is of another container than asked for; the
     *     message says what to give instead
     */
    public static boolean isSingle(Path out, String container) {
        if (Files.isDirectory(out)) {
            return false;
        }
        String extension = extension(out);
        if (extension.equals("wav") || extension.equals("flac")) {
            if (container != null && !container.equals(extension)) {
                throw new IllegalArgumentException(
                        "The --format needs a ." + container + " file, found --out " + out + ". Change one of them.");
            }
            return true;
        }
        if (isPipeOrDevice(out)) {
            return true;
        }
        if (Files.exists(out)) {
            throw new IllegalArgumentException("Expected a folder, or a .wav or .flac file, as --out; found " + out
                    + ", a file that exists and is neither.");
        }
        if (AudioInputs.isAudioExtension(extension)) {
            throw new IllegalArgumentException("Results are WAV or FLAC; found --out " + out
                    + ". Give a .wav or .flac file, or write to standard output (-o -) and convert that, for example"
                    + " with ffmpeg.");
        }
        return false;
    }

    /** Returns whether the path exists and is neither a file nor a folder: a FIFO, a device, or the like. */
    static boolean isPipeOrDevice(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /**
     * Returns whether a result is FLAC, by its name; a name without a container, such as that of a device, takes the
     * one that is asked for.
     */
    static boolean isFlac(Path path, boolean otherwise) {
        String extension = extension(path);
        return extension.equals("flac") || !extension.equals("wav") && otherwise;
    }

    private static String extension(Path path) {
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
