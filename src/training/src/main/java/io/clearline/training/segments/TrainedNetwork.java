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
package io.clearline.training.segments;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.network.NetworkParameters;

/**
 * A network for {@link SegmentTrainer}: a vector of unconstrained parameters, and its gradient. Weights that must be
 * positive are the exponentials of their parameters. Implementations are immutable and thread-safe.
 */
public interface TrainedNetwork {
    /** Returns the number of parameters. */
    int size();

    /** Converts parameters to weights: a new array of the same length and order. */
    float[] weights(float[] parameters);

    /** Returns the network for inference. */
    NetworkParameters network(float[] parameters);

    /**
     * Returns a tool that computes gradients on one thread.
     *
     * @param columns number of hops of a batch
     * @param hopsPerSegment number of hops of a mixture
     */
    SegmentGradient gradient(Kernel kernel, SegmentLoss loss, int columns, int hopsPerSegment);
}
