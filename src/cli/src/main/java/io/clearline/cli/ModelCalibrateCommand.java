package io.clearline.cli;

import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.EstimateCalibration;
import io.clearline.training.ModelScores;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Role;
import io.clearline.training.mixing.CalibrationMixtures;
import io.clearline.training.mixing.FixedMixtures;
import io.clearline.unfolding.model.EnhancementModel;
import io.clearline.unfolding.model.ModelId;
import io.clearline.unfolding.model.SdrCalibration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Fits the SDR estimate of a published model anew. */
@Command(
        name = "calibrate",
        description = {
            "Fit a model's SDR estimate anew, and publish the model as a new version. The weights stay as they are.",
            "It is fitted to training and development mixtures and then judged on the test mixtures."
        })
final class ModelCalibrateCommand implements Callable<Integer> {
    private static final int TEST_PER_SNR = 20;

    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "NAME", description = "Channel, name or name@version.")
    private String name;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "corpus",
            description = "Made by: clearline corpus fetch (default: ${DEFAULT-VALUE}).")
    private Path corpus;

    @Override
    public Integer call() throws IOException {
        ModelRepository repository = models.repository();
        ModelArtifact before = repository.artifact(name);
        EnhancementModel model = before.model();
        CorpusManifest manifest = CorpusManifest.read(corpus);
        SdrCalibration calibration =
                EstimateCalibration.of(model, CalibrationMixtures.ofCorpus(corpus, manifest, model.sampleRateHz()));
        EnhancementModel calibrated = new EnhancementModel(
                new ModelId(model.id().name(), repository.nextVersion(model.id().name())),
                model.sampleRateHz(),
                model.stft(),
                model.features(),
                model.network(),
                calibration);
        Map<String, Object> onTest = ModelScores.of(
                        calibrated,
                        FixedMixtures.ofCorpus(corpus, manifest, Role.TEST, model.sampleRateHz(), TEST_PER_SNR))
                .estimateForCard();
        ModelArtifact published =
                repository.publish(calibrated, withScores(before.card().provenance(), model.id(), onTest));
        System.out.printf("Published %s, SHA-256 %s%n", published.model().id(), published.sha256());
        System.out.println("SDR estimate on the test mixtures: " + onTest);
        return 0;
    }

    private static Provenance withScores(Provenance provenance, ModelId before, Map<String, Object> onTest) {
        Map<String, Object> recipe = new LinkedHashMap<>(provenance.recipe());
        recipe.put("weightsOf", before.toString());
        Map<String, Object> scores = new LinkedHashMap<>(provenance.scores());
        scores.put("sdrEstimateOnTest", onTest);
        return new Provenance(provenance.data(), recipe, scores);
    }
}
