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
package io.clearline.job.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.StftSpec;
import io.clearline.evaluation.PathologicalSignal;
import io.clearline.inference.TestModels;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.job.JobModels;
import io.clearline.job.stream.Frames;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.RecordingSink;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamRules;
import io.clearline.job.stream.StreamState;
import io.clearline.modelstore.ModelRepository;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import io.clearline.schemas.frame.StreamFrame;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("jdk")
class HostileAudioTest {
    private static final CommittedText DOCUMENT =
            CommittedText.at("flink-job/HOSTILE-AUDIO.md", "flink-job", HostileAudioTest.class);
    private static final int[] SAMPLE_RATES_HZ = {8_000, 16_000};
    private static final double LOUDER_DB = 1.0;

    /** Input and output as a listener would decode them. */
    private record Result(float[] in, float[] out) {
        double rmsDb() {
            return db(rms(out), rms(in));
        }

        double peakDb() {
            return db(peak(out), peak(in));
        }

        void requireNotLouder(String what, double passedPeakDb) {
            assertThat(rmsDb()).as("RMS of " + what).isLessThanOrEqualTo(LOUDER_DB);
            assertThat(peakDb()).as("peak of " + what).isLessThanOrEqualTo(LOUDER_DB + Math.max(0, passedPeakDb));
        }

        @Override
        public String toString() {
            return text(rmsDb()) + " / " + text(peakDb());
        }
    }

    @Test
    void noSignalComesOutOfAPublishedModelLouderOrAsNoNumber() throws IOException {
        StringBuilder tables = new StringBuilder();
        for (EnhancementModel model : publishedModels()) {
            tables.append(heading(model));
            // The signals are independent, so they run in parallel.
            tables.append(Arrays.stream(PathologicalSignal.values())
                    .parallel()
                    .map(signal -> row(model, signal))
                    .collect(Collectors.joining()));
        }
        DOCUMENT.partMustBe("tables", tables.toString());
    }

    private static String row(EnhancementModel model, PathologicalSignal signal) {
        StringBuilder row = new StringBuilder("| ").append(signal).append(" |");
        for (int sampleRateHz : SAMPLE_RATES_HZ) {
            for (AudioEncoding encoding : AudioEncoding.values()) {
                Result result = enhance(model, signal, sampleRateHz, encoding);
                // A resampler by itself raises the peaks of wideband noise, here by up to 2.7 dB.
                double passedPeakDb = sampleRateHz == model.sampleRateHz() || result.peakDb() <= LOUDER_DB
                        ? 0
                        : enhance(passing(model), signal, sampleRateHz, encoding)
                                .peakDb();
                result.requireNotLouder(
                        model.id() + ", " + signal + ", " + sampleRateHz + " Hz " + encoding, passedPeakDb);
                row.append(' ').append(result).append(" |");
            }
        }
        return row.append('\n').toString();
    }

    /** Returns a network with the rate and window of a model that passes everything. */
    private static EnhancementModel passing(EnhancementModel model) {
        EnhancementModel passing = TestModels.passThrough(model.stft());
        return new EnhancementModel(
                passing.id(),
                model.sampleRateHz(),
                passing.stft(),
                passing.features(),
                passing.network(),
                passing.calibration());
    }

    static List<EnhancementModel> networks() {
        StftSpec stft = new StftSpec(512, 256);
        return List.of(TestModels.bandModel(stft), TestModels.binModel(stft), TestModels.passThrough(stft));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void noSignalComesOutOfANetworkOfAnyKindLouderOrAsNoNumber(EnhancementModel model) {
        for (PathologicalSignal signal : PathologicalSignal.values()) {
            enhance(model, signal, 16_000, AudioEncoding.PCM_S16LE).requireNotLouder(signal.toString(), 0);
        }
    }

    private static List<EnhancementModel> publishedModels() throws IOException {
        ModelRepository repository = new ModelRepository(JobModels.repository(Optional.empty()));
        List<EnhancementModel> models = new ArrayList<>();
        for (ModelId id : repository.list()) {
            models.add(repository.load(id.toString()));
        }
        return models;
    }

    private static Result enhance(
            EnhancementModel model, PathologicalSignal signal, int sampleRateHz, AudioEncoding encoding) {
        ModelSet models = new ModelSet(Kernels.best(), 32);
        models.add(model);
        AudioClip clip = new AudioClip(signal.samples(3 * sampleRateHz), sampleRateHz);
        RecordingSink sink = new RecordingSink();
        StreamProcessor processor = new StreamProcessor(models, StreamRules.DEFAULT, sink);
        StreamState stream = new StreamState("hostile");
        for (StreamFrame frame : Frames.of("hostile", clip, encoding)) {
            processor.accept(stream, frame);
        }
        return new Result(coded(clip.samples(), encoding), sink.samples("hostile"));
    }

    private static float[] coded(float[] samples, AudioEncoding encoding) {
        byte[] payload = new byte[samples.length * FrameLimits.bytesPerSample(encoding)];
        float[] coded = new float[samples.length];
        FramePayload.encode(encoding, samples, 0, payload, samples.length);
        FramePayload.decode(encoding, payload, 0, coded, 0, samples.length);
        return coded;
    }

    private static String heading(EnhancementModel model) {
        StringBuilder heading = new StringBuilder("\n## " + model.id() + "\n\n| signal |");
        for (int sampleRateHz : SAMPLE_RATES_HZ) {
            for (AudioEncoding encoding : AudioEncoding.values()) {
                heading.append(' ')
                        .append(sampleRateHz)
                        .append(" Hz ")
                        .append(encoding)
                        .append(" |");
            }
        }
        return heading + "\n|---|" + "---|".repeat(SAMPLE_RATES_HZ.length * AudioEncoding.values().length) + "\n";
    }

    private static String text(double db) {
        return db == Double.NEGATIVE_INFINITY
                ? "silent"
                : String.format(Locale.ROOT, "%.1f", db).replace("-0.0", "0.0");
    }

    private static double db(double out, double in) {
        return out == 0 ? Double.NEGATIVE_INFINITY : 20 * Math.log10(out / in);
    }

    private static double rms(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    private static double peak(float[] samples) {
        double peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
