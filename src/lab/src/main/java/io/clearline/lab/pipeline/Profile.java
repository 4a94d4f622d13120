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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * A Flight Recorder recording of this JVM: samples of running code, samples of allocations, and pauses. The recorder
 * does not sample at safepoints only, so its samples are not biased towards them. Thread-confined.
 */
final class Profile implements AutoCloseable {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String GC_PAUSE = "jdk.GCPhasePause";
    /** Operations of the JVM, some of which stop all threads. */
    private static final String VM_OPERATION = "jdk.ExecuteVMOperation";

    private static final String COMPILATION = "jdk.Compilation";
    private static final Duration MIN_COMPILATION = Duration.ofMillis(20);
    private static final Duration MIN_PAUSE = Duration.ofMillis(2);
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";
    /** Enough for shares by part at a negligible cost. */
    private static final String ALLOCATIONS_SAMPLED = "300/s";

    private static final Duration SAMPLING_PERIOD = Duration.ofMillis(10);

    private final Recording recording = new Recording();

    /** Starts a recording. */
    Profile() {
        recording.enable(SAMPLE).withPeriod(SAMPLING_PERIOD);
        recording.enable(ALLOCATION).with("throttle", ALLOCATIONS_SAMPLED);
        recording.enable(GC_PAUSE).withThreshold(Duration.ZERO);
        recording.enable(VM_OPERATION).withThreshold(MIN_PAUSE);
        recording.enable(COMPILATION).withThreshold(MIN_COMPILATION);
        recording.start();
    }

    /**
     * Summary of a recording.
     *
     * @param samples number of samples by kind of thread and part
     * @param allocatedBytes estimated bytes allocated on the heap, by part
     * @param gcPauses number of garbage collection pauses
     * @param gcPauseMillisMax longest of these pauses
     * @param pauses stops of all threads of at least 2 ms, and compilations of at least 20 ms
     */
    record Summary(
            Map<ThreadKind, Map<CpuPart, Long>> samples,
            Map<CpuPart, Long> allocatedBytes,
            long gcPauses,
            double gcPauseMillisMax,
            List<Pause> pauses) {
        /** Returns the share of a kind of threads' time in a part, 0 to 1; 0 without samples. */
        double share(ThreadKind kind, CpuPart part) {
            Map<CpuPart, Long> counts = samples.getOrDefault(kind, Map.of());
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            return all == 0 ? 0 : (double) counts.getOrDefault(part, 0L) / all;
        }
    }

    /** Stops the recording and returns its summary. */
    Summary finish() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("clearline-profile", ".jfr");
        try {
            recording.dump(file);
            return read(file);
        } finally {
            keepOrDelete(file);
        }
    }

    /**
     * Moves the recording into the folder of the system property {@code clearline.bench.profiles}, for JDK Mission
     * Control or {@code jfr print}; deletes it if the property is not set.
     */
    private static void keepOrDelete(Path file) throws IOException {
        String folder = System.getProperty("clearline.bench.profiles");
        if (folder == null) {
            Files.deleteIfExists(file);
        } else {
            Files.move(file, Path.of(folder).resolve(file.getFileName()));
        }
    }

    private static Summary read(Path file) throws IOException {
        Map<ThreadKind, Map<CpuPart, Long>> samples = new EnumMap<>(ThreadKind.class);
        Map<CpuPart, Long> bytes = new EnumMap<>(CpuPart.class);
        Set<Long> allocatingThreads = new HashSet<>();
        List<Pause> pauses = new ArrayList<>();
        long collections = 0;
        double longest = 0;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case GC_PAUSE:
                        collections++;
                        longest = Math.max(longest, millis(event));
                        if (event.getDuration().compareTo(MIN_PAUSE) >= 0) {
                            pauses.add(pause("collector", event));
                        }
                        break;
                    case VM_OPERATION:
                        addOperation(event, pauses);
                        break;
                    case COMPILATION:
                        pauses.add(pause("compiler of " + name(event.getValue("method")), event));
                        break;
                    case ALLOCATION:
                        // The weight of a thread's first sample includes its allocations before the recording.
                        if (!allocatingThreads.add(event.getThread().getId())) {
                            addBytes(event, bytes);
                        }
                        break;
                    default:
                        count(event, samples);
                }
            }
        }
        return new Summary(samples, bytes, collections, longest, pauses);
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    private static double millis(RecordedEvent event) {
        return event.getDuration().toNanos() / 1e6;
    }

    private static Pause pause(String what, RecordedEvent event) {
        return new Pause(what, ChronoUnit.MICROS.between(Instant.EPOCH, event.getStartTime()), millis(event));
    }

    /** Adds an operation that stopped all threads, except collections, which have events of their own. */
    private static void addOperation(RecordedEvent event, List<Pause> pauses) {
        String operation = event.getString("operation");
        if (event.getBoolean("safepoint") && !operation.contains("GC") && !operation.contains("Collect")) {
            pauses.add(pause(operation, event));
        }
    }

    private static void addBytes(RecordedEvent allocation, Map<CpuPart, Long> bytes) {
        if (allocation.getStackTrace() != null) {
            CpuPart part = StackOwner.of(allocation.getStackTrace().getFrames());
            bytes.merge(part, allocation.getLong("weight"), Long::sum);
        }
    }

    private static void count(RecordedEvent sample, Map<ThreadKind, Map<CpuPart, Long>> samples) {
        RecordedThread thread = sample.getThread("sampledThread");
        if (thread == null || thread.getJavaName() == null || sample.getStackTrace() == null) {
            return;
        }
        samples.computeIfAbsent(ThreadKind.of(thread.getJavaName()), kind -> new EnumMap<>(CpuPart.class))
                .merge(StackOwner.of(sample.getStackTrace().getFrames()), 1L, Long::sum);
    }

    @Override
    public void close() {
        recording.close();
    }
}
