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
 * The Clearline job on a {@link TestCluster}, over all its lives: what is submitted again after a loss of the
 * JobManager goes on from the newest retained checkpoint. One thread uses it.
 */
public final class ClusterJob {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int ANSWER_SECONDS = 30;
    /** The first submission loads classes on a JobManager that has just started, which takes long on a busy machine. */
    private static final int SUBMISSION_SECONDS = 120;

    private final TestCluster cluster;
    private final Configuration options;
    private final RetainedCheckpoints checkpoints;
    private int parallelism;
    private JobID id;

    /**
     * Describes a job; {@link #start} submits it.
     *
     * @param options see {@link JobOptions}; Kafka's address is filled in, Flink's configuration is the cluster's.
     *     Checkpoints have a folder named by the group id, so jobs with different ones live side by side
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

    /** Submits the job without a past. */
    public void start() throws IOException {
        submit(Optional.empty());
    }

    /**
     * Submits the job after its JobManager was lost: from the newest retained checkpoint, or from the beginning where
     * there is none.
     */
    public void recover() throws IOException {
        submit(checkpoints.newest().map(path -> path.toUri().toString()));
    }

    /** Submits the job with the state of a savepoint. */
    public void resume(String savepoint) throws IOException {
        submit(Optional.of(savepoint));
    }

    /** As {@link #resume}, with nothing but Flink's REST interface: the jar is uploaded and runs there. */
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

    /** How the job is doing; fails while there is no JobManager to ask. */
    public JobStatus status() throws IOException {
        return answer(cluster.client().getJobStatus(id), ANSWER_SECONDS, "tell the job's status");
    }

    /** Whether every task runs. */
    public boolean isRunning() throws IOException {
        List<JobVertices.Vertex> vertices = vertices();
        return !vertices.isEmpty() && vertices.stream().allMatch(JobVertices.Vertex::running);
    }

    /** Waits until every task runs. */
    public void awaitRunning() throws IOException {
        Await.until("the job's tasks to run", PATIENCE, this::isRunning);
    }

    /** Waits until one more checkpoint than {@code number} is complete. */
    public void awaitCheckpointAfter(long number) throws IOException {
        Await.until("a checkpoint after " + number, PATIENCE, () -> newestCheckpoint() > number);
    }

    /** Number of the newest complete checkpoint; 0: there is none. */
    public long newestCheckpoint() throws IOException {
        return checkpoints.newestNumber();
    }

    /** Bytes of the newest complete checkpoint. */
    public long checkpointBytes() throws IOException {
        return checkpoints.newestBytes();
    }

    /**
     * Milliseconds that the newest complete checkpoint took, from its trigger to its last acknowledgement; 0 while
     * there is none.
     */
    public long checkpointMillis() throws IOException {
        return JobVertices.newestCheckpointMillis(cluster.webAddress(), id);
    }

    /** Asks for another number of subtasks; the adaptive scheduler changes over while the job runs. */
    public void rescale(int subtasks) throws IOException {
        Map<String, Integer> most = new HashMap<>();
        for (JobVertices.Vertex vertex : vertices()) {
            most.put(vertex.id(), vertex.ofModels() ? 1 : subtasks);
        }
        rest().rescale(id, most);
        parallelism = subtasks;
    }

    /** Subtasks that enhance now. */
    public int subtasks() throws IOException {
        return vertices().stream()
                .filter(vertex -> !vertex.ofModels())
                .mapToInt(JobVertices.Vertex::parallelism)
                .max()
                .orElse(0);
    }

    /**
     * Ends the job with a savepoint, and says where that is. A job that is starting again, after another fault, has
     * none to give: then it is asked once more when its tasks run.
     */
    public String stopWithSavepoint() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
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

    /** Ends the job. */
    public void cancel() throws IOException {
        answer(cluster.client().cancel(id), ANSWER_SECONDS, "cancel the job");
        Await.until("the end of the job", PATIENCE, () -> status().isGloballyTerminalState());
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
            throw new IOException("Flink can't " + task + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("Flink didn't " + task + " within " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Flink was to " + task, e);
        }
    }
}
