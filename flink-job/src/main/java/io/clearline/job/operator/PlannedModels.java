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

import io.clearline.job.model.ArtifactStore;
import io.clearline.job.model.ShippedModel;
import java.io.Serializable;
import java.util.List;

/**
 * What the operator is told of models when the job is submitted.
 *
 * @param first what streams begin with, at most one for each sample rate
 * @param announced REPLAY: what was announced for the time after, in that order, refusals among it
 * @param store beside the checkpoints, for the bytes of models; null: checkpoints hold them
 */
public record PlannedModels(List<ShippedModel> first, List<ModelUpdate> announced, ArtifactStore store)
        implements Serializable {
    public PlannedModels {
        first = List.copyOf(first);
        announced = List.copyOf(announced);
    }

    /** The same without the models, whose bytes are large. */
    PlannedModels withoutModels() {
        return new PlannedModels(List.of(), List.of(), store);
    }
}
