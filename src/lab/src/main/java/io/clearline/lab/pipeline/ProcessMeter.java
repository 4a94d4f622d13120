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
package io.clearline.lab.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures the resources that this JVM uses between {@link #begin} and {@link #end}. Thread-confined. */
final class ProcessMeter {
    private static final CpuPart[] TASK_PARTS = {
        CpuPart.KERNEL, CpuPart.STFT, CpuPart.JOB, CpuPart.FLINK, CpuPart.KAFKA_CLIENT
    };

    private ThreadTimes times;
    private long startNanos;
    private Map<String, Long> counters;
    private Profile profile;

    /** Starts a measurement; a measurement in progress is discarded. */
    void begin() {
        if (profile != null) {
            profile.close();
        }
        profile = new Profile();
        JobCheckpoints.drain();
        counters = ProcessCounters.now();
        times = ThreadTimes.now();
        startNanos = System.nanoTime();
    }

    /**
     * Ends the measurement.
     *
     * @throws IllegalStateException if none was started
     */
    ProcessUse end() throws IOException {
        if (profile == null) {
            throw new IllegalStateException("No measurement is in progress; call begin first.");
        }
        long wallNanos = System.nanoTime() - startNanos;
        ThreadTimes now = ThreadTimes.now();
        Map<String, Long> counted = new TreeMap<>();
        ProcessCounters.now().forEach((name, value) -> counted.put(name, value - counters.getOrDefault(name, 0L)));
        Profile.Summary summary = profile.finish();
        profile.close();
        profile = null;
        List<Pause> pauses = new ArrayList<>(summary.pauses());
        pauses.addAll(JobCheckpoints.drain());
        Map<ThreadKind, Long> threads = now.since(times);
        long cpuNanos = now.processNanos() - times.processNanos();
        return new ProcessUse(
                wallNanos,
                cpuNanos,
                parts(threads, summary, cpuNanos),
                summary.allocatedBytes(),
                threads.getOrDefault(ThreadKind.OPERATOR, 0L),
                summary.share(ThreadKind.OPERATOR, CpuPart.KERNEL),
                summary.gcPauses(),
                summary.gcPauseMillisMax(),
                pauses,
                counted);
    }

    /**
     * Divides the processor time among the parts. The exact time of the task threads is divided in proportion to their
     * samples; every other thread belongs to one part; the rest of the process is the JVM.
     */
    private static Map<CpuPart, Long> parts(Map<ThreadKind, Long> threads, Profile.Summary summary, long cpuNanos) {
        Map<CpuPart, Long> parts = new EnumMap<>(CpuPart.class);
        for (CpuPart part : TASK_PARTS) {
            double nanos = 0;
            for (ThreadKind kind : new ThreadKind[] {ThreadKind.OPERATOR, ThreadKind.TASK}) {
                nanos += threads.getOrDefault(kind, 0L) * summary.share(kind, part);
            }
            parts.put(part, (long) nanos);
        }
        boolean job = threads.containsKey(ThreadKind.OPERATOR);
        parts.merge(CpuPart.KAFKA_CLIENT, threads.getOrDefault(ThreadKind.KAFKA_CLIENT, 0L), Long::sum);
        parts.merge(job ? CpuPart.FLINK : CpuPart.JVM, threads.getOrDefault(ThreadKind.OTHER, 0L), Long::sum);
        long java = threads.values().stream().mapToLong(Long::longValue).sum();
        parts.merge(CpuPart.JVM, Math.max(0, cpuNanos - java), Long::sum);
        return parts;
    }
}
