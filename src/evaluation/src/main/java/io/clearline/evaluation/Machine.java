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
package io.clearline.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Describes the environment of a measurement. Stateless. */
public final class Machine {
    private static final String UNKNOWN = "unknown";

    private Machine() {}

    /**
     * The environment of a measurement, to be recorded with every result. Component names are JSON field names.
     *
     * @param cores number of processors that are available to this JVM
     * @param commit output of {@code git describe} for the source tree
     * @param time time of the measurement, ISO 8601
     */
    public record Description(
            String processor, int cores, long memoryMegabytes, String os, String jdk, String commit, String time) {}

    /** Returns a description of this machine at this time. What cannot be determined is "unknown". */
    public static Description describe() {
        return new Description(
                line("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                megabytes(line("/proc/meminfo", "MemTotal")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                commit(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String line(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            // Not Linux.
            return UNKNOWN;
        }
    }

    private static long megabytes(String kilobytes) {
        return kilobytes.equals(UNKNOWN) ? 0 : Long.parseLong(kilobytes.replaceAll("\\D", "")) / 1024;
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
                    .directory(Path.of(System.getProperty("clearline.home", ""))
                            .toAbsolutePath()
                            .toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? UNKNOWN : text;
        } catch (IOException e) {
            // Git is not installed.
            return UNKNOWN;
        }
    }
}
