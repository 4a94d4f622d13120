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

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;

/**
 * Polls a running job and reports restarts and failed checkpoints to a listener, on a thread of its own. Restarts are
 * counted by the attempt numbers of the tasks, so that a restart between two polls is counted too. Flink's metrics
 * {@code numRestarts} and {@code numberOfFailedCheckpoints} contain the same figures.
 */
public final class JobWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final LocalFlink flink;
    private final Listener listener;
    private final ScheduledExecutorService executor = DaemonThreads.scheduled("clearline-watch");

    private volatile int restarts;
    private long failedCheckpoints;
    private boolean wasRunning;

    /** Receives the events of a job. Calls do not overlap. */
    public interface Listener {
        /**
         * Reports that tasks failed and restart from the last checkpoint.
         *
         * @param restarts number of restarts so far
         * @param reason the newest failure, in one line
         */
        void restarted(int restarts, String reason);

        /**
         * Reports that a checkpoint failed. The job continues; a restart would fall back to an older checkpoint.
         *
         * @param failed number of failed checkpoints so far
         */
        void checkpointFailed(long failed, String reason);
    }

    private JobWatch(LocalFlink flink, Listener listener) {
        this.flink = flink;
        this.listener = listener;
    }

    /** Starts watching the submitted job, until the watch is closed. */
    public static JobWatch start(LocalFlink flink, Listener listener) {
        JobWatch watch = new JobWatch(flink, listener);
        watch.executor.scheduleWithFixedDelay(
                watch::pollQuietly, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Returns the number of restarts seen so far. */
    public int restarts() {
        return restarts;
    }

    /** Polls the job immediately, for example before its end. */
    public synchronized void poll() throws IOException {
        AccessExecutionGraph graph = flink.graph();
        int attempts = attempts(graph);
        if (attempts > restarts) {
            restarts = attempts;
            listener.restarted(attempts, JobFailure.of(graph));
        }
        boolean running = LocalFlink.isRunning(graph);
        CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
        long failed = checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfFailedCheckpoints();
        if (failed > failedCheckpoints) {
            failedCheckpoints = failed;
            // Tasks that start or end decline checkpoints, which is no failure.
            if (wasRunning && running) {
                listener.checkpointFailed(failed, reason(checkpoints));
            }
        }
        wasRunning = running;
    }

    private void pollQuietly() {
        try {
            poll();
        } catch (IOException | RuntimeException e) {
            // The cluster is closing or busy. The next poll reports what this one missed.
        }
    }

    /** Returns the highest attempt number of any task; the first attempt has number 0. */
    private static int attempts(AccessExecutionGraph graph) {
        return StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                .map(AccessExecutionVertex.class::cast)
                .mapToInt(task -> task.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElse(0);
    }

    private static String reason(CheckpointStatsSnapshot checkpoints) {
        FailedCheckpointStats failed = checkpoints.getHistory().getLatestFailedCheckpoint();
        return failed == null || failed.getFailureMessage() == null ? "no reason is known" : failed.getFailureMessage();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
