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

/** A Flink cluster in this JVM that runs one job at a time, with Flink's web page. */
public final class LocalFlink implements AutoCloseable {
    /** The name on the web page and in the metrics' label {@code job_name}. */
    private static final String JOB_NAME = "Clearline";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final MiniCluster cluster;

    private JobID job;

    private LocalFlink(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts a JobManager and a TaskManager.
     *
     * @param settings Flink's options, to which the options of this class are added
     * @param slots number of task slots, the largest parallelism of a job
     * @param webPort port of the web page; 0 takes a free one
     * @throws IOException if the port is in use or Flink does not start
     */
    public static LocalFlink start(Configuration settings, int slots, int webPort) throws IOException {
        Ports.requireFree(webPort, "Flink's web page", "--web-port");
        Configuration configuration = new Configuration(settings);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
        // The page has no login and runs any job that is uploaded to it.
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        configuration.setString("taskmanager.network.memory.buffers-per-channel", "8");
        // Users and programs wait for these metrics; the default of ten seconds is meant for big clusters.
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
                    "Flink can't be started: the name of this machine does not resolve (" + e.getMessage()
                            + "). Add it to /etc/hosts: 127.0.1.1 NAME",
                    e);
        } catch (Exception e) {
            throw new IOException("Flink can't be started: " + e.getMessage(), e);
        }
        return new LocalFlink(cluster);
    }

    /** Submits the job of an environment. */
    public void submit(StreamExecutionEnvironment env) throws IOException {
        try {
            StreamGraph graph = env.getStreamGraph();
            graph.setJobName(JOB_NAME);
            job = cluster.submitJob(graph.getJobGraph()).get().getJobID();
        } catch (Exception e) {
            throw new IOException("The job can't be submitted: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the job has finished.
     *
     * @throws IOException if it failed; the message is its root cause
     */
    public void awaitEnd() throws IOException {
        try {
            JobResult result = cluster.requestJobResult(job).get();
            result.toJobExecutionResult(getClass().getClassLoader());
        } catch (Exception e) {
            throw new IOException("The job failed: " + JobFailure.reason(e), e);
        }
    }

    /**
     * Waits until every task runs, that is, has restored its state and has warmed up.
     *
     * @param report receives the states of the tasks that do not run yet
     * @throws IOException if the job ends, or does not run within the timeout
     */
    public void awaitRunning(Duration timeout, StartReport report) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isRunning()) {
            JobStatus status = status();
            if (status.isGloballyTerminalState()) {
                throw new IOException("The job is " + status + ", not running: " + JobFailure.of(graph()));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("The job does not run after " + timeout.toSeconds() + " seconds; it is " + status
                        + ": " + JobFailure.of(graph()));
            }
            AccessExecutionGraph graph = graph();
            report.update(() -> StartReport.waitsFor(graph));
            pause();
        }
    }

    /** Returns whether every task runs. */
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

    /** Returns the status of the job. */
    public JobStatus status() throws IOException {
        try {
            return cluster.getJobStatus(job).get();
        } catch (Exception e) {
            throw new IOException("The job's status can't be read: " + e.getMessage(), e);
        }
    }

    /** Returns a snapshot of the job's tasks, attempts, failures and checkpoints. */
    public AccessExecutionGraph graph() throws IOException {
        try {
            return cluster.getExecutionGraph(job).get();
        } catch (Exception e) {
            throw new IOException("The job's tasks can't be read: " + e.getMessage(), e);
        }
    }

    /** Returns the job's id; null before the job is submitted. */
    public JobID job() {
        return job;
    }

    /** Returns the cluster itself, for what this class does not offer. */
    public MiniCluster cluster() {
        return cluster;
    }

    /** Returns the URL of the web page. */
    public String webAddress() {
        return cluster.getRestAddress().join().toString();
    }

    /**
     * Stops the cluster.
     *
     * @throws IOException if it does not stop within ten seconds; the remaining tasks end with the process
     */
    @Override
    public void close() throws IOException {
        CompletableFuture<Void> closing = cluster.closeAsync();
        try {
            closing.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "Flink did not stop within " + CLOSE_TIMEOUT.toSeconds()
                            + " seconds; its tasks end with the process.",
                    e);
        } catch (ExecutionException e) {
            throw new IOException("Flink can't be stopped: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Flink was stopping.", e);
        }
    }
}
