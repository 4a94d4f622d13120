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
package io.clearline.lab.cluster;

import io.clearline.job.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * The Clearline job on a {@link TestCluster} across all its submissions. After the JobManager was lost, the job is
 * submitted again from the newest retained checkpoint. Thread-confined.
 */
public final class ClusterJob {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int ANSWER_SECONDS = 30;
    /** The first submission loads classes on a JobManager that has just started; that is slow on a busy machine. */
    private static final int SUBMISSION_SECONDS = 120;

    private final TestCluster cluster;
    private final Configuration options;
    private final RetainedCheckpoints checkpoints;
    private int parallelism;
    private JobID id;

    /**
     * Prepares a job; {@link #start} submits it.
     *
     * <p>Checkpoints go to a folder named after the group id, so that jobs with different group ids do not share
     * checkpoints.
     *
     * @param options options of the job, see {@link JobOptions}. They override the Flink configuration of the cluster;
     *     the bootstrap servers and the checkpoint folder are set here
     * @param parallelism number of subtasks
     */
    public ClusterJob(TestCluster cluster, Configuration options, int parallelism) {
        this.cluster = cluster;
        this.options = cluster.flinkConfiguration();
        this.options.addAll(options);
        this.options.set(JobOptions.BOOTSTRAP_SERVERS, cluster.jobBootstrapServers());
        this.parallelism = parallelism;
        Path folder = cluster.settings().checkpointFolder().resolve(this.options.get(JobOptions.GROUP_ID));
        this.options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        this.checkpoints = new RetainedCheckpoints(folder);
    }

    /** Submits the job without state. */
    public void start() throws IOException {
        submit(Optional.empty());
    }

    /** Submits the job from the newest retained checkpoint, or without state if there is none. */
    public void recover() throws IOException {
        submit(checkpoints.newest().map(path -> path.toUri().toString()));
    }

    /** Submits the job with the state of a savepoint. */
    public void resume(String savepoint) throws IOException {
        submit(Optional.of(savepoint));
    }

    /** Submits the job with the state of a savepoint by REST alone: the jar is uploaded and runs on the JobManager. */
    public void resumeByRest(String savepoint) throws IOException {
        id = rest().run(cluster.jobJar().file(), JobJar.arguments(options), options, parallelism, savepoint);
    }

    private void submit(Optional<String> state) throws IOException {
        SavepointRestoreSettings restore = state.map(
                        path -> SavepointRestoreSettings.forPath(path, false, RecoveryClaimMode.NO_CLAIM))
                .orElseGet(SavepointRestoreSettings::none);
        JobGraph graph = cluster.jobJar().graph(options, parallelism, restore);
        id = answer(cluster.client().submitJob(graph), SUBMISSION_SECONDS, "submit the job");
    }

    /**
     * Returns the status of the job.
     *
     * @throws IOException while no JobManager answers
     */
    public JobStatus status() throws IOException {
        return answer(cluster.client().getJobStatus(id), ANSWER_SECONDS, "report the job's status");
    }

    /** Returns whether every task runs. */
    public boolean isRunning() throws IOException {
        List<JobVertices.Vertex> vertices = vertices();
        return !vertices.isEmpty() && vertices.stream().allMatch(JobVertices.Vertex::running);
    }

    /** Waits until every task runs. */
    public void awaitRunning() throws IOException {
        Await.until("the job's tasks to run", TIMEOUT, this::isRunning);
    }

    /** Waits until a checkpoint with a number above {@code number} is complete. */
    public void awaitCheckpointAfter(long number) throws IOException {
        Await.until("a checkpoint after " + number, TIMEOUT, () -> newestCheckpoint() > number);
    }

    /** Returns the number of the newest complete checkpoint, or 0 if there is none. */
    public long newestCheckpoint() throws IOException {
        return checkpoints.newestNumber();
    }

    /** Returns the size of the newest complete checkpoint, or 0 if there is none. */
    public long checkpointBytes() throws IOException {
        return checkpoints.newestBytes();
    }

    /**
     * Returns the duration of the newest complete checkpoint from its trigger to its last acknowledgement, or 0 if
     * there is none.
     */
    public long checkpointMillis() throws IOException {
        return JobVertices.newestCheckpointMillis(cluster.webAddress(), id);
    }

    /** Requests another number of subtasks; the adaptive scheduler applies it while the job runs. */
    public void rescale(int subtasks) throws IOException {
        Map<String, Integer> maxSubtasks = new HashMap<>();
        for (JobVertices.Vertex vertex : vertices()) {
            maxSubtasks.put(vertex.id(), vertex.handlesModels() ? 1 : subtasks);
        }
        rest().rescale(id, maxSubtasks);
        parallelism = subtasks;
    }

    /** Returns the current number of enhancing subtasks. */
    public int subtasks() throws IOException {
        return vertices().stream()
                .filter(vertex -> !vertex.handlesModels())
                .mapToInt(JobVertices.Vertex::parallelism)
                .max()
                .orElse(0);
    }

    /**
     * Stops the job with a savepoint. A job that is still restarting after another fault cannot take one; the request
     * is then repeated once its tasks run again.
     *
     * @return the URI of the savepoint
     */
    public String stopWithSavepoint() throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Path folder = cluster.settings().folder().resolve("savepoints").toAbsolutePath();
        while (true) {
            awaitRunning();
            try {
                return rest().stopWithSavepoint(id, folder.toUri().toString());
            } catch (IOException e) {
                if (System.nanoTime() > deadline || status().isGloballyTerminalState()) {
                    throw e;
                }
            }
        }
    }

    /** Cancels the job and waits until it has ended. */
    public void cancel() throws IOException {
        answer(cluster.client().cancel(id), ANSWER_SECONDS, "cancel the job");
        Await.until("the end of the job", TIMEOUT, () -> status().isGloballyTerminalState());
    }

    private FlinkRest rest() {
        return new FlinkRest(cluster.webAddress());
    }

    private List<JobVertices.Vertex> vertices() throws IOException {
        return JobVertices.of(cluster.webAddress(), id);
    }

    private static <T> T answer(CompletableFuture<T> future, int seconds, String task) throws IOException {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "Flink failed to " + task + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("Flink did not " + task + " within " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for Flink to " + task, e);
        }
    }
}
