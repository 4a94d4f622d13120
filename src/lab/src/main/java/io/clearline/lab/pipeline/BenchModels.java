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
package io.clearline.lab.pipeline;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.job.model.ShippedModel;
import io.clearline.lab.kernel.PaperNetwork;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The paper's topology as a model that the job can run: its weights are made up, which does not change its cost.
 * Stateless.
 */
public final class BenchModels {
    /** The name under which it can be asked for. */
    public static final String PAPER = "paper";

    private static final int SAMPLE_RATE_HZ = 16_000;
    /** 25 ms and 10 ms. */
    private static final StftSpec STFT = new StftSpec(400, 160);

    private static final int CONTEXT_FRAMES = 9;
    private static final double KULLBACK_LEIBLER = 1;

    private BenchModels() {}

    /** Publishes it in a repository of its own. */
    public static void publishPaper(Path repository) throws IOException {
        new ModelRepository(repository).publish(model(), Provenance.unknown());
    }

    /** As the job carries it. */
    public static ShippedModel paper() {
        ArtifactFiles files = ModelArtifact.write(model(), Provenance.unknown());
        return new ShippedModel(files.safetensors(), files.card());
    }

    private static EnhancementModel model() {
        FeatureSpec features = new FeatureSpec(CONTEXT_FRAMES, Optional.empty(), Optional.empty(), Optional.empty());
        return new EnhancementModel(
                new ModelId(PAPER, "1"),
                SAMPLE_RATE_HZ,
                STFT,
                features,
                PaperNetwork.of(KULLBACK_LEIBLER),
                SdrCalibration.uncalibrated());
    }
}
