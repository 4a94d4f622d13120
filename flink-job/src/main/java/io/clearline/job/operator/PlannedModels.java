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
import io.clearline.job.model.ModelFiles;
import java.io.Serializable;
import java.util.List;

/**
 * The models of the operator as known when the job is submitted. Immutable.
 *
 * @param first models that streams start with, at most one for each sample rate
 * @param announced REPLAY: the announcements up to the submission in their order, including refusals
 * @param store store for the files of models, beside the checkpoints; null if checkpoints contain them
 */
public record PlannedModels(List<ModelFiles> first, List<ModelUpdate> announced, ArtifactStore store)
        implements Serializable {
    public PlannedModels {
        first = List.copyOf(first);
        announced = List.copyOf(announced);
    }

    /** Returns the same without the models, whose files are large. */
    PlannedModels withoutModels() {
        return new PlannedModels(List.of(), List.of(), store);
    }
}
