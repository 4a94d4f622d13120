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
package io.clearline.lab.chaos;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.model.SlowStatistics;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.Source;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A tiny 8 kHz network with random weights. It has every kind of state that a published model has, and is cheap enough
 * for a million frames through a cluster on two cores. Stateless.
 */
public final class SmallModel {
    private static final int ATOMS_PER_SOURCE = 4;
    private static final int ATOMS = 2 * ATOMS_PER_SOURCE;
    private static final StftSpec STFT = new StftSpec(320, 160);
    private static final int CONTEXT = 2;
    private static final long SEED = 20261124;

    private SmallModel() {}

    /** Returns a version of the model; each has other weights. */
    public static EnhancementModel version(int version) {
        SplittableRandom random = new SplittableRandom(SEED + version);
        FeatureSpec features = new FeatureSpec(
                CONTEXT,
                Optional.empty(),
                Optional.of(LevelNormalisation.standard()),
                Optional.of(SlowStatistics.standard()));
        float[] gram = weights(ATOMS * ATOMS, random);
        GramNmfParameters network = new GramNmfParameters(
                List.of(new Source("speech", ATOMS_PER_SOURCE), new Source("noise", ATOMS_PER_SOURCE)),
                dictionary(features.inputRows(STFT.bins()), random),
                List.of(weights(ATOMS, random), weights(ATOMS, random)),
                List.of(gram, gram),
                weights(2, random),
                List.of(),
                dictionary(STFT.bins(), random),
                weights(ATOMS, random));
        return new EnhancementModel(
                new ModelId("small", Integer.toString(version)),
                8000,
                STFT,
                features,
                network,
                SdrCalibration.uncalibrated());
    }

    private static Dictionary dictionary(int rows, SplittableRandom random) {
        return new Dictionary(rows, ATOMS, weights(rows * ATOMS, random));
    }

    private static float[] weights(int length, SplittableRandom random) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            weights[i] = (float) (0.05 + random.nextDouble());
        }
        return weights;
    }
}
