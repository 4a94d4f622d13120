package io.clearline.cli;

import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.Recipe;
import io.clearline.training.TrainingRun;
import io.clearline.unfolding.model.EnhancementModel;
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
            EnhancementModel trained =
                    run.finished(run.run(progress, stepsPerReport), models.nextVersion(chosen.model()));
            ModelArtifact published = models.publish(
                    trained,
                    new Provenance(
                            run.data(), Map.of("recipe", recipe, "shape", chosen.toString()), run.scores(trained)));
            System.out.printf("Published %s, SHA-256 %s%n", published.model().id(), published.sha256());
            System.out.println("Scores: " + published.card().provenance().scores());
        }
        return 0;
    }
}
