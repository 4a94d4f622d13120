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

/**
 * An implementation of the networks' arithmetic, in plain Java or on the Vector API. All kernels compute the same bits.
 * Stateless and thread-safe.
 */
public interface Kernel {

    /**
     * Returns the name for logs, metrics and reports: "scalar", or for example "vector-512" with the bits of a vector.
     */
    String name();

    /**
     * Packs the weights of a network and allocates all buffers of its forward pass.
     *
     * @param width maximum number of columns of a batch
     */
    ForwardPass prepare(NetworkParameters network, int width);

    /** Creates matrix products for training. An instance is thread-confined. */
    MatrixProducts products();
}
