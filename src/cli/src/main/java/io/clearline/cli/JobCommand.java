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
package io.clearline.cli;

import io.clearline.job.ClearlineJob;
import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.local.CheckpointFolder;
import io.clearline.local.JobReadiness;
import io.clearline.local.JobWatch;
import io.clearline.local.LocalFlink;
import io.clearline.local.StartReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearline job}: runs the job in this process on an existing Kafka. */
@Command(
        name = "job",
        description =
                "Run the job in this process on an existing Kafka. For a Flink cluster, submit the job's jar instead.")
final class JobCommand implements Callable<Integer> {
    @Option(
            names = "--mode",
            defaultValue = "live",
            description =
                    "live: run until stopped; replay: process the topic once, with exactly-once delivery (default:"
                            + " ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Within(min = 1, max = Within.MAX_PARALLELISM)
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of parallel subtasks (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description =
                    "Consumer group, also the prefix of a replay's transactional ids; different jobs on the same topics"
                            + " need different groups (default: clearline).")
    private String group;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Folder for the checkpoints (default: ~/.local/state/clearline, in a subfolder for each Kafka"
                    + " cluster, topic prefix, group and mode).")
    private Path checkpoints;

    @Option(
            names = "--restore",
            paramLabel = "latest|none|DIR",
            converter = RestoreFrom.Converter.class,
            description =
                    "Start from the newest checkpoint, from none, or from the one in DIR (default: latest in live mode,"
                            + " none in replay).")
    private RestoreFrom restore;

    @Mixin
    private FlinkOptions flink;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private MetricsOptions metrics;

    @Mixin
    private ModelOptions models;

    @Override
    public Integer call() throws IOException {
        Configuration options = flink.configuration();
        options.set(JobOptions.MODE, mode);
        // Set even to its default, so that a restarted replay aborts the open transactions of a killed one. That is
        // safe,
        // because the lock on the checkpoint folder guarantees that no other job runs.
        options.set(JobOptions.GROUP_ID, group == null ? options.get(JobOptions.GROUP_ID) : group);
        kafka.addTo(options);
        models.addTo(options);
        metrics.addTo(options);
        String clusterId = kafka.requireJobRights(options.get(JobOptions.GROUP_ID));
        try (CheckpointFolder folder = CheckpointFolder.open(checkpointFolder(options, clusterId))) {
            run(options, folder);
        }
        return 0;
    }

    private void run(Configuration options, CheckpointFolder folder) throws IOException {
        folder.addTo(options);
        restored(folder).ifPresent(checkpoint -> {
            CheckpointFolder.restore(checkpoint, options);
            System.err.println("Restoring from " + checkpoint);
        });
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, options);
        ClearlineJob.define(env, options, models.shipped());
        try (LocalFlink cluster = LocalFlink.start(options, parallelism, 0)) {
            Shutdown.closeAtExit(cluster::close);
            cluster.submit(env);
            metrics.address().ifPresent(address -> System.err.println("Metrics for Prometheus: " + address));
            System.err.println(
                    "Running on Kafka at " + kafka.bootstrapServers() + "; checkpoints go to " + folder.path());
            JobWatch watch = JobWatch.start(cluster, new ConsoleWatch(System.err));
            try {
                if (mode == DeliveryMode.LIVE) {
                    boolean passed = new JobReadiness(cluster).await(StartReport.to(System.err::println));
                    System.err.println("Ready: the job runs and has warmed up; "
                            + (passed ? "frames pass." : "it has received no frame yet."));
                }
                cluster.awaitEnd();
            } finally {
                watch.close();
            }
        }
    }

    private Optional<Path> restored(CheckpointFolder folder) throws IOException {
        RestoreFrom source = restore;
        if (source == null) {
            source = mode == DeliveryMode.LIVE ? RestoreFrom.latest() : RestoreFrom.none();
        }
        return source.in(folder);
    }

    private Path checkpointFolder(Configuration options, String clusterId) {
        if (checkpoints != null) {
            return checkpoints;
        }
        return StateFolder.of(System.getenv(), System.getProperty("user.home"))
                .resolve("checkpoints")
                .resolve(clusterId)
                .resolve(options.get(JobOptions.TOPIC_PREFIX))
                .resolve(options.get(JobOptions.GROUP_ID))
                .resolve(mode.name().toLowerCase(Locale.ROOT));
    }
}
