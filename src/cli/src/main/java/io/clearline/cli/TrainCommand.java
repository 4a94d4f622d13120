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

import io.clearline.cli.audio.OutputFolder;
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

/** {@code clearline train}: trains a model by a recipe and publishes it. */
@Command(
        name = "train",
        description =
                "Train a model, check it, and publish it. The same recipe, corpus and seed give the same model. To"
                        + " continue an interrupted run, run the same command again.")
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "live-16k",
            description = "Recipe, which defines the architecture and the training (default: ${DEFAULT-VALUE}).")
    private String recipe;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "corpus",
            description = "Folder of the corpus, from clearline corpus fetch (default: ${DEFAULT-VALUE}).")
    private Path corpus;

    @Option(
            names = "--chime2",
            paramLabel = "DIR",
            description = "Train on the licensed CHiME-2 track 2 corpus in this folder, with the subfolders isolated"
                    + " and scaled.")
    private Path chime2;

    @Option(
            names = "--speech",
            paramLabel = "DIR",
            description =
                    "Folder of clean speech to train on instead of a corpus: WAV or FLAC files, with a subfolder for"
                            + " each speaker, or the unpacked LibriSpeech, VCTK, VoiceBank+DEMAND, DNS Challenge or"
                            + " MUSAN. Requires --noise.")
    private Path speech;

    @Option(
            names = "--noise",
            paramLabel = "DIR",
            description = "Folder of noise: WAV or FLAC files, with a subfolder or file for each noise, or the unpacked"
                    + " VoiceBank+DEMAND, DNS Challenge, MUSAN, WHAM or RIRS_NOISES. Requires --speech.")
    private Path noise;

    @Option(
            names = "--rooms",
            paramLabel = "DIR",
            description = "Folder of room impulse responses for --speech, as WAV or FLAC files (default: simulated"
                    + " rooms).")
    private Path rooms;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "out/training",
            description = "Folder for the checkpoints and the log of the run (default: ${DEFAULT-VALUE}).")
    private Path work;

    @Within(min = 1)
    @Option(names = "--steps", paramLabel = "N", description = "Number of training steps (default: the recipe's).")
    private Integer steps;

    @Option(
            names = "--quick",
            description =
                    "Train for a few minutes only, to test the procedure. The model does not reach a useful quality.")
    private boolean quick;

    @Within(min = 1)
    @Option(
            names = {"--steps-per-look", "--steps-per-report"},
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Number of steps between evaluations on the development set. Each evaluation writes a checkpoint"
                            + " (default: ${DEFAULT-VALUE}; with --quick at most 50).")
    private int stepsPerLook;

    @Within(min = 1)
    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Number of evaluations without an improvement on the development set after which training ends"
                            + " (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--as-is",
            description = "Publish the best network of the checkpoints in --work without further training.")
    private boolean asIs;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description = "Folder of the model repository to publish to (default: the published models).")
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
        OutputFolder.create(work);
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

    /**
     * Returns the trials for checks and scores. CHiME-2 contains mixtures, not separate voices and noises, so the
     * sample recordings are used with it.
     */
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

    /** Returns a model to start from, of the repository to publish to or else of the published models. */
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
                            + ", which does not exist. Train it first, into the same repository: "
                            + "clearline train --recipe " + name.replaceAll("@.*", "") + ". (" + e.getMessage() + ")",
                    e);
        }
    }

    private TrainingRun run(Recipe chosen) throws IOException {
        if ((speech == null) != (noise == null)) {
            throw new ParameterException(spec.commandLine(), "--speech and --noise must be given together.");
        }
        if (chime2 != null && Chime2.in(chime2).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected the folders isolated and scaled in --chime2 " + chime2 + ", found neither.");
        }
        if (chime2 != null) {
            return TrainingRun.onCorpus(chosen, chime2, work);
        }
        return speech == null
                ? TrainingRun.onCorpus(chosen, corpus, work)
                : TrainingRun.onFolders(chosen, speech, noise, rooms, work);
    }
}
