package io.clearline.cli;

import io.clearline.cli.demo.DemoRun;
import io.clearline.cli.demo.DemoStream;
import io.clearline.cli.demo.DemoStreams;
import io.clearline.dsp.AudioFiles;
import io.clearline.evaluation.ScoreTable;
import io.clearline.evaluation.Scores;
import io.clearline.job.operator.ShippedModel;
import io.clearline.local.LocalPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole way of the audio, with numbers, pictures and sound. */
@Command(
        name = "demo",
        description =
                "Play noisy speech through Kafka and Flink; write sound, pictures and scores of before and after.")
final class DemoCommand implements Callable<Integer> {
    private static final int FREE_PORT = 0;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/demo",
            description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many streams play at the same time (default: ${DEFAULT-VALUE}).")
    private int streamCount;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            converter = SpeedConverter.class,
            description = "1: in real time; max: as fast as it goes (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks of Flink side by side (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Mixin
    private ModelOptions models;

    @Override
    public Integer call() throws IOException {
        if (streamCount < 1) {
            throw new IOException("Expected --streams of at least 1, found " + streamCount + ".");
        }
        List<ShippedModel> shipped = models.shipped();
        List<DemoStream> streams = new DemoStreams(Repositories.home().resolve("deploy/local/sample")).mix(streamCount);
        DemoRun.Outcome outcome = play(shipped, streams);
        writeSound(streams, outcome);
        ScoreTable scores = score(streams, outcome);
        print(scores, outcome);
        return 0;
    }

    private DemoRun.Outcome play(List<ShippedModel> shipped, List<DemoStream> streams) throws IOException {
        System.err.println("Starting Kafka and Flink ...");
        try (LocalPlatform platform = LocalPlatform.start(null, FREE_PORT, parallelism, parallelism, FREE_PORT);
                TerminalProgress progress = new TerminalProgress()) {
            platform.submit(new Configuration(), shipped, parallelism);
            System.err.println("Playing " + streams.size() + " streams; Flink's page is " + platform.webAddress()
                    + " meanwhile ...");
            DemoRun run = new DemoRun(platform, streams);
            progress.begin("Playing", run.frames());
            return run.play(speed, (frame, dueNanos) -> progress.step(""));
        }
    }

    private static ScoreTable score(List<DemoStream> streams, DemoRun.Outcome outcome) {
        List<ScoreTable.FileScores> scores = new ArrayList<>();
        try (TerminalProgress progress = new TerminalProgress()) {
            progress.begin("Scoring", streams.size());
            for (DemoStream stream : streams) {
                float[] enhanced = outcome.enhanced().get(stream.id()).samples();
                scores.add(new ScoreTable.FileScores(
                        stream.id(),
                        Scores.of(
                                stream.clean().samples(),
                                stream.noisy().samples(),
                                enhanced,
                                stream.clean().sampleRateHz())));
                progress.step(stream.id());
            }
        }
        return new ScoreTable(scores);
    }

    private void print(ScoreTable scores, DemoRun.Outcome outcome) {
        System.out.print(scores.toText());
        Histogram latency = outcome.latencyMicros();
        System.out.printf(
                Locale.ROOT,
                "%nMean SDR gain %.2f dB over %d streams. %d frames, %d dead letters, %d gaps.%n"
                        + "Kafka to Kafka: p50 %.1f ms, p99 %.1f ms, the model's own delay included.%n"
                        + "Results: %s%n",
                scores.overall().sdrGainDb(),
                scores.files().size(),
                outcome.frames(),
                outcome.deadLetters(),
                outcome.gaps(),
                latency.getValueAtPercentile(50) / 1000.0,
                latency.getValueAtPercentile(99) / 1000.0,
                out);
    }

    private void writeSound(List<DemoStream> streams, DemoRun.Outcome outcome) throws IOException {
        for (String kind : List.of("clean", "noisy", "enhanced")) {
            Files.createDirectories(out.resolve(kind));
        }
        for (DemoStream stream : streams) {
            String name = stream.id() + ".wav";
            AudioFiles.writeWav(out.resolve("clean").resolve(name), stream.clean());
            AudioFiles.writeWav(out.resolve("noisy").resolve(name), stream.noisy());
            AudioFiles.writeWav(
                    out.resolve("enhanced").resolve(name), outcome.enhanced().get(stream.id()));
        }
    }
}
