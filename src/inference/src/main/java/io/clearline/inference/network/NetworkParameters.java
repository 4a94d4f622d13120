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
package io.clearline.inference.network;

import java.util.List;

/**
 * The weights of an unfolded network: a fixed number of updates of the activations, then a Wiener read-out. The first
 * source is the speech; the estimates of all sources add up to the mixture.
 */
public sealed interface NetworkParameters permits DeepNmfParameters, GramNmfParameters, LocalNmfParameters {

    /** The sources, speech first, in the order of their atoms. */
    List<Source> sources();

    /** Rows of one input column. */
    int inputRows();

    /** Rows of the mask. */
    int bins();

    /** Number of updates (layers), K. */
    int iterations();

    /** Number of distinct weights; tied slots count once. */
    long parameters();

    /** Multiply-adds of one hop, the two products of each layer and the read-out included. */
    long multiplyAddsPerHop();

    /** Atoms of all sources; of one group, where a network is local. */
    default int atoms() {
        int atoms = 0;
        for (Source source : sources()) {
            atoms += source.atoms();
        }
        return atoms;
    }

    /** Atoms of the first source, the speech: columns 0 to this, exclusive. */
    default int speechAtoms() {
        return sources().get(0).atoms();
    }

    /** Values that a network keeps of a stream from hop to hop; 0 where each hop stands for itself. */
    default int memoryLength() {
        return 0;
    }
}
