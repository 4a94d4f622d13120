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

/** The whole way of the audio under load. */
@Command(
        name = "pipeline",
        description = {
            "Measure the job with a broker and live streams on this machine: frames of 20 ms of real audio at their due times, streams that"
                    + " open and close, broker and job in JVMs of their own.",
            "Latency runs from when the frame was due that completes an output frame (so above the algorithmic delay) to when that was read"
                    + " from Kafka. CPU is processor time for a second of one stream's audio."
        })
final class BenchPipelineCommand implements Callable<Integer> {
    private static final int RECORDINGS = 16;
    private static final double PROBE_SECONDS = 8;
    private static final double SETTLE_SECONDS = 4;

    @Option(
            names = "--mode",
            defaultValue = "live",
            description =
                    "live; or replay: so many stored streams of so many seconds, on 1 core and more (default: ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "24",
            description = "Streams at once; with --find-capacity where to begin (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--find-capacity",
            description = "Search the most streams with p99 <= 50 ms and no deadline miss for the whole time.")
    private boolean findCapacity;

    @Option(
            names = "--cluster",
            description =
                    "Measure on a cluster of JVMs of this machine: broker, JobManager, two TaskManagers of two slots.")
    private boolean cluster;

    @Option(
            names = "--overload",
            paramLabel = "FACTOR",
            description = "Give the job so many times the streams, then stop it for a while; tell how it recovers.")
    private double overload;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "With --overload: how long it is stopped (default: ${DEFAULT-VALUE}).")
    private double stallSeconds;

    @Option(
            names = "--console-rounds",
            paramLabel = "N",
            description = "Measure in turns without and with a console beside the job, its page open, so many of each.")
    private int consoleRounds;

    @Option(
            names = "--swap-to",
            paramLabel = "NAME@VERSION",
            description =
                    "Announce this model to the job under load, then the next one; tell the latency before, while and"
                            + " after. The job must follow a channel (--model live). Repeatable.")
    private List<String> swaps = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "live",
            description = "Model by channel, name or name@version; or " + BenchModels.PAPER
                    + ": the paper's topology with made-up weights; or " + BenchSubject.NONE
                    + ": the job's graph with an operator that hands frames on, the floor under all others (default:"
                    + " ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long to measure; replay: seconds of each stream (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Traffic before anything is measured (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--max-warm-up",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "Live traffic goes on unmeasured until the compilers of broker and job are quiet, for so long at"
                            + " most (default: ${DEFAULT-VALUE}).")
    private double maxWarmUpSeconds;

    @Option(
            names = "--deadline",
            paramLabel = "MILLIS",
            defaultValue = "200",
            description =
                    "A frame later than this is a miss, and the job bypasses streams from there on (default: ${DEFAULT-VALUE}).")
    private int deadlineMillis;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of the job (default: one for each core; replay: 1 and more).")
    private int parallelism;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "Any option of the job or of Flink, such as clearline.batch.width=64; repeatable.")
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
            description = "Write the figures as JSON too, and as a picture beside it (.png).")
    private Path json;

    private BenchSubject subject;

    @Override
    public Integer call() throws IOException {
        subject = BenchSubject.of(model);
        if (subject.isBare() && (cluster || overload > 0 || !swaps.isEmpty())) {
            throw new IllegalArgumentException("--cluster, --overload and --swap-to need a model, found --model "
                    + BenchSubject.NONE + "; name one, or leave those options out.");
        }
        jobOptions.putIfAbsent(JobOptions.OVERLOAD_DEADLINE.key(), deadlineMillis + " ms");
        AudioPool audio = audio();
        if (cluster) {
            return cluster(audio);
        }
        return mode == DeliveryMode.REPLAY ? replay(audio) : live(audio);
    }

    private int cluster(AudioPool audio) throws IOException {
        printModel("a cluster of JVMs, all on all cores");
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
            ResultFile.write(result, about("a cluster of JVMs, all on all cores"), json);
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
                    "Compilers quiet %.0f s after the load came.%n",
                    warmUpSeconds + run.awaitCompiled(maxWarmUpSeconds - warmUpSeconds));
            System.out.println(PipelineReport.head());
            if (consoleRounds > 0) {
                return beside(run);
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

    /** On one core, on two, and so on to all. */
    private int replay(AudioPool audio) throws IOException {
        printModel("job on as many cores as it has subtasks");
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
            PipelineReport.writeJson(rows, about("job on as many cores as it has subtasks"), json);
            PipelineReport.writePicture(subject.name(), rows, picture());
        }
        return 0;
    }

    private PipelineSettings settings(int subtasks, int jobCores) {
        return new PipelineSettings(mode, subject, subtasks, jobCores, jobOptions, jobJvm, data.folder());
    }

    private void printModel(String processes) {
        System.out.println("Model " + subject.name() + ", " + subject.multiplyAddsPerSecond() / 1_000_000
                + " million multiply-adds for a second of audio; " + processes + ".");
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

    private int beside(LiveRun run) throws IOException {
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
                (count, whole) -> {
                    run.widen(count);
                    run.settle(SETTLE_SECONDS);
                    return run.measure(whole ? seconds : PROBE_SECONDS);
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
