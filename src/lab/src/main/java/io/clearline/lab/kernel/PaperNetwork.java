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
package io.clearline.lab.kernel;

import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Networks with the shape of the paper's and random weights, which do not change the cost: T = 9 context frames, F =
 * 201 bins, R = 200 atoms and K = 25 layers, all tied. Stateless.
 */
public final class PaperNetwork {

    static final int BINS = 201;
    static final int CONTEXT_FRAMES = 9;
    static final int LAYERS = 25;
    static final int ATOMS = 200;

    private PaperNetwork() {}

    /**
     * Returns the network in the paper's size.
     *
     * @param beta the divergence: 1 for Kullback-Leibler, 2 for Euclidean
     */
    public static DeepNmfParameters of(double beta) {
        return of(beta, CONTEXT_FRAMES, ATOMS, LAYERS);
    }

    /** Returns a network in another size. */
    static DeepNmfParameters of(double beta, int contextFrames, int atoms, int layers) {
        SplittableRandom random = new SplittableRandom(1);
        int rows = contextFrames * BINS;
        Dictionary tied = new Dictionary(rows, atoms, uniform(random, rows * atoms));
        List<Dictionary> slots = new ArrayList<>();
        for (int k = 0; k < layers; k++) {
            slots.add(tied);
        }
        slots.add(new Dictionary(BINS, atoms, uniform(random, BINS * atoms)));
        float[] initial = new float[atoms];
        Arrays.fill(initial, 1);
        List<Source> sources = List.of(new Source("speech", atoms / 2), new Source("noise", atoms - atoms / 2));
        return new DeepNmfParameters(sources, beta, 5, slots, initial);
    }

    /** Returns uniform random numbers from 0 to 1. */
    static float[] uniform(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }
}
