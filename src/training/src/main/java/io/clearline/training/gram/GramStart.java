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

/** What the training of a Gram network begins with. */
public final class GramStart {
    private GramStart() {}

    /** The network of a recipe. */
    public static TrainedNetwork network(Recipe recipe) {
        return new GramWeights(recipe);
    }

    /** Parameters from sparse NMF. */
    public static float[] anew(Recipe recipe, Mixer mixer, Kernel kernel) {
        return new SparseStart(recipe, kernel.products()).weights(mixer);
    }
}
