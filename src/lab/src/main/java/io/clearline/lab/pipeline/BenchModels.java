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
import io.clearline.job.model.ModelFiles;
import io.clearline.lab.kernel.PaperNetwork;
import io.clearline.modelstore.ArtifactFiles;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The topology of the paper as a model that the job can run. Its weights are random, which does not change its cost.
 * Stateless.
 */
public final class BenchModels {
    /** Name of the model on the command line and in its repository. */
    public static final String PAPER = "paper";

    private static final int SAMPLE_RATE_HZ = 16_000;
    /** A window of 25 ms and a hop of 10 ms. */
    private static final StftSpec STFT = new StftSpec(400, 160);

    private static final int CONTEXT_FRAMES = 9;
    private static final double KULLBACK_LEIBLER_BETA = 1;

    private BenchModels() {}

    /** Publishes the model in a repository. */
    public static void publishPaper(Path repository) throws IOException {
        new ModelRepository(repository).publish(model(), Provenance.unknown());
    }

    /** Returns the model in the form in which a job graph carries it. */
    public static ModelFiles paper() {
        ArtifactFiles files = ModelArtifact.write(model(), Provenance.unknown());
        return new ModelFiles(files.safetensors(), files.card());
    }

    private static EnhancementModel model() {
        FeatureSpec features = new FeatureSpec(CONTEXT_FRAMES, Optional.empty(), Optional.empty(), Optional.empty());
        return new EnhancementModel(
                new ModelId(PAPER, "1"),
                SAMPLE_RATE_HZ,
                STFT,
                features,
                PaperNetwork.of(KULLBACK_LEIBLER_BETA),
                SdrCalibration.uncalibrated());
    }
}
