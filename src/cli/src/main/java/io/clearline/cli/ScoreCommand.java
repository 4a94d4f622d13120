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
import io.clearline.evaluation.Machine;
import io.clearline.evaluation.judge.CommandSubject;
import io.clearline.evaluation.judge.FolderSubject;
import io.clearline.evaluation.judge.FolderTrials;
import io.clearline.evaluation.judge.Judge;
import io.clearline.evaluation.judge.Judgement;
import io.clearline.evaluation.judge.JudgementReport;
import io.clearline.evaluation.judge.JudgementText;
import io.clearline.evaluation.judge.Subject;
import io.clearline.evaluation.judge.TrialFiles;
import io.clearline.evaluation.judge.TrialSet;
import io.clearline.evaluation.judge.WrittenTrials;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.training.ModelSubject;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Role;
import io.clearline.training.mixing.JudgeTrials;
import io.clearline.training.mixing.VoicesAndNoises;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clearline score}: scores a model, a command line or enhanced files by the same trials and measures. */
@Command(
        name = "score",
        aliases = "judge",
        description = {
            "Score a model, any command line, or a folder of enhanced files: SDR, SI-SDR, STOI, extended STOI, damage"
                    + " to clean speech, residual noise, onsets, the start of a stream, drift and level.",
            "Trials come from a corpus, from folders of speech and noise, or from folders of clean speech and mixtures."
                    + " Intervals are computed over voices and noises. Use the split dev to select models, and test"
                    + " only for finished ones."
        })
final class ScoreCommand implements Callable<Integer> {
    private static final int DEFAULT_RATE_HZ = 16_000;
    private static final int MIN_RATE_HZ = 8000;
    private static final int MAX_RATE_HZ = 192_000;
    private static final int MAX_THREADS = 1024;

    @Spec
    private CommandSpec spec;

    /** The system to score, or where to write the trials for another system. */
    static final class What {
        @Option(names = "--model", paramLabel = "NAME", description = "Model as channel, name or name@version.")
        private String model;

        @Option(
                names = "--command",
                paramLabel = "COMMAND",
                description =
                        "Command line with {in} and {out} for WAV files, or with {in-dir} and {out-dir} for folders of"
                                + " them, to process all in one run. The system's delay is estimated and compensated.")
        private String command;

        @Option(
                names = "--estimate",
                paramLabel = "DIR",
                description = "Folder of enhanced files, named like those of --mix or like the trials of --trials.")
        private Path estimate;

        @Option(
                names = "--write",
                paramLabel = "DIR",
                description = "Write the trials to DIR/mix and DIR/clean for other systems, without scoring.")
        private Path write;
    }

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description = "Folder of the model repository for --model.")
    private Path repository;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "Folder of the corpus for the trials, from clearline corpus fetch (default: corpus).")
    private Path corpus;

    /** The parts of a corpus by their names on the command line. */
    enum Split {
        DEV(Role.DEVELOPMENT),
        TEST(Role.TEST);

        private final Role role;

        Split(Role role) {
            this.role = role;
        }
    }

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "DEV",
            description = "Part of the corpus: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Split split;

    @Option(
            names = "--speech",
            paramLabel = "DIR",
            description = "Folder of speech for the trials, a subfolder or file for each voice. Requires --noise.")
    private Path speech;

    @Option(names = "--noise", paramLabel = "DIR", description = "Folder of noise, a subfolder or file for each noise.")
    private Path noise;

    @Option(names = "--clean", paramLabel = "DIR", description = "Folder of clean speech. Requires --mix.")
    private Path clean;

    @Option(names = "--mix", paramLabel = "DIR", description = "Folder of mixtures, named like the clean files.")
    private Path mix;

    @Option(names = "--trials", paramLabel = "DIR", description = "Folder of trials written by --write.")
    private Path written;

    @Within(min = MIN_RATE_HZ, max = MAX_RATE_HZ)
    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Sample rate of the trials (default: that of the model, otherwise 16000).")
    private Integer rateHz;

    @Within(min = 1)
    @Option(
            names = "--per-snr",
            paramLabel = "N",
            defaultValue = "" + JudgeTrials.PER_SNR,
            description = "Number of mixtures at each of eight SNRs (default: ${DEFAULT-VALUE}).")
    private int perSnr;

    @Within(min = 1, max = MAX_THREADS)
    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of trials to score at the same time (default: ${DEFAULT-VALUE}); does not affect the"
                    + " scores.")
    private int threads;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the system in reports.")
    private String name;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all scores as JSON, trial by trial.")
    private Path json;

    @Option(names = "--brief", description = "Leave the individual trials out of the JSON.")
    private boolean brief;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "JSON file with the scores of another system on the same trials, to also print the"
                    + " differences.")
    private Path against;

    @Override
    public Integer call() throws IOException {
        EnhancementModel model =
                what.model == null ? null : Repositories.at(repository).load(what.model);
        OutputFolder.create(what.write);
        TrialSet trials = trials(model);
        try (TerminalProgress progress = new TerminalProgress()) {
            if (what.write != null) {
                progress.begin("Writing", trials.labels().size());
                TrialFiles.writeAll(trials, what.write, label -> progress.step(label.name()));
                return 0;
            }
            progress.begin("Scoring", trials.labels().size());
            Judgement judgement = judged(model, trials, progress);
            progress.end();
            report(judgement);
        }
        return 0;
    }

    private Judgement judged(EnhancementModel model, TrialSet trials, TerminalProgress progress) throws IOException {
        try (TemporaryFolder work = TemporaryFolder.create("clearline-score")) {
            return new Judge(threads).judge(subject(model, work.path()), trials, label -> progress.step(label.name()));
        }
    }

    private void report(Judgement judgement) throws IOException {
        System.out.print(JudgementText.of(judgement));
        if (against != null) {
            System.out.println();
            System.out.print(JudgementText.of(judgement.minus(JudgementReport.read(against))));
        }
        if (json != null) {
            JudgementReport.write(judgement, Machine.describe(), !brief, json);
        }
    }

    private TrialSet trials(EnhancementModel model) throws IOException {
        requireTogether("--clean", clean, "--mix", mix);
        requireTogether("--speech", speech, "--noise", noise);
        if (Stream.of(corpus, clean, speech, written).filter(Objects::nonNull).count() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected one source of trials: --corpus, --speech and --noise, --clean and --mix, or --trials.");
        }
        if (clean != null) {
            return new FolderTrials(clean, mix);
        }
        if (written != null) {
            return new WrittenTrials(written);
        }
        int rate = rateHz != null ? rateHz : model == null ? DEFAULT_RATE_HZ : model.sampleRateHz();
        if (speech != null) {
            return new JudgeTrials(
                    VoicesAndNoises.ofFolders(speech, noise, rate),
                    Map.of("speech", speech.toString(), "noise", noise.toString()),
                    perSnr);
        }
        Path folder = corpus == null ? Path.of("corpus") : corpus;
        return JudgeTrials.ofCorpus(folder, CorpusManifest.read(folder), split.role, rate, perSnr);
    }

    private void requireTogether(String one, Path first, String other, Path second) {
        if ((first == null) != (second == null)) {
            throw new ParameterException(spec.commandLine(), one + " and " + other + " must be given together.");
        }
    }

    private Subject subject(EnhancementModel model, Path work) throws IOException {
        if (model != null) {
            return new ModelSubject(model);
        }
        if (what.estimate != null) {
            return new FolderSubject(name == null ? what.estimate.toString() : name, what.estimate);
        }
        return new CommandSubject(name == null ? what.command : name, what.command, work);
    }
}
