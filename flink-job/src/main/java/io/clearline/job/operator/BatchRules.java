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
package io.clearline.job.operator;

import io.clearline.inference.kernel.KernelChoice;
import io.clearline.kafka.FrameGathering;
import java.io.Serializable;

/**
 * How hops are computed together. Changes the speed, never the samples.
 *
 * @param kernel what computes
 * @param width hops that share a kernel call
 * @param lingerMillis LIVE: how long a hop waits at most for others, see {@link FrameGathering}; 0: none waits
 * @param warmUp whether a model runs on made-up input before its first hop, so that no hop waits for the JIT compiler
 */
public record BatchRules(KernelChoice kernel, int width, long lingerMillis, boolean warmUp) implements Serializable {
    /** A batch's arrays grow with its width; beyond a few dozen hops it gets no faster. */
    private static final int MAX_WIDTH = 1024;

    private static final long DAY_MILLIS = 86_400_000;

    /** With warm-up. */
    public BatchRules(KernelChoice kernel, int width, long lingerMillis) {
        this(kernel, width, lingerMillis, true);
    }

    public BatchRules {
        EnhancementPlan.requireWithin("hops in a batch", 1, MAX_WIDTH, width);
        EnhancementPlan.requireWithin("milliseconds that a hop waits", 0, DAY_MILLIS, lingerMillis);
    }
}
