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
package io.clearline.evaluation.judge;

import io.clearline.evaluation.BssSdr;
import io.clearline.evaluation.Decibels;
import io.clearline.evaluation.SiSdr;
import io.clearline.evaluation.Stoi;
import java.util.EnumMap;
import java.util.Map;

/**
 * Measures one output. Parts of a signal are scored by plain SNR, after the speech in the output has been scaled to the
 * level of the reference over the whole signal. The filters of BSS Eval would need seconds of signal. Thread-confined.
 */
final class Measurements {
    private static final double START_SECONDS = 0.25;
    private static final double ONSET_SECONDS = 0.05;
    /** The time in which a system may adapt to noise before its attenuation is measured. */
    private static final int SETTLING_SECONDS = 1;

    private final Trial trial;
    private final float[] output;
    private final Subject.SdrEstimate estimate;
    private final Map<Measure, Double> values = new EnumMap<>(Measure.class);

    private Measurements(Trial trial, float[] output, Subject.SdrEstimate estimate) {
        this.trial = trial;
        this.output = output;
        this.estimate = estimate;
    }

    /**
     * Returns the measures of the trial's kind.
     *
     * @param output output of the system, aligned with the reference and of the same length
     * @param estimate SDR estimate of the system; null for none
     * @throws IllegalArgumentException when a signal cannot be scored
     */
    static Map<Measure, Double> of(Trial trial, float[] output, Subject.SdrEstimate estimate) {
        Measurements measurements = new Measurements(trial, output, estimate);
        switch (trial.label().kind()) {
            case MIXTURE -> measurements.mixture();
            case CLEAN -> measurements.clean();
            case NOISE -> measurements.noise();
            case ONSET -> measurements.onset();
            case DRIFT -> measurements.drift();
        }
        return measurements.values;
    }

    private void mixture() {
        float[] reference = trial.reference();
        double sdrInDb = BssSdr.sdrDb(reference, trial.input());
        double sdrOutDb = BssSdr.sdrDb(reference, output);
        double siSdrOutDb = SiSdr.siSdrDb(reference, output);
        Stoi stoi = new Stoi(reference, trial.sampleRateHz());
        values.put(Measure.SDR_IN_DB, sdrInDb);
        values.put(Measure.SDR_OUT_DB, sdrOutDb);
        values.put(Measure.SDR_GAIN_DB, sdrOutDb - sdrInDb);
        values.put(Measure.SI_SDR_OUT_DB, siSdrOutDb);
        values.put(Measure.SI_SDR_GAIN_DB, siSdrOutDb - SiSdr.siSdrDb(reference, trial.input()));
        values.put(Measure.STOI_IN, stoi.of(trial.input()));
        values.put(Measure.STOI_OUT, stoi.of(output));
        values.put(Measure.ESTOI_IN, stoi.extendedOf(trial.input()));
        values.put(Measure.ESTOI_OUT, stoi.extendedOf(output));
        values.put(Measure.SPEECH_LEVEL_DB, levelDb());
        int start = samples(START_SECONDS);
        values.put(Measure.START_GAP_DB, snrGainDb(0, start) - snrGainDb(start, output.length));
        if (estimate != null) {
            values.put(Measure.ESTIMATE_ERROR_DB, estimate.db() - sdrOutDb);
            values.put(
                    Measure.ESTIMATE_IN_BAND,
                    sdrOutDb >= estimate.lowDb() && sdrOutDb <= estimate.highDb() ? 1.0 : 0.0);
        }
    }

    private void clean() {
        values.put(Measure.CLEAN_SDR_DB, BssSdr.sdrDb(trial.reference(), output));
        values.put(Measure.SPEECH_LEVEL_DB, levelDb());
    }

    private void noise() {
        int from = Math.min(samples(SETTLING_SECONDS), output.length / 2);
        values.put(
                Measure.NOISE_ATTENUATION_DB,
                Decibels.ofRatio(energy(trial.input(), from, output.length), energy(output, from, output.length)));
    }

    private void onset() {
        int from = samples(Trial.ONSET_LEAD_SECONDS);
        int to = from + samples(ONSET_SECONDS);
        double speech = energy(trial.reference(), from, to);
        values.put(Measure.ONSET_LEVEL_DB, Decibels.ofRatio(energy(output, from, to), speech));
        values.put(Measure.ONSET_SNR_DB, Decibels.ofRatio(speech, errorEnergy(output, 1, from, to)));
    }

    private void drift() {
        int minute = output.length / Trial.DRIFT_REPEATS;
        double earlyDb = snrGainDb(minute, 2 * minute);
        double lateDb = snrGainDb((Trial.DRIFT_REPEATS - 1) * minute, Trial.DRIFT_REPEATS * minute);
        values.put(Measure.DRIFT_DB, lateDb - earlyDb);
    }

    /** Returns the level of the projection of the output onto the reference. */
    private double levelDb() {
        double scale = scale();
        return Decibels.ofRatio(scale * scale, 1);
    }

    /** Returns the factor by which the reference fits the output best, in the sense of least squares. */
    private double scale() {
        double product = 0;
        for (int i = 0; i < output.length; i++) {
            product += (double) output[i] * trial.reference()[i];
        }
        return product / energy(trial.reference(), 0, output.length);
    }

    /**
     * Returns the SNR of the output minus that of the input, over a part of the signal. The energy of the speech
     * cancels in the difference, which leaves the ratio of the two errors.
     */
    private double snrGainDb(int from, int to) {
        double scale = scale();
        double outputError = errorEnergy(output, scale, from, to) / (scale * scale);
        return Decibels.ofRatio(errorEnergy(trial.input(), 1, from, to), outputError);
    }

    private double errorEnergy(float[] signal, double scale, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double error = signal[i] - scale * trial.reference()[i];
            sum += error * error;
        }
        return sum;
    }

    private static double energy(float[] signal, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) signal[i] * signal[i];
        }
        return sum;
    }

    private int samples(double seconds) {
        return (int) (seconds * trial.sampleRateHz());
    }
}
