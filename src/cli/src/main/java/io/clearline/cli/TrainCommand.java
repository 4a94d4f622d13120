package io.clearline.cli;

import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.DevelopmentScores;
import io.clearline.training.Recipe;
import io.clearline.training.TrainingRun;
import io.clearline.unfolding.model.EnhancementModel;
import io.clearline.unfolding.model.ModelId;
import io.clearline.unfolding.model.SdrCalibration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a model by a recipe and publishes it. */
@Command(
        name = "train",
        description =
                "Train a model and publish it. The same recipe, corpus and seed give the same model; an interrupted run goes on.")
final class TrainCommand implements Callable<Integer> {
    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "live-16k",
            description = "Shape and training of the model (default: ${DEFAULT-VALUE}).")
    private String recipe;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "corpus",
            description = "Made by: clearline corpus fetch (default: ${DEFAULT-VALUE}).")
    private Path corpus;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "out/training",
            description = "Checkpoints and the log of the run (default: ${DEFAULT-VALUE}).")
    private Path work;

    @Option(names = "--steps", paramLabel = "N", description = "Another number of steps than the recipe's.")
    private Integer steps;

    @Option(
            names = "--steps-per-report",
            paramLabel = "N",
            defaultValue = "200",
            description = "Steps between two checkpoints (default: ${DEFAULT-VALUE}).")
    private int stepsPerReport;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description = "Where to publish (default: the published models).")
    private Path repository;

    @Override
    public Integer call() throws IOException {
        Recipe named = Recipe.named(recipe);
        Recipe chosen = steps == null ? named : named.withSteps(steps);
        ModelRepository models = Repositories.at(repository);
        TrainingRun run = TrainingRun.onCorpus(chosen, corpus, work);
        try (TerminalProgress progress = new TerminalProgress()) {
            EnhancementModel trained = run.model(run.run(progress, stepsPerReport));
            DevelopmentScores scores = DevelopmentScores.of(trained, run.development());
            ModelArtifact published = models.publish(
                    finished(trained, models.nextVersion(chosen.model()), scores.calibration()),
                    new Provenance(run.data(), Map.of("recipe", recipe, "shape", chosen.toString()), scores.forCard()));
            System.out.printf(
                    "Published %s, SHA-256 %s, SDR gain %.2f dB on the development mixtures%n",
                    published.model().id(), published.sha256(), scores.meanSdrGainDb());
        }
        return 0;
    }

    private static EnhancementModel finished(EnhancementModel model, String version, SdrCalibration calibration) {
        return new EnhancementModel(
                new ModelId(model.id().name(), version),
                model.sampleRateHz(),
                model.stft(),
                model.features(),
                model.network(),
                calibration);
    }
}
