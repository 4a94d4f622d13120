package io.clearline.training.mixing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A fixed set of mixtures that models are chosen and calibrated by: plain mixing, nothing varied but speaker, noise and SNR. */
public final class DevelopmentSet {
    private static final double[] SNRS_DB = {-6, -3, 0, 3, 6, 9};
    private static final long SEED = 20_140_909;

    private DevelopmentSet() {}

    /** Draws {@code perSnr} mixtures for each of -6, -3, 0, 3, 6 and 9 dB. */
    public static List<Mixer.Mixture> draw(
            Recordings speech, Recordings noise, int sampleRateHz, int perSnr, double seconds) {
        List<Mixer.Mixture> mixtures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(SEED);
        int samples = (int) (seconds * sampleRateHz);
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
