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

import io.clearline.evaluation.BssSdr;
import io.clearline.evaluation.CalibrationFit;
import io.clearline.evaluation.SurfaceFit;
import io.clearline.inference.SdrMeter;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.training.mixing.CalibrationMixtures;
import io.clearline.training.mixing.Mixer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Fits a model's beliefs of its SDR to the SDR that is measured, for any kind of network. */
public final class EstimateCalibration {
    /** A mixture beyond this has no noise to speak of, a silent file for one. */
    private static final double CLEAN_DB = 40;

    private EstimateCalibration() {}

    private record Belief(int noise, double rawInputDb, double rawOutputDb, double inputDb, double outputDb) {}

    /**
     * Enhances every mixture, on all cores, and fits. The calibration that the model has does not matter.
     *
     * @throws IllegalArgumentException when fewer than ten mixtures have both voice and noise
     */
    public static SdrCalibration of(EnhancementModel model, CalibrationMixtures mixtures) {
        Belief[] beliefs = new Belief[mixtures.count()];
        new Parts<>(() -> new ModelProbe(model, Kernels.best())).run(beliefs.length, (probe, index) -> {
            beliefs[index] = belief(
                    probe, mixtures.mixture().apply(index), mixtures.noise().applyAsInt(index));
        });
        return fit(Arrays.stream(beliefs).filter(Objects::nonNull).toList());
    }

    /** Null where the voice or the noise is silent. */
    private static Belief belief(ModelProbe probe, Mixer.Mixture mixture, int noise) {
        if (isSilent(mixture.speech())) {
            return null;
        }
        double inputDb = BssSdr.sdrDb(mixture.speech(), mixture.mixture());
        if (inputDb > CLEAN_DB) {
            return null;
        }
        float[] enhanced = probe.enhance(mixture.mixture());
        return new Belief(
                noise,
                SdrMeter.rawInputSdrDb(probe.energies()),
                SdrMeter.rawOutputSdrDb(probe.energies()),
                inputDb,
                BssSdr.sdrDb(mixture.speech(), enhanced));
    }

    private static boolean isSilent(float[] samples) {
        for (float sample : samples) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    private static SdrCalibration fit(List<Belief> beliefs) {
        double[] rawInputDb = all(beliefs, Belief::rawInputDb);
        double[] rawOutputDb = all(beliefs, Belief::rawOutputDb);
        double[] outputDb = all(beliefs, Belief::outputDb);
        int[] noises = beliefs.stream().mapToInt(Belief::noise).toArray();
        CalibrationFit input = CalibrationFit.of(rawInputDb, all(beliefs, Belief::inputDb));
        CalibrationFit output = CalibrationFit.of(rawOutputDb, outputDb);
        SurfaceFit surface = SurfaceFit.of(rawOutputDb, rawInputDb, outputDb, noises);
        return new SdrCalibration(
                line(input), line(output), surface(surface), surface.lowErrorDb(), surface.highErrorDb());
    }

    private static SdrCalibration.Line line(CalibrationFit fit) {
        return new SdrCalibration.Line(fit.slope(), fit.offsetDb(), fit.minDb(), fit.maxDb());
    }

    private static SdrCalibration.Surface surface(SurfaceFit fit) {
        double[] factors = fit.factors();
        return new SdrCalibration.Surface(
                factors[0],
                factors[1],
                factors[2],
                factors[3],
                factors[4],
                factors[5],
                new SdrCalibration.Range(fit.minX(), fit.maxX()),
                new SdrCalibration.Range(fit.minY(), fit.maxY()));
    }

    private static double[] all(List<Belief> beliefs, ToDoubleFunction<Belief> value) {
        return beliefs.stream().mapToDouble(value).toArray();
    }
}
