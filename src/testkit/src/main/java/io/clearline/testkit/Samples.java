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
package io.clearline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample recordings in the repository: 16 kHz mono FLAC files. No published model was trained on their speakers or
 * noises. Stateless.
 */
public final class Samples {

    private static final Path FOLDER = home().resolve("deploy/local/sample");

    private Samples() {}

    /** Returns the root of the repository, which the build passes to every test as a system property. */
    public static Path home() {
        String home = System.getProperty("clearline.home");
        if (home == null) {
            throw new IllegalStateException("system property clearline.home is not set; run tests through ./mvnw");
        }
        return Path.of(home);
    }

    /** Returns the speech recordings, sorted by name. */
    public static List<Path> speech() {
        return flacFiles(FOLDER.resolve("speech"));
    }

    /** Returns the noise recordings, sorted by name. */
    public static List<Path> noise() {
        return flacFiles(FOLDER.resolve("noise"));
    }

    private static List<Path> flacFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".flac"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the sample audio in " + folder, e);
        }
    }
}
