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

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;

/**
 * Reports every ten seconds what a start waits for, so that the user can tell a slow start from one that hangs.
 * Thread-confined to the waiting thread.
 */
public final class StartReport {
    /** Reports nothing. */
    static final StartReport NONE = new StartReport(line -> {}, () -> 0);

    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<String> listener;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private long reportedNanos;

    private StartReport(Consumer<String> listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        startNanos = nanoTime.getAsLong();
        reportedNanos = startNanos;
    }

    /** Creates a report of a start that begins now. The first line comes after ten seconds. */
    public static StartReport to(Consumer<String> listener) {
        return new StartReport(listener, System::nanoTime);
    }

    /** @param nanoTime the clock */
    static StartReport to(Consumer<String> listener, LongSupplier nanoTime) {
        return new StartReport(listener, nanoTime);
    }

    /**
     * Reports that the start still waits, if ten seconds have passed since the last line.
     *
     * @param waitsFor returns what the start waits for; called only if a line is due
     */
    void update(Supplier<String> waitsFor) {
        long now = nanoTime.getAsLong();
        if (now - reportedNanos >= INTERVAL_NANOS) {
            reportedNanos = now;
            listener.accept("Still starting after "
                    + Duration.ofNanos(now - startNanos).toSeconds() + " seconds: " + waitsFor.get());
        }
    }

    /** Returns what a job that does not run yet waits for: its tasks that do not run, and their states. */
    static String waitsFor(AccessExecutionGraph graph) {
        if (graph.getState() != JobStatus.RUNNING) {
            return "the job is " + graph.getState() + ". " + JobFailure.of(graph);
        }
        String tasks = StreamSupport.stream(graph.getVerticesTopologically().spliterator(), false)
                .map(StartReport::waitsFor)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return tasks.isEmpty() ? "the job's tasks have just begun to run." : tasks + ".";
    }

    private static String waitsFor(AccessExecutionJobVertex vertex) {
        Map<String, Integer> tasks = new LinkedHashMap<>();
        Arrays.stream(vertex.getTaskVertices())
                .map(task -> activity(task.getExecutionState()))
                .filter(activity -> !activity.isEmpty())
                .forEach(activity -> tasks.merge(activity, 1, Integer::sum));
        Collection<String> parts = tasks.entrySet().stream()
                .map(each -> each.getValue() + " of " + vertex.getParallelism() + " " + each.getKey())
                .toList();
        // A chain of operators is named after the first one.
        String name = vertex.getName().split(" -> ", 2)[0];
        return parts.isEmpty() ? "" : name + ": " + String.join(", ", parts);
    }

    private static String activity(ExecutionState state) {
        return switch (state) {
            case RUNNING, FINISHED -> "";
            case INITIALIZING -> "restore their state and warm up their models";
            case CREATED, SCHEDULED, DEPLOYING -> "wait to be started";
            default -> "are " + state;
        };
    }
}
