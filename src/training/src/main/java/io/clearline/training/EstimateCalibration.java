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

/**
 * Calibrates the SDR estimate of a model of any kind. The raw estimates that the masks imply are fitted to the SDR that
 * is measured on mixtures with known speech. Stateless.
 */
public final class EstimateCalibration {
    /** Mixtures with a higher input SDR have practically no noise, for example because the noise file is silent. */
    private static final double CLEAN_DB = 40;

    private EstimateCalibration() {}

    /** The raw and the measured SDR of one mixture. */
    private record Observation(int noise, double rawInputDb, double rawOutputDb, double inputDb, double outputDb) {}

    /**
     * Enhances every mixture on all cores and fits the calibration. An existing calibration of the model is ignored.
     *
     * @throws IllegalArgumentException if fewer than ten mixtures have both voice and noise, or if all raw estimates
     *     are equal
     */
    public static SdrCalibration of(EnhancementModel model, CalibrationMixtures mixtures) {
        Observation[] observations = new Observation[mixtures.count()];
        new Parts<>(() -> new ModelProbe(model, Kernels.best())).run(observations.length, (probe, index) -> {
            observations[index] = observe(
                    probe, mixtures.mixture().apply(index), mixtures.noise().applyAsInt(index));
        });
        return fit(Arrays.stream(observations).filter(Objects::nonNull).toList());
    }

    /** Returns null if the voice or the noise is silent. */
    private static Observation observe(ModelProbe probe, Mixer.Mixture mixture, int noise) {
        if (isSilent(mixture.speech())) {
            return null;
        }
        double inputDb = BssSdr.sdrDb(mixture.speech(), mixture.mixture());
        if (inputDb > CLEAN_DB) {
            return null;
        }
        float[] enhanced = probe.enhance(mixture.mixture());
        return new Observation(
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

    private static SdrCalibration fit(List<Observation> observations) {
        double[] rawInputDb = all(observations, Observation::rawInputDb);
        double[] rawOutputDb = all(observations, Observation::rawOutputDb);
        double[] outputDb = all(observations, Observation::outputDb);
        int[] noises = observations.stream().mapToInt(Observation::noise).toArray();
        CalibrationFit input = CalibrationFit.of(rawInputDb, all(observations, Observation::inputDb));
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

    private static double[] all(List<Observation> observations, ToDoubleFunction<Observation> value) {
        return observations.stream().mapToDouble(value).toArray();
    }
}
