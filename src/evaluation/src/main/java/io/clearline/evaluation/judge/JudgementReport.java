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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Converts a {@link Judgement} to a tree of maps, for JSON files and model cards, and reads it again. Stateless. */
public final class JudgementReport {
    /** The measures that are summarised over mixtures. */
    static final List<Measure> OF_MIXTURES = List.of(
            Measure.SDR_GAIN_DB,
            Measure.SI_SDR_GAIN_DB,
            Measure.SDR_IN_DB,
            Measure.SDR_OUT_DB,
            Measure.SI_SDR_OUT_DB,
            Measure.STOI_IN,
            Measure.STOI_OUT,
            Measure.ESTOI_IN,
            Measure.ESTOI_OUT,
            Measure.SPEECH_LEVEL_DB,
            Measure.START_GAP_DB);

    /** The measures of the tables by SNR, voice and noise. */
    static final List<Measure> OF_GROUPS = List.of(
            Measure.SDR_IN_DB, Measure.SDR_GAIN_DB, Measure.SI_SDR_GAIN_DB, Measure.STOI_OUT, Measure.ESTOI_OUT);

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JudgementReport() {}

    /** Returns all figures except those of the individual trials. */
    public static Map<String, Object> summary(Judgement judgement) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("subject", judgement.subject());
        map.put("trialSet", judgement.trialSet());
        map.put("delayMillis", Rounded.of(judgement.delayMillis()));
        map.put("noisyMixtures", measures(judgement.noisyMixtures(), OF_MIXTURES));
        map.put("mildMixtures", measures(judgement.mildMixtures(), OF_MIXTURES));
        map.put(
                "cleanSpeech",
                measures(judgement.of(TrialKind.CLEAN), List.of(Measure.CLEAN_SDR_DB, Measure.SPEECH_LEVEL_DB)));
        map.put("noiseAlone", measures(judgement.of(TrialKind.NOISE), List.of(Measure.NOISE_ATTENUATION_DB)));
        map.put(
                "onsetAfterSilence",
                measures(judgement.of(TrialKind.ONSET), List.of(Measure.ONSET_LEVEL_DB, Measure.ONSET_SNR_DB)));
        map.put("tenMinutes", measures(judgement.of(TrialKind.DRIFT), List.of(Measure.DRIFT_DB)));
        EstimateQuality estimate = EstimateQuality.of(judgement.noisyMixtures());
        if (estimate != null) {
            map.put("sdrEstimate", estimate.toMap());
        }
        map.put("bySnrDb", groups(judgement.of(TrialKind.MIXTURE), label -> snr(label)));
        map.put("byVoice", groups(judgement.noisyMixtures(), TrialLabel::voice));
        map.put("byNoise", groups(judgement.noisyMixtures(), TrialLabel::noise));
        return map;
    }

    /** Returns the figures for a model card: those of {@link #summary} by which models are compared. */
    public static Map<String, Object> headline(Judgement judgement) {
        Map<String, Object> map = new LinkedHashMap<>();
        Summary gain = Summary.of(judgement.noisyMixtures(), Measure.SDR_GAIN_DB);
        map.put("set", judgement.trialSet());
        map.put("mixtures", gain.count());
        map.put("meanSdrGainDb", Rounded.of(gain.mean().mean()));
        map.put(
                "sdrGainDbInterval95",
                Arrays.asList(
                        Rounded.of(gain.mean().low()), Rounded.of(gain.mean().high())));
        map.put("lowestSdrGainDb", Rounded.of(gain.lowest()));
        map.put("meanSiSdrOutDb", Rounded.of(mean(judgement.noisyMixtures(), Measure.SI_SDR_OUT_DB)));
        map.put("meanStoiIn", Rounded.of(mean(judgement.noisyMixtures(), Measure.STOI_IN)));
        map.put("meanStoiOut", Rounded.of(mean(judgement.noisyMixtures(), Measure.STOI_OUT)));
        map.put("meanExtendedStoiOut", Rounded.of(mean(judgement.noisyMixtures(), Measure.ESTOI_OUT)));
        Map<String, Object> bySnr = new LinkedHashMap<>();
        Judgement.by(judgement.of(TrialKind.MIXTURE), label -> snr(label))
                .forEach((snrDb, trials) -> bySnr.put(snrDb.toString(), Rounded.of(mean(trials, Measure.SDR_GAIN_DB))));
        map.put("sdrGainDbBySnrDb", bySnr);
        Summary clean = Summary.of(judgement.of(TrialKind.CLEAN), Measure.CLEAN_SDR_DB);
        map.put("cleanSdrDbMedian", Rounded.of(clean.median()));
        map.put("cleanSdrDbLowestTenth", Rounded.of(clean.lowestTenth()));
        map.put("noiseAttenuationDb", Rounded.of(mean(judgement.of(TrialKind.NOISE), Measure.NOISE_ATTENUATION_DB)));
        map.put("onsetLevelDb", Rounded.of(mean(judgement.of(TrialKind.ONSET), Measure.ONSET_LEVEL_DB)));
        map.put("startGapDb", Rounded.of(mean(judgement.noisyMixtures(), Measure.START_GAP_DB)));
        map.put("driftDb", Rounded.of(mean(judgement.of(TrialKind.DRIFT), Measure.DRIFT_DB)));
        EstimateQuality estimate = EstimateQuality.of(judgement.noisyMixtures());
        if (estimate != null) {
            map.put("sdrEstimate", estimate.toMap());
        }
        return map;
    }

    /**
     * Returns the SNR by which a trial is grouped, in dB; null when it has none. An integer is its own group. Other
     * values, which occur in folders, are rounded to a multiple of three.
     */
    static Integer snr(TrialLabel label) {
        double snrDb = label.snrDb();
        if (!Double.isFinite(snrDb)) {
            return null;
        }
        return snrDb == Math.rint(snrDb) ? (int) snrDb : 3 * (int) Math.round(snrDb / 3);
    }

    private static Map<String, Object> measures(List<ScoredTrial> trials, List<Measure> measures) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Measure measure : measures) {
            Summary summary = Summary.of(trials, measure);
            if (summary.count() > 0) {
                map.put(measure.jsonName(), summary.toMap());
            }
        }
        return map;
    }

    private static <K extends Comparable<K>> Map<String, Object> groups(
            List<ScoredTrial> trials, Function<TrialLabel, K> key) {
        Map<String, Object> groups = new LinkedHashMap<>();
        Judgement.by(trials, key).forEach((name, members) -> {
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("trials", members.size());
            OF_GROUPS.forEach(measure -> group.put(measure.jsonName(), Rounded.of(mean(members, measure))));
            groups.put(name.toString(), group);
        });
        return groups;
    }

    /** Returns the mean over the trials that have the measure; NaN when there is none. */
    static double mean(List<ScoredTrial> trials, Measure measure) {
        return trials.stream()
                .mapToDouble(trial -> trial.value(measure))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Writes {@link #summary}, followed by the individual trials.
     *
     * @param machine description of the machine that measured, serialised as JSON
     * @param withTrials whether to write the individual trials; a file without them cannot be compared with another
     */
    public static void write(Judgement judgement, Object machine, boolean withTrials, Path file) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("machine", machine);
        map.putAll(summary(judgement));
        if (withTrials) {
            map.put(
                    "trials",
                    judgement.trials().stream().map(JudgementReport::row).toList());
        }
        MAPPER.writeValue(file.toFile(), map);
    }

    private static Map<String, Object> row(ScoredTrial trial) {
        Map<String, Object> row = LabelJson.of(trial.label());
        trial.values().forEach((measure, value) -> row.put(measure.jsonName(), Rounded.of(value)));
        return row;
    }

    /**
     * Reads a file that {@link #write} wrote with its trials.
     *
     * @throws IOException when the file cannot be read or has no trials
     */
    public static Judgement read(Path file) throws IOException {
        JsonNode json = MAPPER.readTree(file.toFile());
        if (!json.path("trials").isArray()) {
            throw new IOException(file + " contains no individual trials. Write it with --json and without --brief.");
        }
        List<ScoredTrial> trials = new ArrayList<>();
        for (JsonNode row : json.get("trials")) {
            trials.add(trial(row));
        }
        Map<String, Object> trialSet = new LinkedHashMap<>();
        json.path("trialSet").properties().forEach(entry -> trialSet.put(entry.getKey(), entry.getValue()));
        return new Judgement(
                json.path("subject").asText(),
                trialSet,
                json.path("delayMillis").asDouble(),
                trials);
    }

    private static ScoredTrial trial(JsonNode row) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            if (row.path(measure.jsonName()).isNumber()) {
                values.put(measure, row.get(measure.jsonName()).asDouble());
            }
        }
        return new ScoredTrial(LabelJson.read(row), values);
    }
}
