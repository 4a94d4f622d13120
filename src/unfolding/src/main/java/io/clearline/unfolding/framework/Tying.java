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
package io.clearline.unfolding.framework;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which layers share their weights.
 *
 * @param parameterOf by layer: the index of its parameter; parameters are numbered from 0 without gaps
 */
public record Tying(List<Integer> parameterOf) {

    public Tying {
        parameterOf = List.copyOf(parameterOf);
        int parameters = Collections.max(parameterOf) + 1;
        for (int parameter = 0; parameter < parameters; parameter++) {
            if (!parameterOf.contains(parameter)) {
                throw new IllegalArgumentException(
                        "expected a layer for each of " + parameters + " parameters, found none for " + parameter);
            }
        }
    }

    /** Every layer has weights of its own. */
    public static Tying untied(int layers) {
        return highestUntied(layers, layers);
    }

    /**
     * The layers below the highest ones share parameter 0; a network of K iterations and a read-out has K + 1 layers.
     */
    public static Tying highestUntied(int layers, int untied) {
        int tied = layers - untied;
        return new Tying(IntStream.range(0, layers)
                .map(layer -> tied == 0 ? layer : Math.max(0, layer - tied + 1))
                .boxed()
                .toList());
    }

    /** Number of layers. */
    public int layers() {
        return parameterOf.size();
    }

    /** Number of different parameters. */
    public int parameters() {
        return Collections.max(parameterOf) + 1;
    }
}
