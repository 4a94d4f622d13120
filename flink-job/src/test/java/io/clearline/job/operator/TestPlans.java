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
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.model.ArtifactStore;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.overload.OverloadRules;
import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Plans of the operator for tests: one model, short times, and otherwise the defaults of the job. */
final class TestPlans {
    private TestPlans() {}

    static EnhancementPlan plan(EnhancementModel model) {
        return plan(model, DeliveryMode.LIVE, OverloadRules.NONE);
    }

    static EnhancementPlan plan(EnhancementModel model, DeliveryMode mode, OverloadRules overload) {
        return plan(model, List.of(), mode, overload);
    }

    static EnhancementPlan plan(
            EnhancementModel model, List<ModelUpdate> announced, DeliveryMode mode, OverloadRules overload) {
        return new EnhancementPlan(
                mode,
                Topics.DEFAULT,
                new PlannedModels(List.of(shipped(model)), announced, null),
                // No warm-up: tests create hundreds of operators, and don't depend on the speed of the first hops.
                new BatchRules(KernelChoice.SCALAR, 8, 2, false),
                mode == DeliveryMode.LIVE
                        ? StreamRules.DEFAULT.withReorderTimeoutMillis(OperatorHarness.REORDER_MILLIS)
                        : StreamRules.DEFAULT,
                OperatorHarness.IDLE_MILLIS,
                overload);
    }

    static EnhancementPlan plan(EnhancementModel model, ArtifactStore store) {
        EnhancementPlan plan = plan(model);
        return new EnhancementPlan(
                plan.mode(),
                plan.topics(),
                new PlannedModels(plan.models().first(), List.of(), store),
                plan.batch(),
                plan.rules(),
                plan.idleTimeoutMillis(),
                plan.overload());
    }

    static EnhancementPlan replayPlan(EnhancementModel model, List<ModelUpdate> announced) {
        return plan(model, announced, DeliveryMode.REPLAY, OverloadRules.NONE);
    }

    /** Returns the files of a model, as a job is started with them. */
    static ModelFiles shipped(EnhancementModel model) {
        ArtifactFiles files = ModelArtifact.write(model, Provenance.unknown());
        return new ModelFiles(files.safetensors(), files.card());
    }

    /** Returns the update for an announced model. */
    static ModelUpdate update(EnhancementModel model, long fromMicros) {
        try {
            return ModelUpdate.verified(shipped(model), fromMicros, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
