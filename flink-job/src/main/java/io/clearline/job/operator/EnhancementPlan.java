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
 * What the enhancement operator is told when the job is submitted.
 *
 * @param topics where records go
 * @param models what streams are enhanced with
 * @param batch how hops are computed together
 * @param rules of order, gaps and strength
 * @param idleTimeoutMillis LIVE: after so long without a frame a stream is closed
 * @param overload LIVE: what happens when more comes than can be enhanced in time
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

    public EnhancementPlan {
        requireWithin("milliseconds until a stream is idle", 1, YEAR_MILLIS, idleTimeoutMillis);
    }

    /** The same without the models, whose bytes are large. */
    EnhancementPlan withoutModels() {
        return new EnhancementPlan(mode, topics, models.withoutModels(), batch, rules, idleTimeoutMillis, overload);
    }

    static void requireWithin(String what, long min, long max, long found) {
        if (found < min || found > max) {
            throw new IllegalArgumentException(
                    "Expected " + min + " to " + max + " " + what + ", found " + found + ".");
        }
    }
}
