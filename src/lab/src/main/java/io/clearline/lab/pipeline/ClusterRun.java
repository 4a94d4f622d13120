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

import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * Measures live traffic on a cluster in the shape of a deployment: broker, JobManager and two TaskManagers with two
 * slots each, every one in a JVM of its own. Stateless.
 */
public final class ClusterRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private ClusterRun() {}

    /**
     * Starts the cluster and the job, warms up, and measures.
     *
     * @param folder folder of data and logs, which is deleted after a successful run
     * @param repository repository of the model
     * @param model name, name@version or channel of the model
     * @param timing algorithmic delay of the model
     * @param streams number of concurrent streams
     * @param deadlineMillis latency above which a frame is a miss
     */
    public static ClusterMeasurement run(
            Path folder,
            Path repository,
            String model,
            AudioPool audio,
            FrameTiming timing,
            int streams,
            double warmUpSeconds,
            double seconds,
            int deadlineMillis)
            throws IOException {
        ClusterSettings settings = ClusterSettings.small(folder);
        try (TestCluster cluster = TestCluster.start(settings)) {
            Configuration options = new Configuration();
            options.set(JobOptions.MODE, DeliveryMode.LIVE);
            options.set(JobOptions.OVERLOAD_DEADLINE, Duration.ofMillis(deadlineMillis));
            options.set(JobOptions.MODEL_REPOSITORY, repository.toString());
            options.set(JobOptions.MODELS, List.of(model));
            ClusterJob job = new ClusterJob(
                    cluster,
                    options,
                    settings.size().taskManagers() * settings.size().slots());
            job.start();
            job.awaitRunning();
            ClusterMeasurement result =
                    measure(cluster, job, audio, timing, streams, warmUpSeconds, seconds, deadlineMillis);
            job.cancel();
            cluster.discardFiles();
            return result;
        }
    }

    private static ClusterMeasurement measure(
            TestCluster cluster,
            ClusterJob job,
            AudioPool audio,
            FrameTiming timing,
            int streams,
            double warmUpSeconds,
            double seconds,
            int deadlineMillis)
            throws IOException {
        String servers = cluster.bootstrapServers();
        try (Traffic traffic = new Traffic(servers, Topics.DEFAULT.rawFrames(), audio, timing);
                Listener listener = new Listener(servers, Topics.DEFAULT.enhancedFrames(), timing, traffic)) {
            traffic.setStreams(streams);
            Await.until("the first enhanced frame", TIMEOUT, () -> listener.framesRead() > 0);
            Await.pause(Duration.ofMillis((long) (1000 * warmUpSeconds)), "the end of the warm-up");
            Map<String, Double> before = cpuMillis(cluster);
            LatencyResult latency = LatencyWindow.observe(traffic, listener, seconds, deadlineMillis);
            Map<String, Double> cpu = new LinkedHashMap<>();
            cpuMillis(cluster)
                    .forEach((name, millis) ->
                            cpu.put(name, Rounding.of((millis - before.get(name)) / seconds / streams)));
            traffic.requireRunning();
            listener.requireRunning();
            ClusterSettings settings = cluster.settings();
            return new ClusterMeasurement(
                    streams,
                    settings.size().taskManagers(),
                    settings.size().slots(),
                    settings.size().partitions(),
                    seconds,
                    latency.latencyMillis(),
                    latency.deadlineMisses(),
                    latency.missing(),
                    cpu,
                    traffic.recordBytes(),
                    listener.recordBytes(),
                    job.checkpointBytes(),
                    job.checkpointMillis());
        }
    }

    /** Returns the processor time so far of every process of the cluster and of this one, by name. */
    private static Map<String, Double> cpuMillis(TestCluster cluster) {
        Map<String, Double> millis = new TreeMap<>();
        for (JvmProcess process : cluster.processes()) {
            millis.put(process.name(), cpuMillis(process.pid()));
        }
        millis.put(CpuPart.GENERATOR.label(), cpuMillis(ProcessHandle.current().pid()));
        return millis;
    }

    private static double cpuMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toMillis)
                .orElse(0L);
    }
}
