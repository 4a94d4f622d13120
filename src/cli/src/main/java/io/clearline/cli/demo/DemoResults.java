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
package io.clearline.cli.demo;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.evaluation.DemoReport;
import io.clearline.evaluation.Fonts;
import io.clearline.evaluation.Scores;
import io.clearline.evaluation.SpectrogramImage;
import io.clearline.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the results of a demo run: audio, pictures, {@code report.html} and {@code report.json}. */
public final class DemoResults {
    private static final Map<String, String> LANGUAGES = Map.of("ru", "Russian", "ca", "Catalan");
    private static final double MICROS_PER_MILLI = 1000;

    private final Path folder;
    private final DemoRun.Outcome outcome;
    private final String console;
    private final Optional<String> noPictures = Fonts.missing();

    /** @param console address of the console that the report links to; null if there is none */
    public DemoResults(Path folder, DemoRun.Outcome outcome, String console) {
        this.folder = folder;
        this.outcome = outcome;
        this.console = console;
    }

    /** Returns the reason in a sentence if pictures cannot be drawn on this machine. */
    public Optional<String> noPictures() {
        return noPictures;
    }

    /**
     * Scores the streams and writes all files, overwriting those of an earlier run.
     *
     * @param model name of the model, for the report
     */
    public DemoReport write(List<DemoStream> streams, String model, Progress progress) throws IOException {
        for (String kind : List.of("clean", "noisy", "enhanced", "pictures")) {
            Files.createDirectories(folder.resolve(kind));
        }
        progress.begin("Scoring", streams.size());
        List<DemoReport.Stream> scored = new ArrayList<>();
        for (DemoStream stream : streams) {
            scored.add(writeStream(stream));
            progress.step(stream.id());
        }
        progress.end();
        DemoReport report = new DemoReport(
                scored,
                new DemoReport.LatencyMillis(latencyMillis(50), latencyMillis(99)),
                outcome.frames(),
                outcome.deadLetters(),
                outcome.gaps(),
                model,
                machine(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                howMeasured());
        report.write(folder, console);
        return report;
    }

    private DemoReport.Stream writeStream(DemoStream stream) throws IOException {
        AudioClip enhanced = outcome.enhanced().get(stream.id());
        String sound = stream.id() + ".wav";
        AudioFiles.writeWav(folder.resolve("clean").resolve(sound), stream.clean());
        AudioFiles.writeWav(folder.resolve("noisy").resolve(sound), stream.noisy());
        AudioFiles.writeWav(folder.resolve("enhanced").resolve(sound), enhanced);
        String picture = noPictures.isPresent() ? null : writePicture(stream, enhanced);
        return new DemoReport.Stream(
                stream.id(),
                LANGUAGES.getOrDefault(stream.language(), stream.language()),
                String.format(
                        Locale.ROOT,
                        "speech (%s) + %s at %.0f dB",
                        stream.language(),
                        stream.noise().replace('_', ' '),
                        stream.snrDb()),
                enhanced.sampleRateHz(),
                stream.encoding().name(),
                Scores.of(
                        stream.clean().samples(),
                        stream.noisy().samples(),
                        enhanced.samples(),
                        enhanced.sampleRateHz()),
                outcome.estimatedSdrDb().getOrDefault(stream.id(), Double.NaN),
                new DemoReport.Media("noisy/" + sound, "enhanced/" + sound, "clean/" + sound, picture));
    }

    private String writePicture(DemoStream stream, AudioClip enhanced) throws IOException {
        String picture = "pictures/" + stream.id() + ".png";
        new SpectrogramImage(List.of(
                        new SpectrogramImage.Panel("before: " + stream.id(), stream.noisy()),
                        new SpectrogramImage.Panel("after", enhanced),
                        new SpectrogramImage.Panel("clean speech", stream.clean())))
                .write(folder.resolve(picture));
        return picture;
    }

    private double latencyMillis(double percentile) {
        return outcome.latencyMicros().getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s",
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"));
    }

    private static List<String> howMeasured() {
        return List.of(
                "SDR is BSS-Eval's, with 512 delays; the reference is the clean speech as it is in the mixture,"
                        + " coded like it.",
                "The speech and noise are real recordings that the published models were not trained on.",
                "The estimated SDR is the mean over the stream of the job's own estimates, made each second"
                        + " without the reference.",
                "Latency runs from when a frame was due at Kafka to when its enhanced frame was read from Kafka;"
                        + " it includes the"
                        + " model's algorithmic delay. Broker, Flink, sender and reader share one machine and one JVM.",
                "All streams were played once before, to let the JVM compile; that round is not in the numbers.");
    }
}
