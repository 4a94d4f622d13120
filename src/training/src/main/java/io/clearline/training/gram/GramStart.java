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
package io.clearline.training.gram;

import io.clearline.inference.kernel.Kernel;
import io.clearline.training.Recipe;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.segments.TrainedNetwork;

/** The start of the training of a Gram network: the network and its initial parameters. Stateless. */
public final class GramStart {
    private GramStart() {}

    /** Returns the network of a recipe. */
    public static TrainedNetwork network(Recipe recipe) {
        return new GramWeights(recipe);
    }

    /** Returns the initial parameters, computed by sparse NMF on training mixtures. */
    public static float[] parameters(Recipe recipe, Mixer mixer, Kernel kernel) {
        return new SparseStart(recipe, kernel.products()).weights(mixer);
    }
}
