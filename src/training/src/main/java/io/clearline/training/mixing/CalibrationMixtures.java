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

import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The mixtures for the calibration of the SDR estimate. They are generated on demand, because all of them would not fit
 * into memory.
 *
 * @param count number of mixtures
 * @param mixture returns the mixture of an index, always the same; thread-safe
 * @param noise returns the noise (cross-validation fold) of an index; errors are estimated on noises that the fit has
 *     not seen
 */
public record CalibrationMixtures(int count, IntFunction<Mixer.Mixture> mixture, IntUnaryOperator noise) {
    private static final int COUNT = 960;
    private static final double SECONDS = 5;
    private static final double MIN_SNR_DB = -8;
    private static final double MAX_SNR_DB = 11;
    private static final long SEED = 20_261_126;
    private static final int FOLDS = 10;

    /**
     * Draws mixtures from the training and the development set. Every noise is used equally often, because the size of
     * a noise package says nothing about how often the noise occurs in practice. Voices come from both sets in turn.
     */
    public static CalibrationMixtures draw(
            Map<Role, Recordings> speech, Map<Role, Recordings> noise, int sampleRateHz) {
        int trained = noise.get(Role.TRAIN).groups();
        int groups = trained + noise.get(Role.DEVELOPMENT).groups();
        return new CalibrationMixtures(
                COUNT,
                index -> {
                    SplittableRandom random = new SplittableRandom(SEED * 0x9E3779B97F4A7C15L + index);
                    int group = index % groups;
                    int samples = (int) (SECONDS * sampleRateHz);
                    Role voices = index / groups % 2 == 0 ? Role.TRAIN : Role.DEVELOPMENT;
                    float[] voice = speech.get(voices).draw(random, samples, sampleRateHz / 4);
                    float[] background = group < trained
                            ? noise.get(Role.TRAIN).draw(random, group, samples, 0)
                            : noise.get(Role.DEVELOPMENT).draw(random, group - trained, samples, 0);
                    double snrDb = MIN_SNR_DB + (MAX_SNR_DB - MIN_SNR_DB) * random.nextDouble();
                    return Mixer.mix(voice, background, snrDb, 1);
                },
                index -> index % groups);
    }

    /**
     * Draws mixtures from a fetched corpus.
     *
     * @throws IOException if the corpus cannot be read
     */
    public static CalibrationMixtures ofCorpus(Path corpus, CorpusManifest manifest, int sampleRateHz)
            throws IOException {
        Map<Role, Recordings> speech = new EnumMap<>(Role.class);
        Map<Role, Recordings> noise = new EnumMap<>(Role.class);
        for (Role role : List.of(Role.TRAIN, Role.DEVELOPMENT)) {
            speech.put(role, Recordings.voicesOfCorpus(corpus, manifest, role, sampleRateHz));
            noise.put(role, Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, sampleRateHz));
        }
        return draw(speech, noise, sampleRateHz);
    }

    /** Returns given mixtures whose noises are not labelled. Ten runs of consecutive mixtures serve as the folds. */
    public static CalibrationMixtures of(List<Mixer.Mixture> mixtures) {
        return new CalibrationMixtures(mixtures.size(), mixtures::get, index -> index * FOLDS / mixtures.size());
    }
}
