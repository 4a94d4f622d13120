package io.clearline.cli;

import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.Recipe;
import io.clearline.training.TrainingRun;
import io.clearline.unfolding.model.EnhancementModel;
import io.clearline.unfolding.model.ModelId;
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
            ModelArtifact published = models.publish(
                    named(trained, models.nextVersion(chosen.model())),
                    new Provenance(Map.of(), Map.of("recipe", recipe, "steps", chosen.steps()), Map.of()));
            System.out.println("Published " + published.model().id() + ", SHA-256 " + published.sha256());
        }
        return 0;
    }

    private static EnhancementModel named(EnhancementModel model, String version) {
        return new EnhancementModel(
                new ModelId(model.id().name(), version),
                model.sampleRateHz(),
                model.stft(),
                model.features(),
                model.network(),
                model.calibration());
    }
}
