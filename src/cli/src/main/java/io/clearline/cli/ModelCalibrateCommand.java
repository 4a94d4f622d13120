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
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.EstimateCalibration;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.mixing.CalibrationMixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code clearline model calibrate}: refits the SDR estimate of a published model. */
@Command(
        name = "calibrate",
        description = {
            "Refit the SDR estimate of a model and publish the result as a new version. The weights do not change.",
            "The estimate is fitted to training and development mixtures. The new version is checked and scored"
                    + " like any"
                    + " other model."
        })
final class ModelCalibrateCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "NAME", description = "Channel, name or name@version.")
    private String name;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "corpus",
            description = "Folder of the corpus, from clearline corpus fetch (default: ${DEFAULT-VALUE}).")
    private Path corpus;

    @Mixin
    private PublishOptions publishing;

    @Override
    public Integer call() throws IOException {
        ModelRepository repository = models.repository();
        ModelArtifact before = repository.artifact(name);
        EnhancementModel model = before.model();
        CorpusManifest manifest = CorpusManifest.read(corpus);
        SdrCalibration calibration =
                EstimateCalibration.of(model, CalibrationMixtures.ofCorpus(corpus, manifest, model.sampleRateHz()));
        String modelName = model.id().name();
        EnhancementModel calibrated = model.as(new ModelId(modelName, repository.nextVersion(modelName)))
                .calibratedBy(calibration);
        try (TerminalProgress progress = new TerminalProgress()) {
            ModelArtifact published = publishing
                    .publisher(repository, publishing.sets(corpus, model.sampleRateHz()), progress)
                    .publish(calibrated, weightsOf(before), publishing.despite());
            System.out.println("Published " + ModelCommand.text(published));
            System.out.println("Scores: " + published.card().provenance().scores());
        }
        return 0;
    }

    /** Returns the provenance of the weights, with a reference to the model that they come from. */
    private static Provenance weightsOf(ModelArtifact before) {
        Provenance provenance = before.card().provenance();
        Map<String, Object> recipe = new LinkedHashMap<>(provenance.recipe());
        recipe.put("weightsOf", before.model().id().toString());
        return new Provenance(provenance.data(), recipe, Map.of());
    }
}
