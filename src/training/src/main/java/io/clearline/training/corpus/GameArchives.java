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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks the archives in which games store their sounds: zip files and game-specific containers. Stateless. */
final class GameArchives {
    private static final Map<String, Unpacker> BY_SUFFIX = Map.of(
            ".pk3", GameArchives::unzip,
            ".wz", GameArchives::unzip,
            ".zip", GameArchives::unzip,
            ".cat", WaveContainer::unpack,
            ".ocg", ClonkGroup::unpack,
            "queen.1c", AmazonQueen::unpack,
            "sky.dsk", SteelSky::unpack);

    private GameArchives() {}

    private interface Unpacker {
        void unpack(Path archive, Path into) throws IOException;
    }

    /** Unpacks every known archive in a folder tree into a folder beside it, with {@code .d} appended to its name. */
    static void unpackAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            for (Map.Entry<String, Unpacker> entry : BY_SUFFIX.entrySet()) {
                if (file.getFileName().toString().endsWith(entry.getKey())) {
                    Path into = file.resolveSibling(file.getFileName() + ".d");
                    entry.getValue().unpack(file, Files.createDirectories(into));
                }
            }
        }
    }

    /** Extracts only audio files. */
    private static void unzip(Path archive, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !target.startsWith(into) || !AudioEndings.isAudio(target)) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }
}
