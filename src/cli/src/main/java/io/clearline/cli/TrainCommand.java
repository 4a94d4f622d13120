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
import io.clearline.inference.network.NetworkParameters;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelNotFoundException;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.Recipe;
import io.clearline.training.TrainingRun;
import io.clearline.training.mixing.Chime2;
import io.clearline.training.mixing.DataReport;
import io.clearline.training.publishing.JudgedSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model by a recipe and publishes it. */
@Command(
        name = "train",
        description =
                "Train a model, check it, and publish it. The same recipe, corpus and seed give the same model; an interrupted run goes on.")
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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
            names = "--chime2",
            paramLabel = "DIR",
            description = "The licensed CHiME-2 track 2 corpus instead: the folder that holds isolated and scaled.")
    private Path chime2;

    @Option(
            names = "--speech",
            paramLabel = "DIR",
            description = "Clean speech of your own instead of a corpus: WAV or FLAC, a subfolder for each speaker; or"
                    + " LibriSpeech, VCTK, VoiceBank+DEMAND, DNS Challenge or MUSAN as they are unpacked.")
    private Path speech;

    @Option(
            names = "--noise",
            paramLabel = "DIR",
            description = "Noise of your own, goes with --speech: WAV or FLAC, a subfolder or a file for each noise; or"
                    + " VoiceBank+DEMAND, DNS Challenge, MUSAN, WHAM or RIRS_NOISES as they are unpacked.")
    private Path noise;

    @Option(
            names = "--rooms",
            paramLabel = "DIR",
            description = "Responses of rooms, goes with --speech: WAV or FLAC. Without it, rooms are made up.")
    private Path rooms;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "out/training",
            description = "Checkpoints and the log of the run (default: ${DEFAULT-VALUE}).")
    private Path work;

    @Option(names = "--steps", paramLabel = "N", description = "Another number of steps than the recipe's.")
    private Integer steps;

    @Option(
            names = "--quick",
            description =
                    "The same road in a few minutes, with few steps: shows that training works, not how good it gets.")
    private boolean quick;

    @Option(
            names = {"--steps-per-look", "--steps-per-report"},
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Steps between two looks at the development set, each with a checkpoint (default: ${DEFAULT-VALUE};"
                            + " with --quick no more than 50).")
    private int stepsPerLook;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "20",
            description = "Looks without a larger gain on the development set after which training ends"
                    + " (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--as-is",
            description = "Train no further: publish the best network that the checkpoints in --work hold.")
    private boolean asIs;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description = "Where to publish (default: the published models).")
    private Path repository;

    @Mixin
    private PublishOptions publishing;

    @Override
    public Integer call() throws IOException {
        Recipe named = Recipe.named(recipe);
        Recipe sized = quick ? named.quick() : named;
        Recipe chosen = steps == null ? sized : sized.withSteps(steps);
        ModelRepository models = Repositories.at(repository);
        TrainingRun run = run(chosen);
        report(run.dataReport());
        run.startingFrom(origins(models, chosen));
        try (TerminalProgress progress = new TerminalProgress()) {
            EnhancementModel trained = run.finished(network(run, progress), models.nextVersion(chosen.model()));
            ModelArtifact published = publishing
                    .publisher(models, judgedSets(chosen), progress)
                    .publish(
                            trained,
                            new Provenance(run.data(), Map.of("recipe", recipe, "shape", chosen.toString()), Map.of()),
                            publishing.despite());
            System.out.printf("Published %s, SHA-256 %s%n", published.model().id(), published.sha256());
            System.out.println("Scores: " + published.card().provenance().scores());
        }
        return 0;
    }

    /** CHiME-2 has mixtures, not voices and noises: the sample recordings have to do. */
    private JudgedSets judgedSets(Recipe chosen) throws IOException {
        if (speech != null) {
            return publishing.ofFolders(speech, noise, chosen.sampleRateHz());
        }
        return chime2 == null
                ? publishing.sets(corpus, chosen.sampleRateHz())
                : publishing.sample(chosen.sampleRateHz());
    }

    private NetworkParameters network(TrainingRun run, TerminalProgress progress) throws IOException {
        return asIs ? run.best() : run.run(progress, quick ? Math.min(stepsPerLook, 50) : stepsPerLook, patience);
    }

    private static void report(DataReport data) {
        if (data == null) {
            return;
        }
        data.lines().forEach(System.out::println);
        data.warnings().forEach(warning -> System.err.println("Warning: " + warning));
    }

    private static List<EnhancementModel> origins(ModelRepository models, Recipe recipe) throws IOException {
        List<EnhancementModel> origins = new ArrayList<>();
        for (String name : recipe.startsFrom()) {
            origins.add(origin(models, name));
        }
        return origins;
    }

    /** From the repository that is published to, else from that of the published models. */
    private static EnhancementModel origin(ModelRepository models, String name) throws IOException {
        try {
            return models.load(name);
        } catch (ModelNotFoundException e) {
            ModelRepository published = Repositories.at(null);
            if (published.list().stream().anyMatch(id -> id.toString().equals(name))) {
                return published.load(name);
            }
            throw new IOException(
                    "The recipe starts from " + name
                            + ", which is not there. Train it first, into the same repository: "
                            + "clearline train --recipe " + name.replaceAll("@.*", "") + ". (" + e.getMessage() + ")",
                    e);
        }
    }

    private TrainingRun run(Recipe chosen) throws IOException {
        if ((speech == null) != (noise == null)) {
            throw new ParameterException(spec.commandLine(), "--speech and --noise go together.");
        }
        if (chime2 != null && Chime2.in(chime2).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--chime2 " + chime2 + " does not hold the folders isolated and scaled.");
        }
        if (chime2 != null) {
            return TrainingRun.onCorpus(chosen, chime2, work);
        }
        return speech == null
                ? TrainingRun.onCorpus(chosen, corpus, work)
                : TrainingRun.onFolders(chosen, speech, noise, rooms, work);
    }
}
