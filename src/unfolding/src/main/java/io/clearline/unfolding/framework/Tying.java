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
 * Assigns a parameter (a weight matrix) to each layer of a network. Layers with the same parameter are tied: they share
 * their weights. Immutable.
 *
 * @param parameterOf index of the parameter of each layer; parameters are numbered from 0 without gaps
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

    /** Returns the tying in which every layer has its own weights. */
    public static Tying untied(int layers) {
        return highestUntied(layers, layers);
    }

    /**
     * Returns the tying in which the last {@code untied} layers have their own weights and all layers before them share
     * parameter 0.
     *
     * @param layers number of layers; K + 1 for K iterations and a read-out
     * @param untied C, 0 to {@code layers}
     */
    public static Tying highestUntied(int layers, int untied) {
        int tied = layers - untied;
        return new Tying(IntStream.range(0, layers)
                .map(layer -> tied == 0 ? layer : Math.max(0, layer - tied + 1))
                .boxed()
                .toList());
    }

    /** Returns the number of layers. */
    public int layers() {
        return parameterOf.size();
    }

    /** Returns the number of distinct parameters. */
    public int parameters() {
        return Collections.max(parameterOf) + 1;
    }
}
