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
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster in this JVM, with its web page, that runs one job. */
public final class LocalFlink implements AutoCloseable {
    /** On the web page, and in the metrics' label {@code job_name}. */
    private static final String JOB_NAME = "Clearline";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final MiniCluster cluster;

    private JobID job;

    private LocalFlink(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts JobManager and TaskManager.
     *
     * @param settings Flink's options; what the platform needs is added
     * @param slots tasks that run side by side
     * @param webPort port of the web page; 0 takes a free one
     */
    public static LocalFlink start(Configuration settings, int slots, int webPort) throws IOException {
        Ports.requireFree(webPort, "Flink's web page", "--web-port");
        Configuration configuration = new Configuration(settings);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
        // The page has no login, and runs whatever job is uploaded to it.
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        configuration.setString("taskmanager.network.memory.buffers-per-channel", "8");
        // What a person or a program asks for while it waits; the default of ten seconds is for big clusters.
        configuration.setString("metrics.fetcher.update-interval", "500");
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
        } catch (UnknownHostException e) {
            throw new IOException(
                    "Flink can't be started: this machine's own name does not resolve (" + e.getMessage()
                            + "). Add it to /etc/hosts: 127.0.1.1 NAME",
                    e);
        } catch (Exception e) {
            throw new IOException("Flink can't be started: " + e.getMessage(), e);
        }
        return new LocalFlink(cluster);
    }

    /** Runs the job of an environment. */
    public void submit(StreamExecutionEnvironment env) throws IOException {
        try {
            StreamGraph graph = env.getStreamGraph();
            graph.setJobName(JOB_NAME);
            job = cluster.submitJob(graph.getJobGraph()).get().getJobID();
        } catch (Exception e) {
            throw new IOException("The job can't be submitted: " + e.getMessage(), e);
        }
    }

    /** Waits until the job has come to its end. */
    public void awaitEnd() throws IOException {
        try {
            JobResult result = cluster.requestJobResult(job).get();
            result.toJobExecutionResult(getClass().getClassLoader());
        } catch (Exception e) {
            throw new IOException("The job failed: " + JobFailure.says(e), e);
        }
    }

    /**
     * Waits until every task runs: it has its state and has warmed up.
     *
     * @param report is told what the tasks that don't run do instead
     * @throws IOException when the job ended, or does not run within this time
     */
    public void awaitRunning(Duration patience, StartReport report) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isRunning()) {
            JobStatus status = status();
            if (status.isGloballyTerminalState()) {
                throw new IOException("The job is " + status + ", not running: " + JobFailure.of(graph()));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("The job does not run after " + patience.toSeconds() + " seconds; it is " + status
                        + ": " + JobFailure.of(graph()));
            }
            AccessExecutionGraph graph = graph();
            report.goesOn(() -> StartReport.waitsFor(graph));
            pause();
        }
    }

    /** Whether every task runs. */
    public boolean isRunning() throws IOException {
        return isRunning(graph());
    }

    static boolean isRunning(AccessExecutionGraph graph) {
        List<AccessExecutionVertex> tasks = StreamSupport.stream(
                        graph.getAllExecutionVertices().spliterator(), false)
                .map(AccessExecutionVertex.class::cast)
                .toList();
        return graph.getState() == JobStatus.RUNNING
                && !tasks.isEmpty()
                && tasks.stream().allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the job was starting.", e);
        }
    }

    /** How the job is doing. */
    public JobStatus status() throws IOException {
        try {
            return cluster.getJobStatus(job).get();
        } catch (Exception e) {
            throw new IOException("The job's status can't be had: " + e.getMessage(), e);
        }
    }

    /** The job's tasks, attempts, failures and checkpoints as they are now. */
    public AccessExecutionGraph graph() throws IOException {
        try {
            return cluster.getExecutionGraph(job).get();
        } catch (Exception e) {
            throw new IOException("The job's tasks can't be looked at: " + e.getMessage(), e);
        }
    }

    /** The job's id, once it was submitted. */
    public JobID job() {
        return job;
    }

    /** Flink itself, for whoever needs more of it. */
    public MiniCluster cluster() {
        return cluster;
    }

    /** The web page. */
    public String webAddress() {
        return cluster.getRestAddress().join().toString();
    }

    /** Stops; gives up after ten seconds, when tasks do not let go: a process that ends takes them with it. */
    @Override
    public void close() throws IOException {
        CompletableFuture<Void> closing = cluster.closeAsync();
        try {
            closing.get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Flink did not stop within " + CLOSE_PATIENCE.toSeconds() + " seconds; its tasks are left.", e);
        } catch (ExecutionException e) {
            throw new IOException("Flink can't be stopped: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Flink was stopping.", e);
        }
    }
}
