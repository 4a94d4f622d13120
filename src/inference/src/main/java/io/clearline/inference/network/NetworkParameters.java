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
 * The weights of an unfolded network: a fixed number of updates of the activations, followed by a Wiener read-out. The
 * first source is the speech. The estimates of all sources add up to the mixture. Immutable.
 */
public sealed interface NetworkParameters permits DeepNmfParameters, GramNmfParameters, LocalNmfParameters {

    /** Returns the sources in the order of their atoms, speech first. */
    List<Source> sources();

    /** Returns the number of rows of one input column. */
    int inputRows();

    /** Returns the number of bins of the mask. */
    int bins();

    /** Returns K, the number of updates (layers). */
    int iterations();

    /** Returns the number of distinct weights. Tied slots count once. */
    long parameters();

    /** Returns the number of multiply-adds for one hop, including the read-out. */
    long multiplyAddsPerHop();

    /** Returns the number of atoms of all sources; for a local network, the number of one group. */
    default int atoms() {
        int atoms = 0;
        for (Source source : sources()) {
            atoms += source.atoms();
        }
        return atoms;
    }

    /** Returns the number of atoms of the first source, the speech. They are the first columns of a dictionary. */
    default int speechAtoms() {
        return sources().get(0).atoms();
    }

    /** Returns the number of values that the network keeps for a stream between hops; 0 if hops are independent. */
    default int memoryLength() {
        return 0;
    }
}
