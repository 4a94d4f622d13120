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

import io.clearline.evaluation.PathologicalSignal;
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

/**
 * The checks that a model must pass before publication: delay, cost, state size, behaviour on hostile audio, and scores
 * on the development set. Model cards contain the names of the checks. Stateless.
 */
public final class ModelChecks {
    /** Usual limit for real-time speech enhancement, for example that of the DNS Challenge. */
    private static final double MAX_DELAY_MILLIS = 40;

    /** Limit of live models per stream and second. A core with 40 GFLOP/s serves hundreds of such streams. */
    private static final long MAX_LIVE_MULTIPLY_ADDS = 40_000_000;

    /** Limit of all other models: a core serves tens of streams. */
    private static final long MAX_MULTIPLY_ADDS = 400_000_000;

    /** Prefix of the names of live models. */
    private static final String LIVE = "live-";

    private static final int MAX_STATE_BYTES = 64 * 1024;
    private static final double MAX_LOUDER_DB = 1;
    private static final int HOSTILE_SECONDS = 3;
    /** Not 0, because a model that changes nothing may lose a little by rounding. */
    private static final double MIN_DEVELOPMENT_GAIN_DB = -0.01;

    private static final double MIN_CLEAN_MEDIAN_DB = 12;
    private static final double MIN_CLEAN_TENTH_PERCENTILE_DB = 8;
    private static final double MAX_LEVEL_CHANGE_DB = 1.5;
    /** Level of the first 50 ms of speech after silence. Below this limit, beginnings of calls are lost. */
    private static final double MIN_ONSET_LEVEL_DB = -6;

    private ModelChecks() {}

    /**
     * Runs all checks.
     *
     * @param development evaluation of the model on the development set
     * @return the findings of all checks, passed or not
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
                        MIN_CLEAN_TENTH_PERCENTILE_DB,
                        clean.lowestTenth()),
                atMost("level change of clean speech, median, dB", MAX_LEVEL_CHANGE_DB, Math.abs(level.median())),
                atLeast("level of an onset after silence, median, dB", MIN_ONSET_LEVEL_DB, onset.median()));
    }

    private static List<Finding> hostile(EnhancementModel model) {
        ModelProbe probe = new ModelProbe(model, Kernels.best());
        double loudestDb = Double.NEGATIVE_INFINITY;
        String loudest = "none";
        String broken = "";
        for (PathologicalSignal signal : PathologicalSignal.values()) {
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

    /** NaN fails the check. */
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
            throw new UncheckedIOException("Writing to a null stream failed", e);
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

    /** Returns the level change in dB; negative infinity for a silent output, even if the input is silent too. */
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
