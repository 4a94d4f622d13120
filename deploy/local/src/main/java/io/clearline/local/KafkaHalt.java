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

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Says on standard error why Kafka ends this process. Kafka halts the JVM when it can no longer use its folder, for
 * example because the disk is full, and writes the reason only to its log.
 *
 * <p>Kafka keeps what it does at its end in static fields, so this state is one per JVM too. Thread-safe.
 */
final class KafkaHalt {
    private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

    private KafkaHalt() {}

    /** Explains from now on an end of this process that the broker of this folder causes. */
    static void watch(Path folder) {
        FOLDERS.add(folder.toAbsolutePath());
        Exit.setHaltProcedure(KafkaHalt::end);
        Exit.setExitProcedure(KafkaHalt::end);
    }

    /** Forgets the folder of a broker that has stopped. */
    static void forget(Path folder) {
        FOLDERS.remove(folder.toAbsolutePath());
    }

    /** Ends the process. Synchronized, because several of Kafka's threads may find the same fault. */
    private static synchronized void end(int status, String message) {
        try {
            System.err.println("clearline: " + sentence(new TreeSet<>(FOLDERS), message));
            HomeFolder.deleteTemporary();
        } finally {
            // Shutdown hooks would wait for a broker that can't stop any more.
            Runtime.getRuntime().halt(status);
        }
    }

    /**
     * Returns why Kafka has stopped, in one sentence.
     *
     * @param folders the folders of the brokers in this process
     * @param message what Kafka says; null if nothing
     */
    static String sentence(Collection<Path> folders, String message) {
        for (Path folder : folders) {
            Optional<String> problem = FolderProbe.problem(folder);
            if (problem.isPresent()) {
                return "Kafka has stopped, because " + unusable(folder, problem.get());
            }
        }
        String log = System.getProperty("clearline.log");
        return "Kafka has stopped" + (message == null ? "" : " (" + message + ")") + "; its data are in "
                + (folders.size() == 1 ? folders.iterator().next() : folders) + ", and the reason is in "
                + (log == null ? "the program's log" : log) + ".";
    }

    /** Returns the end of a sentence about a folder of Kafka, with what to do. */
    static String unusable(Path folder, String problem) {
        return "its folder " + folder + " can't be written to: " + problem
                + "; make it writable, with free space, or take another folder (clearline up --data DIR).";
    }
}
