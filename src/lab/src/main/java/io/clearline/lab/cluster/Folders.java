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

/** Creates and deletes the folders of temporary run data. Stateless. */
public final class Folders {
    private static final int KILL_SECONDS = 10;

    private Folders() {}

    /**
     * Creates a new folder that is deleted at the latest when this JVM exits. If the program is interrupted, a shutdown
     * hook first kills all descendant processes and then deletes the folder: the data of a broker may lie in memory, in
     * {@code /dev/shm}.
     *
     * @param below parent of the new folder
     */
    public static Path untilExit(Path below) throws IOException {
        Path folder = Files.createTempDirectory(below, "clearline-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> killAndDelete(folder), "delete-temporary-data"));
        return folder;
    }

    private static void killAndDelete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            for (ProcessHandle process : children) {
                process.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
            }
            delete(folder);
        } catch (IOException | ExecutionException | TimeoutException | InterruptedException e) {
            System.err.println("clearline-lab: cannot delete " + folder + ", delete it by hand: " + e);
        }
    }

    /** Deletes a folder with everything in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
