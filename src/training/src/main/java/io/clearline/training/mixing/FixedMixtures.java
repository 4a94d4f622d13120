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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws fixed sets of mixtures for the selection of models. Only speaker, noise and SNR vary; the same recordings give
 * the same mixtures. Stateless.
 */
public final class FixedMixtures {
    private static final double[] SNRS_DB = {-6, -3, 0, 3, 6, 9};
    private static final long SEED = 20_140_909;
    private static final double SECONDS = 5;

    private FixedMixtures() {}

    /**
     * Draws {@code perSnr} mixtures of 5 s for each of -6, -3, 0, 3, 6 and 9 dB from a fetched corpus.
     *
     * @throws IOException if the corpus cannot be read
     */
    public static List<Mixer.Mixture> ofCorpus(
            Path corpus, CorpusManifest manifest, Role role, int sampleRateHz, int perSnr) throws IOException {
        return draw(
                Recordings.voicesOfCorpus(corpus, manifest, role, sampleRateHz),
                Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, sampleRateHz),
                sampleRateHz,
                perSnr);
    }

    /** Draws {@code perSnr} mixtures of 5 s for each of -6, -3, 0, 3, 6 and 9 dB from recordings. */
    public static List<Mixer.Mixture> draw(Recordings speech, Recordings noise, int sampleRateHz, int perSnr) {
        List<Mixer.Mixture> mixtures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(SEED);
        int samples = (int) (SECONDS * sampleRateHz);
        for (int i = 0; i < perSnr; i++) {
            for (double snrDb : SNRS_DB) {
                float[] voice = speech.draw(random, samples, sampleRateHz / 4);
                float[] background = noise.draw(random, samples, 0);
                mixtures.add(Mixer.mix(voice, background, snrDb, 1));
            }
        }
        return mixtures;
    }
}
