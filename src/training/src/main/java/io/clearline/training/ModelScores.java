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
package io.clearline.training;

import io.clearline.evaluation.Scores;
import io.clearline.inference.HopEnergies;
import io.clearline.inference.SdrMeter;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.training.mixing.Mixer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What a model does on fixed mixtures: the scores of each, and what the model itself believed of its SDR. */
public record ModelScores(List<Scored> mixtures) {

    /** One mixture. */
    public record Scored(double snrDb, Scores scores, SdrMeter.Estimate estimate) {
        private double estimateErrorDb() {
            return estimate.outputSdrDb() - scores.sdrOutDb();
        }

        private boolean inBand() {
            return scores.sdrOutDb() >= estimate.outputSdrLowDb() && scores.sdrOutDb() <= estimate.outputSdrHighDb();
        }
    }

    /** Enhances and scores every mixture, on all cores. */
    public static ModelScores of(EnhancementModel model, List<Mixer.Mixture> mixtures) {
        Scored[] scored = new Scored[mixtures.size()];
        new Parts<>(() -> new ModelProbe(model, Kernels.best())).run(scored.length, (probe, index) -> {
            Mixer.Mixture mixture = mixtures.get(index);
            float[] enhanced = probe.enhance(mixture.mixture());
            HopEnergies energies = probe.energies();
            scored[index] = new Scored(
                    mixture.snrDb(),
                    Scores.of(mixture.speech(), mixture.mixture(), enhanced, model.sampleRateHz()),
                    new SdrMeter(model.calibration()).estimate(energies));
        });
        return new ModelScores(List.of(scored));
    }

    /**
     * For a card: what a model does on the development mixtures and on the test mixtures, which nothing was chosen by.
     */
    public static Map<String, Object> forCard(
            EnhancementModel model, List<Mixer.Mixture> development, List<Mixer.Mixture> test) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("development", of(model, development).forCard());
        ModelScores onTest = of(model, test);
        card.put("test", onTest.forCard());
        card.put("sdrEstimateOnTest", onTest.estimateForCard());
        return card;
    }

    /** Mean gain in SDR, in dB. */
    public double meanSdrGainDb() {
        return mean(each -> each.scores.sdrGainDb());
    }

    /** For a card: means over all mixtures and for each SNR. */
    public Map<String, Object> forCard() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("mixtures", mixtures.size());
        card.put("meanSdrGainDb", rounded(meanSdrGainDb()));
        card.put("meanSiSdrOutDb", rounded(mean(each -> each.scores.siSdrOutDb())));
        card.put("meanStoiIn", rounded(mean(each -> each.scores.stoiIn())));
        card.put("meanStoiOut", rounded(mean(each -> each.scores.stoiOut())));
        TreeMap<Double, Object> bySnr = new TreeMap<>();
        for (Scored each : mixtures) {
            bySnr.computeIfAbsent(each.snrDb, snrDb -> rounded(meanGainAtDb(snrDb)));
        }
        card.put("sdrGainDbBySnrDb", bySnr);
        return card;
    }

    /** For a card: how far the model's estimate of its output SDR is off. Means something for a calibrated model. */
    public Map<String, Object> estimateForCard() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("biasDb", rounded(mean(Scored::estimateErrorDb)));
        card.put("meanAbsoluteErrorDb", rounded(mean(each -> Math.abs(each.estimateErrorDb()))));
        card.put("correlation", rounded(correlation()));
        card.put("coverageOfTheBand", rounded(mean(each -> each.inBand() ? 1 : 0)));
        return card;
    }

    private double correlation() {
        double[] estimated = all(each -> each.estimate.outputSdrDb());
        double[] measured = all(each -> each.scores.sdrOutDb());
        double meanEstimated = mean(each -> each.estimate.outputSdrDb());
        double meanMeasured = mean(each -> each.scores.sdrOutDb());
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < estimated.length; i++) {
            double a = estimated[i] - meanEstimated;
            double b = measured[i] - meanMeasured;
            product += a * b;
            left += a * a;
            right += b * b;
        }
        return product / Math.sqrt(left * right);
    }

    private double meanGainAtDb(double snrDb) {
        return mixtures.stream()
                .filter(each -> each.snrDb == snrDb)
                .mapToDouble(each -> each.scores.sdrGainDb())
                .average()
                .orElse(Double.NaN);
    }

    private double mean(ToDoubleFunction<Scored> value) {
        return mixtures.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private double[] all(ToDoubleFunction<Scored> value) {
        return mixtures.stream().mapToDouble(value).toArray();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
