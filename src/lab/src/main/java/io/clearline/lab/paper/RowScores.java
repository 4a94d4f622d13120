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

import io.clearline.evaluation.Scores;
import io.clearline.training.Parts;
import io.clearline.training.mixing.Mixer;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Scores of the test mixtures after enhancement by one row's network, computed on all cores. Immutable. */
final class RowScores {
    private final List<Mixer.Mixture> mixtures;
    private final Scores[] scores;

    /** @param newEnhancer creates an enhancer for one thread, which maps a mixture to an estimate of the speech */
    RowScores(List<Mixer.Mixture> mixtures, Supplier<UnaryOperator<float[]>> newEnhancer) {
        this.mixtures = mixtures;
        scores = new Scores[mixtures.size()];
        new Parts<>(newEnhancer).run(scores.length, (enhancer, index) -> {
            Mixer.Mixture mixture = mixtures.get(index);
            scores[index] = Scores.of(
                    mixture.speech(), mixture.mixture(), enhancer.apply(mixture.mixture()), PaperPlan.SAMPLE_RATE_HZ);
        });
    }

    /** Returns the SNR of each mixture. */
    double[] snrDb() {
        return mixtures.stream().mapToDouble(Mixer.Mixture::snrDb).toArray();
    }

    /** Returns one score of each mixture. */
    double[] all(ToDoubleFunction<Scores> score) {
        return Stream.of(scores).mapToDouble(score).toArray();
    }
}
