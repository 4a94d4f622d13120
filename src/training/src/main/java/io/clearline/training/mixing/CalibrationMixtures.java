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
 * The mixtures that the SDR estimate is calibrated by. They are made when asked for, because all of them would not fit
 * into memory.
 *
 * @param mixture by index, always the same one; thread-safe
 * @param noise which noise a mixture has: errors are judged on noises that the fit has not seen
 */
public record CalibrationMixtures(int count, IntFunction<Mixer.Mixture> mixture, IntUnaryOperator noise) {
    private static final int COUNT = 960;
    private static final double SECONDS = 5;
    private static final double LOWEST_SNR_DB = -8;
    private static final double HIGHEST_SNR_DB = 11;
    private static final long SEED = 20_261_126;
    private static final int FOLDS = 10;

    /**
     * Draws from the training and the development set: every noise equally often, because a large noise package is no
     * likelier in use than a small one, and with the voices of either set in turn.
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
                    double snrDb = LOWEST_SNR_DB + (HIGHEST_SNR_DB - LOWEST_SNR_DB) * random.nextDouble();
                    return Mixer.mix(voice, background, snrDb, 1);
                },
                index -> index % groups);
    }

    /** Draws them out of a fetched corpus. */
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

    /** Mixtures whose noises nobody can tell apart: neighbours count as one. */
    public static CalibrationMixtures of(List<Mixer.Mixture> mixtures) {
        return new CalibrationMixtures(mixtures.size(), mixtures::get, index -> index * FOLDS / mixtures.size());
    }
}
