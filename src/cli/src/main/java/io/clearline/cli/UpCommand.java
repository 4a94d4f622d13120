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

import io.clearline.cli.audio.OutputFolder;
import io.clearline.console.Console;
import io.clearline.job.model.ModelFiles;
import io.clearline.kafka.RecordReader;
import io.clearline.kafka.Topics;
import io.clearline.local.JobWatch;
import io.clearline.local.LocalPlatform;
import io.clearline.local.LocalSecurity;
import io.clearline.local.LocalSettings;
import io.clearline.local.StartReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clearline up}: runs Kafka, Flink, the job and its console in this process until it is stopped. */
@Command(name = "up", description = "Run Kafka, Flink, the job and its console in this process until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of Kafka; 0 selects a free port (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of Flink's web page; 0 selects a free port (default: ${DEFAULT-VALUE}).")
    private int webPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keep Kafka's data and the job's checkpoints here and continue from them (default: none are kept).")
    private Path data;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Keep the job's checkpoints here and continue from them (default: below --data).")
    private Path checkpoints;

    @Within(min = 1, max = Within.MAX_PARALLELISM)
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of parallel subtasks, also of partitions of a topic (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--secure",
            description = "Run Kafka with TLS, passwords (SCRAM) and ACLs, and print the settings files for clients.")
    private boolean secure;

    @Mixin
    private ConsoleOptions console;

    @Mixin
    private MetricsOptions metrics;

    @Mixin
    private ModelOptions models;

    @Mixin
    private FlinkOptions flink;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DistinctPorts ports = new DistinctPorts(spec.commandLine())
                .with("--kafka-port", kafkaPort)
                .with("--web-port", webPort);
        console.addTo(ports);
        metrics.addTo(ports);
        LocalSettings settings = LocalSettings.temporary(parallelism, parallelism)
                .in(data)
                .checkpointsIn(checkpoints)
                .onPorts(kafkaPort, webPort)
                .secured(secure)
                .metricsOn(metrics.port());
        OutputFolder.create(data);
        OutputFolder.create(checkpoints);
        settings.requireFreePorts();
        console.requireFreePort();
        List<ModelFiles> shipped = models.shipped();
        System.err.println("Starting Kafka and Flink ...");
        LocalPlatform platform = LocalPlatform.start(settings);
        Shutdown.closeAtExit(platform::close);
        platform.submit(flink.configuration(), shipped, parallelism);
        System.out.println("Kafka       " + platform.bootstrapServers());
        System.out.println("Flink       " + platform.webAddress());
        metrics.address().ifPresent(address -> System.out.println("Metrics     " + address));
        System.out.println("Checkpoints " + platform.checkpoints());
        platform.restoredFrom().ifPresent(checkpoint -> System.out.println("Restored    " + checkpoint));
        Optional<Console> page = console.start(platform, models.repository());
        page.ifPresent(running -> System.out.println("Console     " + running.address()));
        JobWatch.start(platform.localFlink(), new ConsoleWatch(System.out));
        Shutdown.closeAtExit(watchDeadLetters(platform)::close);
        platform.awaitReady(StartReport.to(System.out::println));
        printUsage(platform, page);
        new CountDownLatch(1).await();
        return 0;
    }

    private static DeadLetterWatch watchDeadLetters(LocalPlatform platform) throws IOException {
        String topic = Topics.DEFAULT.deadFrames();
        RecordReader records = new RecordReader(platform.bootstrapServers(), topic, platform.consoleSettings());
        return DeadLetterWatch.start(records, topic, System.out);
    }

    private static void printUsage(LocalPlatform platform, Optional<Console> page) {
        String kafka = " --bootstrap-servers " + platform.bootstrapServers()
                + platform.security()
                        .map(security -> " --kafka-config " + security.clientFile(LocalSecurity.GATEWAY))
                        .orElse("");
        List<String> ways = new ArrayList<>();
        page.ifPresent(running -> ways.add("open " + running.address() + " and drop a recording on the page"));
        ways.add("clearline send FILE --stream ID" + kafka);
        ways.add("clearline receive --stream ID --out FILE" + kafka);
        System.out.println("Ready: the job runs, and frames pass.");
        System.out.println("Try:        " + String.join("\n            ", ways));
        System.out.println("Stop with Ctrl-C.");
    }
}
