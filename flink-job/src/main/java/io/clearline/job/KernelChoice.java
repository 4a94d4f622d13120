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
package io.clearline.job;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.kernel.ScalarKernel;

/** Which kernel the job computes with. The samples are the same with each. */
public enum KernelChoice {
    /** The fastest that runs in this JVM. */
    AUTO,
    /** Plain Java; runs everywhere. */
    SCALAR,
    /** The Vector API; the JVM needs {@code --add-modules jdk.incubator.vector}. */
    VECTOR;

    /**
     * The kernel itself.
     *
     * @throws IllegalStateException when this JVM can't run the one that was asked for
     */
    public Kernel kernel() {
        if (this == SCALAR) {
            return new ScalarKernel();
        }
        Kernel best = Kernels.best();
        if (this == VECTOR && !best.name().startsWith("vector")) {
            throw new IllegalStateException("The vector kernel can't run in this JVM, only " + best.name()
                    + ". Start it with --add-modules jdk.incubator.vector, or ask for the kernel AUTO.");
        }
        return best;
    }
}
