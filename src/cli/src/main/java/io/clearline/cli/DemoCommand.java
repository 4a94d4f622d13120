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
import io.clearline.cli.demo.CallDemo;
import io.clearline.cli.demo.DemoResults;
import io.clearline.cli.demo.DemoRun;
import io.clearline.cli.demo.DemoStream;
import io.clearline.cli.demo.DemoStreams;
import io.clearline.console.Console;
import io.clearline.evaluation.DemoReport;
import io.clearline.inference.model.ModelId;
import io.clearline.job.JobOptions;
import io.clearline.job.model.ModelFiles;
import io.clearline.kafka.KafkaAccess;
import io.clearline.kafka.KafkaSettings;
import io.clearline.kafka.Topics;
import io.clearline.local.JobWatch;
import io.clearline.local.LocalPlatform;
import io.clearline.local.LocalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearline demo}: plays noisy speech through the platform and writes scores, pictures and audio. */
@Command(
        name = "demo",
        description =
                "Play noisy speech through Kafka and Flink, and write audio, pictures and scores before and after.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the reason is on standard error",
            "2:the command line is invalid",
            "3:done, but the job was restarted meanwhile"
        })
final class DemoCommand implements Callable<Integer> {
    /** Exit code if the demo is complete, but the job failed and was restarted meanwhile. */
    static final int RESTARTED = 3;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/demo",
            description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Within(min = 1)
    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "12",
            description = "Number of streams that play at the same time (default: ${DEFAULT-VALUE}).")
    private int streamCount;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            converter = SpeedConverter.class,
            description = "1: in real time; max: as fast as possible (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Within(min = 1, max = Within.MAX_PARALLELISM)
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of parallel subtasks of the job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--secure",
            description = "Run Kafka with TLS, passwords (SCRAM) and ACLs; the results are the same.")
    private boolean secure;

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Keep the job's checkpoints here and continue from them (default: none are kept).")
    private Path checkpoints;

    @Option(
            names = "--call",
            description =
                    "Place one RTP call instead, through a gateway, Kafka and Flink and back; write the audio that"
                            + " was sent and received, and print the delay.")
    private boolean call;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "Play through this Kafka and the job that reads it, instead of starting both. The samples are the"
                            + " same if the job runs with clearline.stream.reorder-timeout and"
                            + " clearline.overload.deadline set to 0.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "With --bootstrap-servers: settings of the Kafka client, as for clearline send.")
    private Path kafkaConfig;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = "--console",
            paramLabel = "PORT",
            description =
                    "Serve the console, the live web page, on this port until Ctrl-C; 0 selects a free port. The report"
                            + " links to it. With --bootstrap-servers: the port of a console that already runs on this"
                            + " machine (default: no console).")
    private Integer consolePort;

    @Mixin
    private FlinkOptions flink;

    @Mixin
    private ModelOptions models;

    private int restarts;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OutputFolder.create(out);
        OutputFolder.create(checkpoints);
        List<ModelFiles> shipped = models.shipped();
        DemoStreams sample = new DemoStreams(Repositories.home().resolve("deploy/local/sample"));
        if (call) {
            return placeCall(shipped, sample);
        }
        List<DemoStream> streams = sample.mix(streamCount);
        if (bootstrapServers != null) {
            String console = consolePort == null ? null : "http://127.0.0.1:" + consolePort;
            return report(playElsewhere(streams), streams, shipped, console);
        }
        return consolePort == null
                ? report(play(shipped, streams), streams, shipped, null)
                : playWithConsole(shipped, streams);
    }

    private int report(DemoRun.Outcome outcome, List<DemoStream> streams, List<ModelFiles> shipped, String console)
            throws IOException {
        try (TerminalProgress progress = new TerminalProgress()) {
            DemoResults results = new DemoResults(out, outcome, console);
            print(results.write(streams, describe(shipped), progress));
            results.noPictures().ifPresent(why -> System.err.println("No pictures: " + why));
        }
        if (restarts > 0) {
            System.err.println("The job was restarted " + restarts + " times; the reasons are above.");
            return RESTARTED;
        }
        return 0;
    }

    private int placeCall(List<ModelFiles> shipped, DemoStreams sample) throws IOException {
        System.err.println("Starting Kafka and Flink ...");
        try (LocalPlatform platform = LocalPlatform.start(LocalSettings.temporary(parallelism, parallelism))) {
            Shutdown.haltAtExit();
            platform.submit(flink.configuration(), shipped, parallelism);
            platform.awaitReady();
            System.err.println("Calling ...");
            System.out.print(new CallDemo(platform, out).run(sample.telephone()));
        }
        return 0;
    }

    private LocalPlatform start() throws IOException {
        System.err.println("Starting Kafka" + (secure ? " with TLS and passwords" : "") + " and Flink ...");
        return LocalPlatform.start(LocalSettings.temporary(parallelism, parallelism)
                .checkpointsIn(checkpoints)
                .secured(secure));
    }

    private DemoRun.Outcome play(List<ModelFiles> shipped, List<DemoStream> streams) throws IOException {
        try (LocalPlatform platform = start()) {
            Shutdown.haltAtExit();
            return play(platform, shipped, streams);
        }
    }

    /** Keeps the platform running after the demo, so that the console can show the streams until Ctrl-C. */
    private int playWithConsole(List<ModelFiles> shipped, List<DemoStream> streams)
            throws IOException, InterruptedException {
        LocalConsole.requireFreePort(consolePort);
        LocalPlatform platform = start();
        Shutdown.closeAtExit(platform::close);
        Console console = LocalConsole.start(platform, consolePort, models.repository());
        System.err.println("The console is at " + console.address());
        int code = report(play(platform, shipped, streams), streams, shipped, console.address());
        System.out.println("Console: " + console.address() + ", until Ctrl-C.");
        new CountDownLatch(1).await();
        return code;
    }

    private DemoRun.Outcome play(LocalPlatform platform, List<ModelFiles> shipped, List<DemoStream> streams)
            throws IOException {
        try (TerminalProgress progress = new TerminalProgress()) {
            platform.submit(withoutTimeLimits(flink.configuration()), shipped, parallelism);
            JobWatch watch = JobWatch.start(platform.localFlink(), new ConsoleWatch(System.err));
            System.err.println(
                    "Playing " + streams.size() + " streams; Flink's web page is at " + platform.webAddress() + " ...");
            DemoRun run = new DemoRun(platform, streams);
            progress.begin("Playing", run.frames());
            try {
                return run.play(speed, (frame, dueNanos) -> progress.step(""));
            } finally {
                watch.poll();
                restarts = watch.restarts();
                watch.close();
            }
        }
    }

    private DemoRun.Outcome playElsewhere(List<DemoStream> streams) throws IOException {
        Properties settings =
                kafkaConfig == null ? new Properties() : KafkaSettings.resolvable(KafkaSettings.read(kafkaConfig));
        KafkaAccess.requireConnection(bootstrapServers, settings);
        KafkaAccess.requireTopics(bootstrapServers, settings, Topics.DEFAULT.all());
        try (TerminalProgress progress = new TerminalProgress()) {
            System.err.println("Playing " + streams.size() + " streams through " + bootstrapServers + " ...");
            DemoRun run = new DemoRun(bootstrapServers, settings, streams);
            progress.begin("Playing", run.frames());
            return run.play(speed, (frame, dueNanos) -> progress.step(""));
        }
    }

    /**
     * Sets the time limits of the job to 0, so that every frame is enhanced and the samples are the same on a slow
     * machine and at any speed. Limits that the user has set are kept.
     */
    private static Configuration withoutTimeLimits(Configuration options) {
        if (!options.contains(JobOptions.REORDER_TIMEOUT)) {
            options.set(JobOptions.REORDER_TIMEOUT, Duration.ZERO);
        }
        return options.contains(JobOptions.OVERLOAD_DEADLINE)
                ? options
                : options.set(JobOptions.OVERLOAD_DEADLINE, Duration.ZERO);
    }

    private static String describe(List<ModelFiles> models) throws IOException {
        List<String> names = new ArrayList<>();
        for (ModelFiles model : models) {
            ModelId id = model.unpack().id();
            names.add(id.name() + "@" + id.version());
        }
        return String.join(", ", names);
    }

    private void print(DemoReport report) {
        System.out.printf("%-20s %8s %8s %8s %10s%n", "stream", "SDR in", "SDR out", "gain", "estimated");
        for (DemoReport.Stream stream : report.streams()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %8.2f %8.2f %8.2f %10.2f%n",
                    stream.id(),
                    stream.scores().sdrInDb(),
                    stream.scores().sdrOutDb(),
                    stream.scores().sdrGainDb(),
                    stream.sdrEstimatedDb());
        }
        System.out.printf(
                Locale.ROOT,
                "%nMean SDR gain %.2f dB over %d streams; %d frames, %d dead letters, %d gaps.%n"
                        + "Latency from Kafka to Kafka: p50 %.1f ms, p99 %.1f ms, including the model's own delay.%n"
                        + "Report: %s%n",
                report.meanSdrGainDb(),
                report.streams().size(),
                report.frames(),
                report.deadLetters(),
                report.gaps(),
                report.latency().p50(),
                report.latency().p99(),
                out.resolve("report.html"));
    }
}
