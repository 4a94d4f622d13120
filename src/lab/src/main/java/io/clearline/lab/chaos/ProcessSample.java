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
package io.clearline.lab.chaos;

import io.clearline.lab.cluster.JvmProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resources that several JVMs hold, summed. Linux only, as it reads {@code /proc}. Immutable.
 *
 * @param heapAfterGcMb used heap after the full collection that taking the sample triggers, in megabytes
 * @param threads number of operating system threads
 * @param descriptors number of open files and sockets
 */
record ProcessSample(double heapAfterGcMb, int threads, int descriptors) {
    /** One line for each generation in {@code GC.heap_info} of the serial collector. */
    private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");

    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    /** Collects the garbage of the processes, which must use the serial collector, and takes a sample. */
    static ProcessSample of(List<JvmProcess> processes) throws IOException {
        double megabytes = 0;
        int threads = 0;
        int descriptors = 0;
        for (JvmProcess process : processes) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            process.jcmd("GC.run");
            Matcher used = USED.matcher(process.jcmd("GC.heap_info"));
            while (used.find()) {
                megabytes += Long.parseLong(used.group(1)) / KILOBYTES_PER_MEGABYTE;
            }
            Matcher count = THREADS.matcher(Files.readString(proc.resolve("status")));
            threads += count.find() ? Integer.parseInt(count.group(1)) : 0;
            try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
                descriptors += (int) open.count();
            }
        }
        return new ProcessSample(Math.round(10 * megabytes) / 10.0, threads, descriptors);
    }
}
