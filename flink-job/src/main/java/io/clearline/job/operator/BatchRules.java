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
 * How hops are combined into batches. Affects the speed, but never the samples. Immutable.
 *
 * @param kernel kernel that computes the batches
 * @param width number of hops that share a kernel call
 * @param lingerMillis LIVE: longest time that a hop waits for others, see {@link FrameGathering}; 0 disables waiting
 * @param warmUp whether a model runs on artificial input before its first hop, so that its code is compiled by then
 */
public record BatchRules(KernelChoice kernel, int width, long lingerMillis, boolean warmUp) implements Serializable {
    /** The arrays of a batch grow with its width, while the speed does not increase beyond a few dozen hops. */
    private static final int MAX_WIDTH = 1024;

    private static final long DAY_MILLIS = 86_400_000;

    /** Creates rules with warm-up. */
    public BatchRules(KernelChoice kernel, int width, long lingerMillis) {
        this(kernel, width, lingerMillis, true);
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public BatchRules {
        EnhancementPlan.requireInRange("hops in a batch", 1, MAX_WIDTH, width);
        EnhancementPlan.requireInRange("milliseconds that a hop waits", 0, DAY_MILLIS, lingerMillis);
    }
}
