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

import io.clearline.inference.network.LocalNmfParameters;
import io.clearline.inference.network.NetworkParameters;

/**
 * The kernel on the Vector API. It needs the module {@code jdk.incubator.vector}, so {@link Kernels} loads this class
 * by its name. Stateless.
 */
final class VectorKernel implements Kernel, Kernels.VectorWidth {

    @Override
    public String name() {
        return "vector-" + VectorTiles.SPECIES.vectorBitSize();
    }

    @Override
    public int vectorBits() {
        return VectorTiles.SPECIES.vectorBitSize();
    }

    @Override
    public ForwardPass prepare(NetworkParameters network, int width) {
        if (network instanceof LocalNmfParameters local) {
            return new LocalNmfPass(local, width, VectorRowMatrix.FACTORY);
        }
        return new VectorForwardPass(PackedNetwork.of(NetworkPlan.of(network), VectorTiles.LANES), width);
    }

    @Override
    public MatrixProducts products() {
        return new VectorProducts();
    }
}
