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
 * The kernel in plain Java. It runs in every JVM, and it is the reference whose bits every other kernel must compute.
 * Stateless.
 */
public final class ScalarKernel implements Kernel {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public ForwardPass prepare(NetworkParameters network, int width) {
        if (network instanceof LocalNmfParameters local) {
            return new LocalNmfPass(local, width, ScalarRowMatrix.FACTORY);
        }
        return new ScalarForwardPass(NetworkPlan.of(network), width);
    }

    @Override
    public MatrixProducts products() {
        return new ScalarProducts();
    }
}
