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
package io.clearline.lab.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of Clearline's own classes in a folder, as a release is installed beside the one that runs; libraries stay
 * where they are.
 */
final class Release {
    private final Path folder;

    private Release(Path folder) {
        this.folder = folder;
    }

    /** Copies what this JVM runs with. */
    static String install(Path folder) throws IOException {
        return new Release(folder).classPath();
    }

    private String classPath() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : JvmProcess.absoluteClassPath().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            boolean own =
                    Files.isDirectory(path) || path.getFileName().toString().startsWith("clearline-");
            entries.add(own && Files.exists(path) ? copy(path, entries.size()).toString() : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private Path copy(Path from, int number) throws IOException {
        Path to = folder.resolve(number + "-" + from.getFileName());
        Files.createDirectories(folder);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
