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
package io.clearline.evaluation.judge;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Formats a {@link Judgement} as tables for a terminal. Thread-confined. */
public final class JudgementText {
    private static final String ROW = "  %-22s %8s   %-18s %8s %12s %12s%n";

    private final Judgement judgement;
    private final StringBuilder text = new StringBuilder();

    private JudgementText(Judgement judgement) {
        this.judgement = judgement;
    }

    /** Returns all tables. */
    public static String of(Judgement judgement) {
        JudgementText report = new JudgementText(judgement);
        report.figures();
        report.estimate();
        report.groups("By SNR, dB", judgement.of(TrialKind.MIXTURE), JudgementReport::snr);
        report.groups("By voice", judgement.noisyMixtures(), TrialLabel::voice);
        report.groups("By noise", judgement.noisyMixtures(), TrialLabel::noise);
        return report.text.toString();
    }

    private void figures() {
        add("%s on %s%n", judgement.subject(), judgement.trialSet());
        add(
                "The output is delayed by %s ms, which is removed before measuring.%n",
                Rounded.text(judgement.delayMillis(), 1));
        add(ROW, "", "mean", "95 % interval", "median", "10th perc.", "90th perc.");
        measures("Mixtures up to 9 dB", judgement.noisyMixtures(), JudgementReport.OF_MIXTURES);
        measures(
                "Mixtures at 15 and 20 dB",
                judgement.mildMixtures(),
                List.of(Measure.SDR_GAIN_DB, Measure.SI_SDR_GAIN_DB, Measure.STOI_IN, Measure.STOI_OUT));
        measures("Clean speech", judgement.of(TrialKind.CLEAN), List.of(Measure.CLEAN_SDR_DB, Measure.SPEECH_LEVEL_DB));
        measures("Noise alone", judgement.of(TrialKind.NOISE), List.of(Measure.NOISE_ATTENUATION_DB));
        measures(
                "First 50 ms after silence",
                judgement.of(TrialKind.ONSET),
                List.of(Measure.ONSET_LEVEL_DB, Measure.ONSET_SNR_DB));
        measures("Ten minutes", judgement.of(TrialKind.DRIFT), List.of(Measure.DRIFT_DB));
    }

    private void measures(String title, List<ScoredTrial> trials, List<Measure> measures) {
        if (trials.isEmpty()) {
            return;
        }
        add("%s (%d)%n", title, trials.size());
        for (Measure measure : measures) {
            Summary summary = Summary.of(trials, measure);
            int decimals = measure.name().endsWith("DB") ? 2 : 3;
            Interval mean = summary.mean();
            add(
                    ROW,
                    name(measure),
                    Rounded.text(mean.mean(), decimals),
                    Double.isNaN(mean.low())
                            ? ""
                            : Rounded.text(mean.low(), decimals) + " to " + Rounded.text(mean.high(), decimals),
                    Rounded.text(summary.median(), decimals),
                    Rounded.text(summary.lowestTenth(), decimals),
                    Rounded.text(summary.highestTenth(), decimals));
        }
    }

    private void estimate() {
        EstimateQuality quality = EstimateQuality.of(judgement.noisyMixtures());
        if (quality == null) {
            return;
        }
        add(
                "SDR estimate: mean absolute error %s dB, correlation %s, coverage of the 80 %% interval %s,"
                        + " bias %s dB%n",
                Rounded.text(quality.meanAbsoluteErrorDb(), 2),
                Rounded.text(quality.correlation(), 3),
                Rounded.text(quality.coverage(), 3),
                Rounded.text(quality.bias().mean(), 2));
        quality.biasDbByNoise().forEach((noise, db) -> add("  bias with %-40s %8s dB%n", noise, Rounded.text(db, 2)));
    }

    private <K extends Comparable<K>> void groups(String title, List<ScoredTrial> trials, Function<TrialLabel, K> key) {
        add("%n%-42s %6s", title, "trials");
        JudgementReport.OF_GROUPS.forEach(measure -> add(" %15s", name(measure)));
        add("%n");
        Judgement.by(trials, key).forEach((name, members) -> {
            add("  %-40s %6d", name, members.size());
            for (Measure measure : JudgementReport.OF_GROUPS) {
                int decimals = measure.name().endsWith("DB") ? 2 : 3;
                add(" %15s", Rounded.text(JudgementReport.mean(members, measure), decimals));
            }
            add("%n");
        });
    }

    private static String name(Measure measure) {
        return measure.name()
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT)
                .replace("si sdr", "SI-SDR")
                .replace("sdr", "SDR")
                .replace("snr", "SNR")
                .replace("estoi", "ESTOI")
                .replace("stoi", "STOI")
                .replace(" db", ", dB");
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
