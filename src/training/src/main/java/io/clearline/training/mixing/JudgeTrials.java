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
package io.clearline.training.mixing;

import io.clearline.evaluation.judge.Trial;
import io.clearline.evaluation.judge.TrialKind;
import io.clearline.evaluation.judge.TrialLabel;
import io.clearline.evaluation.judge.TrialSet;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * The trials of an evaluation. The same recordings always give the same trials; only voice, noise and SNR vary. Voices
 * and noises are drawn without replacement from shuffled decks, so that all are used equally often and in changing
 * pairs. Speech starts at the first sample. Thread-safe.
 */
public final class JudgeTrials implements TrialSet {
    /** Default of the number of mixtures per SNR. */
    public static final int PER_SNR = 48;

    private static final int[] SNRS_DB = {-6, -3, 0, 3, 6, 9, 15, 20};
    private static final int CLEAN_PER_VOICE = 3;
    private static final int ALONE_PER_NOISE = 4;
    private static final int ONSETS_PER_VOICE = 2;
    private static final int DRIFTS = 3;
    private static final int DRIFT_SNR_DB = 3;
    private static final int SECONDS = 5;
    private static final int ONSET_SPEECH_SECONDS = 2;
    private static final int DRIFT_SECONDS = 60;
    private static final long SEED = 20_261_127;

    /** Voices with less speech are excluded, because trials would repeat the same few seconds. */
    private static final double MIN_VOICE_SECONDS = 20;

    private static final double MIN_NOISE_SECONDS = 10;

    private final VoicesAndNoises material;
    private final Map<String, Object> description;
    private final List<Plan> plans = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** The plan of a trial; a voice or noise of -1 means none. */
    private record Plan(TrialLabel label, int voice, int noise, long seed) {}

    /**
     * Plans the trials. Audio is read only when a trial is requested.
     *
     * @param material recordings of voices and noises
     * @param source description of the recordings, for reports
     * @param perSnr number of mixtures per SNR
     */
    public JudgeTrials(VoicesAndNoises material, Map<String, Object> source, int perSnr) {
        this.material = material;
        Deck voices = new Deck(material.voiceNames().size(), random.split());
        Deck noises = new Deck(material.noiseNames().size(), random.split());
        planMixtures(voices, noises, perSnr);
        for (int i = 0; i < CLEAN_PER_VOICE * material.voiceNames().size(); i++) {
            plan(TrialKind.CLEAN, voices.deal(), -1, Double.NaN);
        }
        for (int i = 0; i < ALONE_PER_NOISE * material.noiseNames().size(); i++) {
            plan(TrialKind.NOISE, -1, noises.deal(), Double.NaN);
        }
        for (int i = 0; i < ONSETS_PER_VOICE * material.voiceNames().size(); i++) {
            plan(TrialKind.ONSET, voices.deal(), -1, Double.NaN);
        }
        for (int i = 0; i < DRIFTS; i++) {
            plan(TrialKind.DRIFT, voices.deal(), noises.deal(), DRIFT_SNR_DB);
        }
        description = describe(source, perSnr);
    }

    /**
     * Returns the trials of a split of a fetched corpus. Voices with less than 20 s and noises with less than 10 s of
     * recordings are excluded.
     *
     * @throws IOException if the corpus has no recordings for the role
     */
    public static JudgeTrials ofCorpus(Path corpus, CorpusManifest whole, Role role, int sampleRateHz, int perSnr)
            throws IOException {
        CorpusManifest manifest = withoutShortGroups(whole);
        VoicesAndNoises material = new VoicesAndNoises(
                sampleRateHz,
                Recordings.voicesOfCorpus(corpus, manifest, role, sampleRateHz),
                groups(manifest, role, Kind.SPEECH),
                Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, sampleRateHz),
                groups(manifest, role, Kind.NOISE));
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("corpus", corpus.getFileName().toString());
        source.put("split", role.toString());
        source.put("recordings", fingerprint(manifest, role));
        return new JudgeTrials(material, source, perSnr);
    }

    private static CorpusManifest withoutShortGroups(CorpusManifest manifest) {
        Map<String, Double> seconds = new HashMap<>();
        manifest.recordings().forEach(each -> seconds.merge(each.kind() + each.group(), each.seconds(), Double::sum));
        List<CorpusManifest.Recording> kept = manifest.recordings().stream()
                .filter(each -> seconds.get(each.kind() + each.group())
                        >= (each.kind() == Kind.SPEECH ? MIN_VOICE_SECONDS : MIN_NOISE_SECONDS))
                .toList();
        return new CorpusManifest(manifest.packages(), kept, manifest.skipped());
    }

    /** Returns a checksum of the paths and durations of the recordings of a split, which identifies the split. */
    private static String fingerprint(CorpusManifest manifest, Role role) {
        CRC32 sum = new CRC32();
        manifest.recordings().stream()
                .filter(each -> each.role() == role)
                .map(each -> each.path() + ' ' + each.seconds() + '\n')
                .sorted()
                .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return String.format("%08x", sum.getValue());
    }

    /** Returns the names of the groups, in the order of their indices in {@link Recordings}. */
    private static List<String> groups(CorpusManifest manifest, Role role, Kind kind) {
        return manifest.recordings(role, kind).stream()
                .map(CorpusManifest.Recording::group)
                .distinct()
                .sorted()
                .toList();
    }

    private void planMixtures(Deck voices, Deck noises, int perSnr) {
        for (int snrDb : SNRS_DB) {
            for (int i = 0; i < perSnr; i++) {
                plan(TrialKind.MIXTURE, voices.deal(), noises.deal(), snrDb);
            }
        }
    }

    private void plan(TrialKind kind, int voice, int noise, double snrDb) {
        String name = String.format("trial-%04d", plans.size());
        TrialLabel label = new TrialLabel(
                name,
                kind,
                voice < 0 ? null : material.voiceNames().get(voice),
                noise < 0 ? null : material.noiseNames().get(noise),
                snrDb);
        plans.add(new Plan(label, voice, noise, random.nextLong()));
    }

    private Map<String, Object> describe(Map<String, Object> source, int perSnr) {
        Map<String, Object> map = new LinkedHashMap<>(source);
        map.put("sampleRateHz", material.sampleRateHz());
        map.put("voices", material.voiceNames().size());
        map.put("noises", material.noiseNames().size());
        map.put("mixturesPerSnr", perSnr);
        map.put("seed", SEED);
        return map;
    }

    @Override
    public List<TrialLabel> labels() {
        return plans.stream().map(Plan::label).toList();
    }

    @Override
    public int sampleRateHz() {
        return material.sampleRateHz();
    }

    @Override
    public Map<String, Object> description() {
        return description;
    }

    @Override
    public Trial trial(int index) throws IOException {
        Plan plan = plans.get(index);
        SplittableRandom own = new SplittableRandom(plan.seed);
        try {
            return switch (plan.label.kind()) {
                case MIXTURE -> mixture(plan, own, SECONDS);
                case CLEAN -> clean(plan, own);
                case NOISE -> noiseAlone(plan, own);
                case ONSET -> onset(plan, own);
                case DRIFT -> repeated(mixture(plan, own, DRIFT_SECONDS));
            };
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Trial mixture(Plan plan, SplittableRandom own, int seconds) {
        int samples = seconds * sampleRateHz();
        Mixer.Mixture mixture = Mixer.mix(
                material.voice(plan.voice, own, samples),
                material.noise(plan.noise, own, samples),
                plan.label.snrDb(),
                1);
        return trial(plan, mixture.speech(), mixture.mixture());
    }

    private Trial clean(Plan plan, SplittableRandom own) {
        float[] speech = atPlainLevel(material.voice(plan.voice, own, SECONDS * sampleRateHz()));
        return trial(plan, speech, speech);
    }

    private Trial noiseAlone(Plan plan, SplittableRandom own) {
        float[] noise = atPlainLevel(material.noise(plan.noise, own, SECONDS * sampleRateHz()));
        return trial(plan, new float[noise.length], noise);
    }

    private Trial onset(Plan plan, SplittableRandom own) {
        float[] speech = atPlainLevel(material.voice(plan.voice, own, ONSET_SPEECH_SECONDS * sampleRateHz()));
        int lead = Trial.ONSET_LEAD_SECONDS * sampleRateHz();
        float[] late = new float[lead + speech.length];
        System.arraycopy(speech, 0, late, lead, speech.length);
        return trial(plan, late, late);
    }

    private static Trial repeated(Trial once) {
        return new Trial(once.label(), once.sampleRateHz(), repeated(once.reference()), repeated(once.input()));
    }

    private static float[] repeated(float[] samples) {
        float[] all = new float[Trial.DRIFT_REPEATS * samples.length];
        for (int at = 0; at < all.length; at += samples.length) {
            System.arraycopy(samples, 0, all, at, samples.length);
        }
        return all;
    }

    private Trial trial(Plan plan, float[] reference, float[] input) {
        return new Trial(plan.label, sampleRateHz(), reference, input);
    }

    /** Scales samples to the level of the mixtures. */
    private static float[] atPlainLevel(float[] samples) {
        return Mixer.mix(samples, new float[samples.length], 0, 1).mixture();
    }

    /** Deals the numbers below a count in random order; each is dealt once before any is dealt again. */
    private static final class Deck {
        private final int[] order;
        private final SplittableRandom random;
        private int left;

        Deck(int count, SplittableRandom random) {
            this.random = random;
            order = new int[count];
            for (int i = 0; i < count; i++) {
                order[i] = i;
            }
        }

        int deal() {
            if (left == 0) {
                left = order.length;
            }
            int chosen = random.nextInt(left--);
            int card = order[chosen];
            order[chosen] = order[left];
            order[left] = card;
            return card;
        }
    }
}
