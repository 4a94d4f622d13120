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
package io.clearline.training.publishing;

import io.clearline.evaluation.HostileSignal;
import io.clearline.evaluation.judge.Judgement;
import io.clearline.evaluation.judge.Measure;
import io.clearline.evaluation.judge.Summary;
import io.clearline.evaluation.judge.TrialKind;
import io.clearline.inference.SignalState;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.training.ModelProbe;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a model must pass before it is published. Stateless. */
public final class ModelChecks {
    /** The field's rule for real-time speech. */
    private static final double MAX_DELAY_MILLIS = 40;

    /** Of one stream; a core that has 40 GFLOP/s to give carries hundreds of streams. */
    private static final long MAX_LIVE_MULTIPLY_ADDS = 40_000_000;

    /** Of one stream with any other model: tens of streams a core. */
    private static final long MAX_MULTIPLY_ADDS = 400_000_000;

    private static final String LIVE = "live-";
    private static final int MAX_STATE_BYTES = 64 * 1024;
    private static final double MAX_LOUDER_DB = 1;
    private static final int HOSTILE_SECONDS = 3;
    /** What changes nothing gains nothing, but for rounding. */
    private static final double MIN_DEVELOPMENT_GAIN_DB = -0.01;

    private static final double MIN_CLEAN_MEDIAN_DB = 12;
    private static final double MIN_CLEAN_LOWEST_TENTH_DB = 8;
    private static final double MAX_LEVEL_CHANGE_DB = 1.5;
    /** Of the first 50 ms of a word after silence: below it, beginnings of calls are lost. */
    private static final double MIN_ONSET_LEVEL_DB = -6;

    private ModelChecks() {}

    /**
     * Checks everything.
     *
     * @param development the model on voices and noises that it did not learn from
     * @return every check with its figure, those that passed too
     */
    public static List<Finding> of(EnhancementModel model, Judgement development) {
        List<Finding> findings = new ArrayList<>();
        double delayMillis = 1000.0 * model.algorithmicDelaySamples() / model.sampleRateHz();
        findings.add(atMost("algorithmic delay, ms", MAX_DELAY_MILLIS, delayMillis));
        long maxMultiplyAdds = model.id().name().startsWith(LIVE) ? MAX_LIVE_MULTIPLY_ADDS : MAX_MULTIPLY_ADDS;
        findings.add(
                atMost("multiply-adds a second, millions", maxMultiplyAdds / 1e6, model.multiplyAddsPerSecond() / 1e6));
        findings.add(atMost("state of a stream, bytes", MAX_STATE_BYTES, stateBytes(model)));
        findings.addAll(hostile(model));
        findings.addAll(judged(development));
        return findings;
    }

    private static List<Finding> judged(Judgement development) {
        Summary gain = Summary.of(development.noisyMixtures(), Measure.SDR_GAIN_DB);
        Summary clean = Summary.of(development.of(TrialKind.CLEAN), Measure.CLEAN_SDR_DB);
        Summary level = Summary.of(development.of(TrialKind.CLEAN), Measure.SPEECH_LEVEL_DB);
        Summary onset = Summary.of(development.of(TrialKind.ONSET), Measure.ONSET_LEVEL_DB);
        return List.of(
                atLeast(
                        "development SDR gain, mean, dB",
                        MIN_DEVELOPMENT_GAIN_DB,
                        gain.mean().mean()),
                atLeast("clean speech's SDR to itself, median, dB", MIN_CLEAN_MEDIAN_DB, clean.median()),
                atLeast(
                        "clean speech's SDR to itself, lowest tenth, dB",
                        MIN_CLEAN_LOWEST_TENTH_DB,
                        clean.lowestTenth()),
                atMost("level change of clean speech, median, dB", MAX_LEVEL_CHANGE_DB, Math.abs(level.median())),
                atLeast("level of an onset after silence, median, dB", MIN_ONSET_LEVEL_DB, onset.median()));
    }

    private static List<Finding> hostile(EnhancementModel model) {
        ModelProbe probe = new ModelProbe(model, Kernels.best());
        double loudestDb = Double.NEGATIVE_INFINITY;
        String loudest = "none";
        String broken = "";
        for (HostileSignal signal : HostileSignal.values()) {
            float[] in = signal.samples(HOSTILE_SECONDS * model.sampleRateHz());
            float[] out = probe.enhance(in);
            double louderDb = Math.max(db(rms(out), rms(in)), db(peak(out), peak(in)));
            if (Double.isNaN(louderDb) || !isFinite(out)) {
                broken += (broken.isEmpty() ? "" : ", ") + signal;
            } else if (louderDb > loudestDb) {
                loudestDb = louderDb;
                loudest = signal.toString();
            }
        }
        return List.of(
                new Finding(
                        "numbers after hostile audio",
                        "finite",
                        broken.isEmpty() ? "finite" : broken,
                        broken.isEmpty()),
                atMost(
                        "hostile audio louder than it came, RMS or peak (" + loudest + "), dB",
                        MAX_LOUDER_DB,
                        loudestDb));
    }

    /** A number fails where it is NaN. */
    private static Finding atMost(String check, double limit, double found) {
        return new Finding(check, "at most " + text(limit), text(found), found <= limit);
    }

    private static Finding atLeast(String check, double limit, double found) {
        return new Finding(check, "at least " + text(limit), text(found), found >= limit);
    }

    private static String text(double value) {
        return value == Math.rint(value) && !Double.isInfinite(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static int stateBytes(EnhancementModel model) {
        try (DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream())) {
            new SignalState(model).writeTo(out);
            return out.size();
        } catch (IOException e) {
            throw new UncheckedIOException("A stream that takes everything fails nowhere.", e);
        }
    }

    private static boolean isFinite(float[] samples) {
        for (float sample : samples) {
            if (!Float.isFinite(sample)) {
                return false;
            }
        }
        return true;
    }

    /** Silence that stays silent is no louder. */
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
