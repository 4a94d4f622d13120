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
package io.clearline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The folder of a platform: one that is kept, or a temporary one that is deleted when it is closed. */
final class HomeFolder implements AutoCloseable {
    private static final Set<HomeFolder> TEMPORARY = ConcurrentHashMap.newKeySet();

    private final Path path;

    private HomeFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates the folder if it is missing.
     *
     * @param kept null for a temporary folder
     */
    static HomeFolder open(Path kept) throws IOException {
        if (kept != null) {
            return new HomeFolder(Files.createDirectories(kept));
        }
        HomeFolder temporary = new HomeFolder(Files.createTempDirectory("clearline"));
        TEMPORARY.add(temporary);
        return temporary;
    }

    /** Deletes every temporary folder of this process, which is about to end, as far as that is possible. */
    static void deleteTemporary() {
        for (HomeFolder each : TEMPORARY) {
            try {
                each.close();
            } catch (IOException | UncheckedIOException e) {
                // The process ends for a reason that has been reported.
            }
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (TEMPORARY.remove(this)) {
            delete(path);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
