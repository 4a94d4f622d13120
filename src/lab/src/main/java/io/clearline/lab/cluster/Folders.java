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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What runs write and nobody keeps. Stateless. */
public final class Folders {
    private static final int KILL_SECONDS = 10;

    private Folders() {}

    /**
     * Makes a folder of its own below another. Should this program be stopped before it deletes the folder, what it
     * started ends with it and the folder goes too: the data of a broker may fill the memory.
     */
    public static Path untilExit(Path below) throws IOException {
        Path folder = Files.createTempDirectory(below, "clearline-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clearUp(folder), "clear-up"));
        return folder;
    }

    private static void clearUp(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        try {
            for (ProcessHandle process : started) {
                process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
            }
            delete(folder);
        } catch (IOException | ExecutionException | TimeoutException | InterruptedException e) {
            System.err.println("clearline-lab: can't delete " + folder + ": " + e);
        }
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
