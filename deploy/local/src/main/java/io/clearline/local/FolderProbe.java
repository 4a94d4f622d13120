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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out by writing a file why a folder can't be written to. Stateless. */
final class FolderProbe {
    /** Kafka may fail at its next segment while a few blocks are still free. */
    private static final int PROBE_BYTES = 1 << 20;

    private FolderProbe() {}

    /** Returns the reason why a folder can't be written to now; empty if it can be. */
    static Optional<String> problem(Path folder) {
        Path probe = null;
        try {
            probe = Files.createTempFile(folder, ".probe", null);
            Files.write(probe, new byte[PROBE_BYTES]);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(reason(folder, e));
        } finally {
            delete(probe);
        }
    }

    private static String reason(Path folder, IOException e) {
        if (Files.notExists(folder) || e instanceof NoSuchFileException) {
            return "it does not exist any more";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static void delete(Path probe) {
        try {
            if (probe != null) {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            // The folder is reported as broken anyway, or an empty file remains in one that works.
        }
    }
}
