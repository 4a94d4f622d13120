package io.clearline.training;

import io.clearline.evaluation.CalibrationFit;
import io.clearline.evaluation.Scores;
import io.clearline.training.mixing.Mixer;
import io.clearline.unfolding.inference.SdrMeter;
import io.clearline.unfolding.kernel.Kernels;
import io.clearline.unfolding.model.EnhancementModel;
import io.clearline.unfolding.model.SdrCalibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a finished model does on the development mixtures: its scores for the card, and the calibration of its SDR estimate.
 *
 * @param scores of each mixture, in their order
 */
public record DevelopmentScores(List<Mixer.Mixture> mixtures, List<Scores> scores, SdrCalibration calibration) {

    /** Enhances and scores every mixture, then fits the estimates to the SDRs that were measured. */
    public static DevelopmentScores of(EnhancementModel model, List<Mixer.Mixture> mixtures) {
        ModelProbe probe = new ModelProbe(model, Kernels.best());
        int count = mixtures.size();
        double[] rawInput = new double[count];
        double[] rawOutput = new double[count];
        Scores[] scores = new Scores[count];
        for (int i = 0; i < count; i++) {
            Mixer.Mixture mixture = mixtures.get(i);
            float[] enhanced = probe.enhance(mixture.mixture());
            scores[i] = Scores.of(mixture.speech(), mixture.mixture(), enhanced, model.sampleRateHz());
            rawInput[i] = SdrMeter.rawInputSdrDb(probe.energies());
            rawOutput[i] = SdrMeter.rawOutputSdrDb(probe.energies());
        }
        CalibrationFit input = CalibrationFit.of(
                rawInput, List.of(scores).stream().mapToDouble(Scores::sdrInDb).toArray());
        CalibrationFit output = CalibrationFit.of(
                rawOutput,
                List.of(scores).stream().mapToDouble(Scores::sdrOutDb).toArray());
        SdrCalibration calibration =
                new SdrCalibration(line(input), line(output), output.lowErrorDb(), output.highErrorDb());
        return new DevelopmentScores(mixtures, List.of(scores), calibration);
    }

    private static SdrCalibration.Line line(CalibrationFit fit) {
        return new SdrCalibration.Line(fit.slope(), fit.offsetDb(), fit.minDb(), fit.maxDb());
    }

    /** Mean gain in SDR, in dB. */
    public double meanSdrGainDb() {
        return scores.stream().mapToDouble(Scores::sdrGainDb).average().orElse(0);
    }

    /** For the card: means over all mixtures and for each SNR. */
    public Map<String, Object> forCard() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("set", "development");
        card.put("mixtures", scores.size());
        card.put("meanSdrGainDb", rounded(meanSdrGainDb()));
        card.put(
                "meanStoiIn",
                rounded(scores.stream().mapToDouble(Scores::stoiIn).average().orElse(0)));
        card.put(
                "meanStoiOut",
                rounded(scores.stream().mapToDouble(Scores::stoiOut).average().orElse(0)));
        TreeMap<Double, Object> bySnr = new TreeMap<>();
        for (Mixer.Mixture mixture : mixtures) {
            bySnr.computeIfAbsent(mixture.snrDb(), snrDb -> rounded(meanGainAtDb(snrDb)));
        }
        card.put("sdrGainDbBySnrDb", bySnr);
        return card;
    }

    private double meanGainAtDb(double snrDb) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < scores.size(); i++) {
            if (mixtures.get(i).snrDb() == snrDb) {
                sum += scores.get(i).sdrGainDb();
                count++;
            }
        }
        return sum / count;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
