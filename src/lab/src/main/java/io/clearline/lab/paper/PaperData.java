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
package io.clearline.lab.paper;

import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.Objective;
import io.clearline.training.mixing.FixedMixtures;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.mixing.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The data that all rows share: training, development and test mixtures. Immutable.
 *
 * @param mixer draws the training mixtures by index
 * @param train features of the training mixtures, as many as the plan says
 * @param development features of the development mixtures, cut into segments of the training length; for early stopping
 * @param test the test mixtures
 */
record PaperData(Mixer mixer, FrameSet train, FrameSet development, List<Mixer.Mixture> test) {

    /** Reads a corpus and mixes its recordings. */
    static PaperData of(PaperPlan plan, Path corpus) throws IOException {
        CorpusManifest manifest = CorpusManifest.read(corpus);
        int rate = PaperPlan.SAMPLE_RATE_HZ;
        Mixer mixer = new Mixer(
                Recordings.ofCorpus(corpus, manifest, Role.TRAIN, Kind.SPEECH, rate),
                Recordings.ofCorpus(corpus, manifest, Role.TRAIN, Kind.NOISE, rate),
                rate,
                plan.seed());
        int samples = plan.segmentSamples();
        boolean phase = plan.objective() != Objective.MAGNITUDE;
        List<Mixer.Mixture> development = mixtures(corpus, manifest, Role.DEVELOPMENT, plan.developmentPerSnr());
        int segmentsPerMixture = development.get(0).speech().length / samples;
        return new PaperData(
                mixer,
                FrameSet.of(
                        index -> mixer.draw(index, samples),
                        plan.mixtures(),
                        samples,
                        PaperPlan.FEATURES,
                        PaperPlan.STFT,
                        phase),
                FrameSet.of(
                        index -> segment(
                                development.get(index / segmentsPerMixture), index % segmentsPerMixture, samples),
                        development.size() * segmentsPerMixture,
                        samples,
                        PaperPlan.FEATURES,
                        PaperPlan.STFT,
                        phase),
                mixtures(corpus, manifest, Role.TEST, plan.testPerSnr()));
    }

    /**
     * Draws mixtures of speech with its mains hum, as in the published table. The released models are scored without
     * it.
     */
    private static List<Mixer.Mixture> mixtures(Path corpus, CorpusManifest manifest, Role role, int perSnr)
            throws IOException {
        return FixedMixtures.draw(
                Recordings.ofCorpus(corpus, manifest, role, Kind.SPEECH, PaperPlan.SAMPLE_RATE_HZ),
                Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, PaperPlan.SAMPLE_RATE_HZ),
                PaperPlan.SAMPLE_RATE_HZ,
                perSnr);
    }

    private static Mixer.Mixture segment(Mixer.Mixture mixture, int number, int samples) {
        return new Mixer.Mixture(
                Arrays.copyOfRange(mixture.speech(), number * samples, (number + 1) * samples),
                Arrays.copyOfRange(mixture.mixture(), number * samples, (number + 1) * samples),
                mixture.snrDb());
    }
}
