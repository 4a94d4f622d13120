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
package io.clearline.cli;

import io.clearline.inference.model.EnhancementModel;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.training.EstimateCalibration;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.mixing.CalibrationMixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clearline model publish}: checks a model and adds it to the repository. */
@Command(
        name = "publish",
        description = {
            "Check a model and add it to the repository. A model that fails is refused with the reason. The"
                    + " checks cover"
                    + " hostile audio, NaN and infinite values, level, multiply-adds, algorithmic delay, state,"
                    + " damage to"
                    + " clean speech, and the gain on the development set.",
            "With a corpus, the SDR estimate is refitted, and the model is scored on the development set for the checks"
                    + " and on the test set for its card. Without a corpus, the sample recordings are used."
        })
final class ModelPublishCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "DIR", description = "Folder with model.safetensors and card.json.")
    private Path folder;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "corpus",
            description = "Folder of the corpus, from clearline corpus fetch (default: ${DEFAULT-VALUE}).")
    private Path corpus;

    @Option(names = "--keep-estimate", description = "Keep the model's SDR estimate instead of refitting it.")
    private boolean keepEstimate;

    @Mixin
    private PublishOptions publishing;

    @Override
    public Integer call() throws IOException {
        ModelArtifact artifact = ModelArtifact.read(folder);
        ModelRepository repository = models.repository();
        try (TerminalProgress progress = new TerminalProgress()) {
            ModelArtifact published = publishing
                    .publisher(
                            repository, publishing.sets(corpus, artifact.model().sampleRateHz()), progress)
                    .publish(calibrated(artifact.model()), artifact.card().provenance(), publishing.despite());
            System.out.println("Published " + ModelCommand.text(published));
        }
        return 0;
    }

    private EnhancementModel calibrated(EnhancementModel model) throws IOException {
        if (keepEstimate || !PublishOptions.isCorpus(corpus)) {
            return model;
        }
        CorpusManifest manifest = CorpusManifest.read(corpus);
        return model.calibratedBy(
                EstimateCalibration.of(model, CalibrationMixtures.ofCorpus(corpus, manifest, model.sampleRateHz())));
    }
}
