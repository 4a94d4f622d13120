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
 * A kind of network as {@link SegmentTrainer} sees it: one array of parameters that the optimiser may move anywhere.
 * Weights that must stay positive are exponentials of their parameters. Immutable; safe to share between threads.
 */
public interface TrainedNetwork {
    /** Number of parameters. */
    int size();

    /** The weights of parameters, as many, each at its parameter's place. */
    float[] weights(float[] parameters);

    /** The network as inference runs it. */
    NetworkParameters network(float[] parameters);

    /**
     * A tool that computes gradients; for one thread.
     *
     * @param columns hops of one batch
     * @param hopsPerSegment hops of one of its mixtures
     */
    SegmentGradient gradient(Kernel kernel, SegmentLoss loss, int columns, int hopsPerSegment);
}
