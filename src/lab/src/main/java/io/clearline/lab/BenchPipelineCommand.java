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
package io.clearline.lab;

import io.clearline.cli.Repositories;
import io.clearline.cli.demo.DemoStream;
import io.clearline.cli.demo.DemoStreams;
import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import io.clearline.lab.pipeline.AudioPool;
import io.clearline.lab.pipeline.BenchModels;
import io.clearline.lab.pipeline.BenchSubject;
import io.clearline.lab.pipeline.CapacitySearch;
import io.clearline.lab.pipeline.ClusterMeasurement;
import io.clearline.lab.pipeline.ClusterRun;
import io.clearline.lab.pipeline.ConsoleComparison;
import io.clearline.lab.pipeline.LiveRun;
import io.clearline.lab.pipeline.OverloadMeasurement;
import io.clearline.lab.pipeline.PipelineMeasurement;
import io.clearline.lab.pipeline.PipelineReport;
import io.clearline.lab.pipeline.PipelineSettings;
import io.clearline.lab.pipeline.ReplayMeasurement;
import io.clearline.lab.pipeline.ReplayRun;
import io.clearline.lab.pipeline.SwapMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the whole pipeline under load: generator, Kafka, job, Kafka, listener. */
@Command(
        name = "pipeline",
        description = {
            "Measure the job with a broker and live streams on this machine: frames of 20 ms of real audio at their due"
                    + " times, streams that open and close, broker and job in JVMs of their own.",
            "The latency of an output frame is the time from when the input frame that completes it was due until it"
                    + " was read from Kafka; it does not include the algorithmic delay. CPU is processor time for one"
                    + " second of one stream's audio."
        })
final class BenchPipelineCommand implements Callable<Integer> {
    private static final int RECORDINGS = 16;
    /** Duration of the short probes of a capacity search, and of the traffic before each. */
    private static final double PROBE_SECONDS = 8;

    private static final double SETTLE_SECONDS = 4;
    private static final String SHARED_CLUSTER = "a cluster of JVMs, all on all cores";
    private static final String ONE_CORE_PER_SUBTASK = "job on as many cores as it has subtasks";

    @Option(
            names = "--mode",
            defaultValue = "live",
            description = "live; or replay: stored streams, on one core, two, and so on (default: ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "24",
            description = "Number of streams; with --find-capacity, the first number to try (default:"
                    + " ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--find-capacity",
            description = "Search for the largest number of streams with p99 <= 50 ms and no deadline miss.")
    private boolean findCapacity;

    @Option(
            names = "--cluster",
            description =
                    "Measure on a cluster of JVMs on this machine: broker, JobManager, two TaskManagers of two slots.")
    private boolean cluster;

    @Option(
            names = "--overload",
            paramLabel = "FACTOR",
            description = "Multiply the streams by this factor, then freeze the job; report how it recovers from both.")
    private double overload;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "With --overload: how long the job is frozen (default: ${DEFAULT-VALUE}).")
    private double stallSeconds;

    @Option(
            names = "--console-rounds",
            paramLabel = "N",
            description = "Measure alternately without and with an open console beside the job, N times each.")
    private int consoleRounds;

    @Option(
            names = "--swap-to",
            paramLabel = "NAME@VERSION",
            description =
                    "Announce this model to the job under load and report the latency before, during and after the"
                            + " swap. Repeatable, for one swap after the other. The job must follow a channel"
                            + " (--model live).")
    private List<String> swaps = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "live",
            description = "Model as a channel, name or name@version; or " + BenchModels.PAPER
                    + ": the paper's topology with random weights; or " + BenchSubject.NONE
                    + ": the job's graph with an operator that passes frames on unchanged, the lower bound of the cost"
                    + " (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Seconds to measure; with --mode replay, length of each stream (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Duration of the traffic before the measurement (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--max-warm-up",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "Live: maximum duration of the traffic before the measurement, which starts when the compilers of"
                            + " broker and job are quiet (default: ${DEFAULT-VALUE}).")
    private double maxWarmUpSeconds;

    @Option(
            names = "--deadline",
            paramLabel = "MILLIS",
            defaultValue = "200",
            description =
                    "Latency above which a frame is a miss and the job bypasses streams (default: ${DEFAULT-VALUE}).")
    private int deadlineMillis;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Number of the job's subtasks (default: one for each core; replay: 1, 2, and so on).")
    private int parallelism;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of the job or of Flink, such as clearline.batch.width=64; repeatable.")
    private Map<String, String> jobOptions = new LinkedHashMap<>();

    @Option(
            names = "--job-jvm",
            paramLabel = "OPTIONS",
            defaultValue = "-Xms1g -Xmx1g -XX:+UseParallelGC -XX:MetaspaceSize=128m",
            description = "Options of the job's JVM (default: ${DEFAULT-VALUE}).")
    private String jobJvm;

    @Mixin
    private BrokerData data;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the figures to this file as JSON, and a chart beside it (.png).")
    private Path json;

    private BenchSubject subject;

    @Override
    public Integer call() throws IOException {
        subject = BenchSubject.of(model);
        if (subject.isBare() && (cluster || overload > 0 || !swaps.isEmpty())) {
            throw new IllegalArgumentException("Expected a model for --cluster, --overload and --swap-to, found --model"
                    + " " + BenchSubject.NONE + "; name a model or omit these options.");
        }
        jobOptions.putIfAbsent(JobOptions.OVERLOAD_DEADLINE.key(), deadlineMillis + " ms");
        AudioPool audio = audio();
        if (cluster) {
            return cluster(audio);
        }
        return mode == DeliveryMode.REPLAY ? replay(audio) : live(audio);
    }

    private int cluster(AudioPool audio) throws IOException {
        printModel(SHARED_CLUSTER);
        ClusterMeasurement result = ClusterRun.run(
                Files.createTempDirectory(data.folder(), "clearline-cluster"),
                subject.repository(),
                subject.name(),
                audio,
                subject.timing(audio.frameSamples()),
                streams,
                warmUpSeconds,
                seconds,
                deadlineMillis);
        System.out.println(PipelineReport.line(result));
        if (json != null) {
            ResultFile.write(result, about(SHARED_CLUSTER), json);
        }
        return 0;
    }

    private int live(AudioPool audio) throws IOException {
        System.err.println("Starting a broker and the job with the model " + subject.name() + " ...");
        PipelineSettings settings = settings(parallelism == 0 ? cores() : parallelism, 0);
        try (LiveRun run = LiveRun.start(settings, audio, deadlineMillis, batchWidth())) {
            printModel(run.cores());
            run.warmUp(streams, warmUpSeconds);
            System.out.printf(
                    "Compilers quiet %.0f s after the start of the load.%n",
                    warmUpSeconds + run.awaitCompiled(maxWarmUpSeconds - warmUpSeconds));
            System.out.println(PipelineReport.head());
            if (consoleRounds > 0) {
                return compareConsole(run);
            }
            if (!swaps.isEmpty()) {
                return swap(run);
            }
            if (overload > 0) {
                return overload(run);
            }
            return findCapacity ? findCapacity(run) : measure(run);
        }
    }

    /** Measures on one core, on two, and so on up to all, or on the given number. */
    private int replay(AudioPool audio) throws IOException {
        printModel(ONE_CORE_PER_SUBTASK);
        System.out.println(PipelineReport.replayHead());
        List<ReplayMeasurement> rows = new ArrayList<>();
        for (int subtasks = parallelism == 0 ? 1 : parallelism;
                subtasks <= (parallelism == 0 ? cores() : parallelism);
                subtasks++) {
            ReplayMeasurement row = ReplayRun.run(settings(subtasks, subtasks), audio, streams, seconds, batchWidth());
            System.out.println(PipelineReport.line(row));
            rows.add(row);
        }
        if (json != null) {
            PipelineReport.writeJson(rows, about(ONE_CORE_PER_SUBTASK), json);
            PipelineReport.writePicture(subject.name(), rows, picture());
        }
        return 0;
    }

    private PipelineSettings settings(int subtasks, int jobCores) {
        return new PipelineSettings(mode, subject, subtasks, jobCores, jobOptions, jobJvm, data.folder());
    }

    private void printModel(String processes) {
        System.out.println("Model " + subject.name() + ", " + subject.multiplyAddsPerSecond() / 1_000_000
                + " million multiply-adds for one second of audio; " + processes + ".");
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private int measure(LiveRun run) throws IOException {
        PipelineMeasurement result = run.measure(seconds);
        System.out.println(PipelineReport.line(result));
        report(result, List.of(result), run);
        return 0;
    }

    private int compareConsole(LiveRun run) throws IOException {
        ConsoleComparison result = ConsoleComparison.of(run, consoleRounds, seconds);
        System.out.println(result.table());
        if (json != null) {
            ResultFile.write(result, about(run.cores()), json);
        }
        return 0;
    }

    private int swap(LiveRun run) throws IOException {
        SwapMeasurement result = SwapMeasurement.of(run, model, subject.repository(), swaps, seconds);
        System.out.println(result.table());
        if (json != null) {
            ResultFile.write(result, about(run.cores()), json);
        }
        return 0;
    }

    private int overload(LiveRun run) throws IOException {
        OverloadMeasurement result = OverloadMeasurement.of(run, streams, overload, seconds, stallSeconds);
        System.out.println(PipelineReport.line(result.overload()));
        System.out.println(PipelineReport.line(result));
        if (json != null) {
            ResultFile.write(result, about(run.cores()), json);
        }
        return 0;
    }

    private int findCapacity(LiveRun run) throws IOException {
        CapacitySearch search = new CapacitySearch(
                (count, confirm) -> {
                    run.setStreams(count);
                    run.settle(SETTLE_SECONDS);
                    return run.measure(confirm ? seconds : PROBE_SECONDS);
                },
                run::recover,
                row -> System.out.println(PipelineReport.line(row)));
        PipelineMeasurement capacity = search.find(streams);
        System.out.printf("Carried: %d streams for %.0f s.%n", capacity.streams(), capacity.seconds());
        report(capacity, search.probes(), run);
        return 0;
    }

    private void report(PipelineMeasurement result, List<PipelineMeasurement> curve, LiveRun run) throws IOException {
        System.out.println(PipelineReport.cost(result));
        if (json == null) {
            return;
        }
        PipelineReport.writeJson(result, curve, about(run.cores()), json);
        PipelineReport.writePicture(curve, subject.name(), picture());
    }

    /** Returns the conditions of the measurement for the result file. */
    private Map<String, Object> about(String processes) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("mode", mode.name().toLowerCase(Locale.ROOT));
        about.put("model", subject.name());
        about.put("multiplyAddsPerSecond", subject.multiplyAddsPerSecond());
        about.put("jobOptions", jobOptions);
        about.put("jobJvm", jobJvm);
        about.put("processes", processes);
        about.put("brokerData", data.folder().toString());
        return about;
    }

    private Path picture() {
        return json.resolveSibling(json.getFileName().toString().replaceFirst("(\\.json)?$", ".png"));
    }

    private int batchWidth() {
        String given = jobOptions.get(JobOptions.BATCH_WIDTH.key());
        return given == null ? JobOptions.BATCH_WIDTH.defaultValue() : Integer.parseInt(given);
    }

    private AudioPool audio() throws IOException {
        Path sample = Repositories.home().resolve("deploy/local/sample");
        return new AudioPool(
                new DemoStreams(sample)
                        .mix(RECORDINGS).stream().map(DemoStream::noisy).toList(),
                subject.sampleRateHz());
    }
}
