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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the files of one run of a command. It is deleted with its content when it is closed, and also when the
 * process is asked to end (Ctrl-C, SIGTERM) before. Thread-safe.
 */
final class TemporaryFolder implements AutoCloseable {
    /** A command that still runs may create files meanwhile. */
    private static final int ATTEMPTS = 10;

    private static final long PAUSE_MILLIS = 100;

    private final Path path;
    private final Thread atExit = new Thread(this::deleteAtExit, "clearline-temporary");

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** @param prefix begin of the folder's name */
    static TemporaryFolder create(String prefix) throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends, and the hook deletes the folder.
            return;
        }
        delete();
    }

    private void deleteAtExit() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            try {
                delete();
            } catch (IOException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(path)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException | java.io.UncheckedIOException e) {
            throw new IOException("The temporary folder " + path + " can't be deleted: " + e.getMessage(), e);
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
