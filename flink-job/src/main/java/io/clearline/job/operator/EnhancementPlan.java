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

import io.clearline.job.KernelChoice;
import io.clearline.job.model.ArtifactStore;
import io.clearline.job.model.ShippedModel;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import java.io.Serializable;
import java.util.List;

/**
 * What the enhancement operator is told when the job is submitted.
 *
 * @param models at most one for each sample rate
 * @param announced REPLAY: what was announced for the time after, in that order, refusals among it
 * @param store beside the checkpoints, for the bytes of models; null: checkpoints hold them
 * @param batchWidth hops that share a kernel call
 * @param lingerMillis LIVE: how long a hop may wait for others; 0 until the input is empty
 * @param idleTimeoutMillis LIVE: after so long without a frame a stream is closed
 * @param overload LIVE: what happens when more comes than can be enhanced in time
 */
public record EnhancementPlan(
        DeliveryMode mode,
        Topics topics,
        List<ShippedModel> models,
        List<ModelUpdate> announced,
        ArtifactStore store,
        KernelChoice kernel,
        int batchWidth,
        long lingerMillis,
        StreamRules rules,
        long idleTimeoutMillis,
        OverloadRules overload)
        implements Serializable {
    /** A batch's arrays grow with its width; beyond a few dozen hops it gets no faster. */
    private static final int WIDEST_BATCH = 1024;

    private static final long DAY_MILLIS = 86_400_000;

    public EnhancementPlan {
        requireWithin("hops in a batch", 1, WIDEST_BATCH, batchWidth);
        requireWithin("milliseconds that a hop waits", 0, DAY_MILLIS, lingerMillis);
        requireWithin("milliseconds until a stream is idle", 1, 365 * DAY_MILLIS, idleTimeoutMillis);
    }

    /** The same without the models, whose bytes are large. */
    EnhancementPlan withoutModels() {
        return new EnhancementPlan(
                mode,
                topics,
                List.of(),
                List.of(),
                store,
                kernel,
                batchWidth,
                lingerMillis,
                rules,
                idleTimeoutMillis,
                overload);
    }

    private static void requireWithin(String what, long least, long most, long found) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(
                    "Expected " + least + " to " + most + " " + what + ", found " + found + ".");
        }
    }
}
