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
 * Looks after a running job, so that no restart and no failed checkpoint passes unseen. Tells them to a listener on a
 * thread of its own. Restarts are counted by the attempts of the tasks: a restart that is over before the next look
 * counts, too. Flink's metrics say the same as {@code numRestarts} and {@code numberOfFailedCheckpoints}.
 */
public final class JobWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;

    private final LocalFlink flink;
    private final Listener listener;
    private final ScheduledExecutorService looking = DaemonThreads.scheduled("clearline-watch");

    private volatile int restarts;
    private long failedCheckpoints;
    private boolean wasRunning;

    /** Learns what happens to the job. */
    public interface Listener {
        /**
         * Tasks failed and start again from the last checkpoint.
         *
         * @param restarts so far
         */
        void restarted(int restarts, String reason);

        /**
         * A checkpoint failed; the job goes on, and would fall back to an older one.
         *
         * @param failed so far
         */
        void checkpointFailed(long failed, String reason);
    }

    private JobWatch(LocalFlink flink, Listener listener) {
        this.flink = flink;
        this.listener = listener;
    }

    /** Watches the job that was submitted, until the watch is closed. */
    public static JobWatch start(LocalFlink flink, Listener listener) {
        JobWatch watch = new JobWatch(flink, listener);
        watch.looking.scheduleWithFixedDelay(
                watch::lookQuietly, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Restarts seen so far. */
    public int restarts() {
        return restarts;
    }

    /** Looks once more, now. */
    public synchronized void look() throws IOException {
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
            // While tasks start there is nothing yet to take a checkpoint of, and tasks that end decline it.
            if (wasRunning && running) {
                listener.checkpointFailed(failed, reason(checkpoints));
            }
        }
        wasRunning = running;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (IOException | RuntimeException e) {
            // The cluster is closing, or busy: the next look tells.
        }
    }

    /** The first attempt of a task has number 0. */
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
        looking.shutdownNow();
    }
}
