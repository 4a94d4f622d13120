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
 * Says now and then what a start still waits for, so that a machine that is busy otherwise is not taken for one that
 * hangs. Used by the thread that waits.
 */
public final class StartReport {
    /** For who doesn't want to know. */
    static final StartReport NONE = new StartReport(line -> {}, () -> 0);

    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final Consumer<String> listener;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private long saidNanos;

    private StartReport(Consumer<String> listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        startNanos = nanoTime.getAsLong();
        saidNanos = startNanos;
    }

    /** Begins now; the first line comes after ten seconds, and then one in ten. */
    public static StartReport to(Consumer<String> listener) {
        return new StartReport(listener, System::nanoTime);
    }

    /** @param nanoTime the clock */
    static StartReport to(Consumer<String> listener, LongSupplier nanoTime) {
        return new StartReport(listener, nanoTime);
    }

    /**
     * The start goes on.
     *
     * @param waitsFor tells what it waits for; asked only when it is time to say so
     */
    void goesOn(Supplier<String> waitsFor) {
        long now = nanoTime.getAsLong();
        if (now - saidNanos >= INTERVAL_NANOS) {
            saidNanos = now;
            listener.accept("Still starting after "
                    + Duration.ofNanos(now - startNanos).toSeconds() + " seconds: " + waitsFor.get());
        }
    }

    /** What a job that does not run yet waits for: its tasks that do not run, and what they do instead. */
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
                .map(task -> doing(task.getExecutionState()))
                .filter(doing -> !doing.isEmpty())
                .forEach(doing -> tasks.merge(doing, 1, Integer::sum));
        Collection<String> parts = tasks.entrySet().stream()
                .map(each -> each.getValue() + " of " + vertex.getParallelism() + " " + each.getKey())
                .toList();
        // Of tasks that run in one the first names them.
        String name = vertex.getName().split(" -> ", 2)[0];
        return parts.isEmpty() ? "" : name + ": " + String.join(", ", parts);
    }

    private static String doing(ExecutionState state) {
        return switch (state) {
            case RUNNING, FINISHED -> "";
            case INITIALIZING -> "read their state and warm their models up";
            case CREATED, SCHEDULED, DEPLOYING -> "wait to be started";
            default -> "are " + state;
        };
    }
}
