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
package io.clearline.inference.kernel;

import io.clearline.inference.network.NetworkParameters;

/** A provider of the arithmetic. Stateless and safe to share; every kernel gives the same bits. */
public interface Kernel {

    /** For logs, metrics and reports: "scalar", or "vector-512" with the width of a vector in bits. */
    String name();

    /**
     * Packs the network's weights and allocates all that a forward pass needs.
     *
     * @param width the largest number of columns of one call
     */
    ForwardPass prepare(NetworkParameters network, int width);

    /** Matrix products for training. */
    MatrixProducts products();
}
