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
 * What all rows share: the mixtures they are trained on, those that end their training, and those that judge them.
 *
 * @param mixer draws the training mixtures; those below the plan's number are in {@code train}
 * @param development cut into segments of the training's length
 */
record PaperData(Mixer mixer, FrameSet train, FrameSet development, List<Mixer.Mixture> test) {

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
        List<Mixer.Mixture> whole = mixtures(corpus, manifest, Role.DEVELOPMENT, plan.developmentPerSnr());
        int pieces = whole.get(0).speech().length / samples;
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
                        index -> piece(whole.get(index / pieces), index % pieces, samples),
                        whole.size() * pieces,
                        samples,
                        PaperPlan.FEATURES,
                        PaperPlan.STFT,
                        phase),
                mixtures(corpus, manifest, Role.TEST, plan.testPerSnr()));
    }

    /** The voices with their hum, as the published table has them; the models are judged without it. */
    private static List<Mixer.Mixture> mixtures(Path corpus, CorpusManifest manifest, Role role, int perSnr)
            throws IOException {
        return FixedMixtures.draw(
                Recordings.ofCorpus(corpus, manifest, role, Kind.SPEECH, PaperPlan.SAMPLE_RATE_HZ),
                Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, PaperPlan.SAMPLE_RATE_HZ),
                PaperPlan.SAMPLE_RATE_HZ,
                perSnr);
    }

    private static Mixer.Mixture piece(Mixer.Mixture whole, int number, int samples) {
        return new Mixer.Mixture(
                Arrays.copyOfRange(whole.speech(), number * samples, (number + 1) * samples),
                Arrays.copyOfRange(whole.mixture(), number * samples, (number + 1) * samples),
                whole.snrDb());
    }
}
