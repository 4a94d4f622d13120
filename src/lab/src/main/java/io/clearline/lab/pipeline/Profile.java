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
import java.util.EnumMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * A Flight Recorder recording of this JVM: which code its tasks were in, every few milliseconds, which code allocated,
 * and how long the collector stopped them. The recorder's samples don't wait for safepoints, so they fall where the
 * time goes.
 */
final class Profile implements AutoCloseable {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String GC_PAUSE = "jdk.GCPhasePause";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";
    /** Enough for shares by part, and no burden. */
    private static final String ALLOCATIONS_SAMPLED = "300/s";

    private static final Duration PERIOD = Duration.ofMillis(10);

    private final Recording recording = new Recording();

    Profile() {
        recording.enable(SAMPLE).withPeriod(PERIOD);
        recording.enable(ALLOCATION).with("throttle", ALLOCATIONS_SAMPLED);
        recording.enable(GC_PAUSE).withThreshold(Duration.ZERO);
        recording.start();
    }

    /**
     * What was seen.
     *
     * @param samples by kind of thread and part
     * @param allocatedBytes by part: what the samples stand for
     */
    record Seen(
            Map<ThreadKind, Map<CpuPart, Long>> samples,
            Map<CpuPart, Long> allocatedBytes,
            long gcPauses,
            double gcPauseMillisMax) {
        /** The share of a kind of thread's time that it spent in a part; 0 where there is no sample. */
        double share(ThreadKind kind, CpuPart part) {
            Map<CpuPart, Long> counts = samples.getOrDefault(kind, Map.of());
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            return all == 0 ? 0 : (double) counts.getOrDefault(part, 0L) / all;
        }
    }

    /** Ends the recording and looks through it. */
    Seen finish() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("clearline-profile", ".jfr");
        try {
            recording.dump(file);
            return read(file);
        } finally {
            keepOrDelete(file);
        }
    }

    /** For a look with JDK Mission Control or {@code jfr print}. */
    private static void keepOrDelete(Path file) throws IOException {
        String folder = System.getProperty("clearline.bench.profiles");
        if (folder == null) {
            Files.deleteIfExists(file);
        } else {
            Files.move(file, Path.of(folder).resolve(file.getFileName()));
        }
    }

    private static Seen read(Path file) throws IOException {
        Map<ThreadKind, Map<CpuPart, Long>> samples = new EnumMap<>(ThreadKind.class);
        Map<CpuPart, Long> bytes = new EnumMap<>(CpuPart.class);
        long pauses = 0;
        double longest = 0;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case GC_PAUSE:
                        pauses++;
                        longest = Math.max(longest, event.getDuration().toNanos() / 1e6);
                        break;
                    case ALLOCATION:
                        addBytes(event, bytes);
                        break;
                    default:
                        count(event, samples);
                }
            }
        }
        return new Seen(samples, bytes, pauses, longest);
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
