package io.clearline.benchmarks;

import io.clearline.unfolding.network.DeepNmfParameters;
import io.clearline.unfolding.network.Dictionary;
import io.clearline.unfolding.network.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The shape of the paper's network with made-up weights, which don't change its cost: T = 9, F = 201, K = 25, all tied. */
public final class PaperNetwork {

    static final int BINS = 201;
    static final int INPUT_ROWS = 9 * BINS;
    static final int LAYERS = 25;
    static final int ATOMS = 200;

    private PaperNetwork() {}

    /** The network under this divergence. */
    public static DeepNmfParameters of(double beta) {
        SplittableRandom random = new SplittableRandom(1);
        Dictionary tied = new Dictionary(INPUT_ROWS, ATOMS, uniform(random, INPUT_ROWS * ATOMS));
        List<Dictionary> slots = new ArrayList<>();
        for (int k = 0; k < LAYERS; k++) {
            slots.add(tied);
        }
        slots.add(new Dictionary(BINS, ATOMS, uniform(random, BINS * ATOMS)));
        float[] initial = new float[ATOMS];
        Arrays.fill(initial, 1);
        List<Source> sources = List.of(new Source("speech", ATOMS / 2), new Source("noise", ATOMS / 2));
        return new DeepNmfParameters(sources, beta, 5, slots, initial);
    }

    static float[] uniform(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }
}
