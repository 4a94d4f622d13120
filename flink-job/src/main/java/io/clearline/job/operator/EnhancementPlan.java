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

import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import java.io.Serializable;

/**
 * The configuration of the enhancement operator, which is fixed when the job is submitted. Immutable.
 *
 * @param mode delivery mode of the job
 * @param topics topics that records are written to
 * @param models models that streams are enhanced with
 * @param batch how hops are combined into batches
 * @param rules order, gaps and strength of the enhancement
 * @param idleTimeoutMillis LIVE: time without a frame after which a stream is closed
 * @param overload LIVE: behaviour when more frames arrive than can be enhanced in time
 */
public record EnhancementPlan(
        DeliveryMode mode,
        Topics topics,
        PlannedModels models,
        BatchRules batch,
        StreamRules rules,
        long idleTimeoutMillis,
        OverloadRules overload)
        implements Serializable {
    private static final long YEAR_MILLIS = 365L * 86_400_000;

    /** @throws IllegalArgumentException if the idle timeout is out of range */
    public EnhancementPlan {
        requireInRange("milliseconds until a stream is idle", 1, YEAR_MILLIS, idleTimeoutMillis);
    }

    /** Returns the plan without the models, whose files are large. */
    EnhancementPlan withoutModels() {
        return new EnhancementPlan(mode, topics, models.withoutModels(), batch, rules, idleTimeoutMillis, overload);
    }

    /**
     * Checks a number.
     *
     * @param what unit and meaning of the number
     * @throws IllegalArgumentException if it is out of range
     */
    static void requireInRange(String what, long min, long max, long found) {
        if (found < min || found > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " " + what + ", found " + found + ".");
        }
    }
}
