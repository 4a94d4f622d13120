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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges a model, a command line, or files that were enhanced already, all by the same trials and measures. */
@Command(
        name = "score",
        aliases = "judge",
        description = {
            "Score a model, any command line, or a folder of enhanced files: SDR, SI-SDR, STOI, extended STOI, damage"
                    + " to clean speech, what is left of noise alone, onsets, the start of a stream, drift, level.",
            "Trials come from a corpus, from folders of speech and noise, or from folders of clean speech and mixtures."
                    + " Intervals are over voices and noises. Models are chosen by the split dev; test is for finished ones."
        })
final class ScoreCommand implements Callable<Integer> {
    private static final int PLAIN_RATE_HZ = 16_000;

    @Spec
    private CommandSpec spec;

    /** What is judged. */
    static final class What {
        @Option(names = "--model", paramLabel = "NAME", description = "A model by channel, name or name@version.")
        private String model;

        @Option(
                names = "--command",
                paramLabel = "COMMAND",
                description =
                        "A command line with {in} and {out}, WAV files, or with {in-dir} and {out-dir}, folders of"
                                + " them, to do all in one run. Delay is found and taken out.")
        private String command;

        @Option(
                names = "--estimate",
                paramLabel = "DIR",
                description = "A folder of enhanced files, named as those of --mix, or as the trials of --trials.")
        private Path estimate;

        @Option(
                names = "--write",
                paramLabel = "DIR",
                description = "Score nothing; write the trials into DIR/mix and DIR/clean, for systems elsewhere.")
        private Path write;
    }

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--model-repository", paramLabel = "DIR", description = "Where --model is looked for.")
    private Path repository;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "Trials from a corpus made by: clearline corpus fetch (default: corpus).")
    private Path corpus;

    /** Which part of a corpus. */
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
            description = "Trials from speech of your own; a subfolder or file for each voice. Goes with --noise.")
    private Path speech;

    @Option(names = "--noise", paramLabel = "DIR", description = "Noise of your own, a subfolder or file for each.")
    private Path noise;

    @Option(names = "--clean", paramLabel = "DIR", description = "Clean speech, file by file. Goes with --mix.")
    private Path clean;

    @Option(names = "--mix", paramLabel = "DIR", description = "The mixtures, named as the clean files.")
    private Path mix;

    @Option(names = "--trials", paramLabel = "DIR", description = "Trials that --write has written.")
    private Path written;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Sample rate of the trials (default: the model's, else 16000).")
    private Integer rateHz;

    @Option(
            names = "--per-snr",
            paramLabel = "N",
            defaultValue = "" + JudgeTrials.PER_SNR,
            description = "Mixtures of each of eight SNRs (default: ${DEFAULT-VALUE}).")
    private int perSnr;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Trials at once (default: ${DEFAULT-VALUE}); changes no figure.")
    private int threads;

    @Option(names = "--name", paramLabel = "NAME", description = "What reports call the system.")
    private String name;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything as JSON too, trial by trial.")
    private Path json;

    @Option(names = "--brief", description = "Leave the single trials out of the JSON.")
    private boolean brief;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "JSON of another system, judged by the same trials: print the differences too.")
    private Path against;

    @Override
    public Integer call() throws IOException {
        EnhancementModel model =
                what.model == null ? null : Repositories.at(repository).load(what.model);
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
        Path work = Files.createTempDirectory("clearline-score");
        try {
            return new Judge(threads).judge(subject(model, work), trials, label -> progress.step(label.name()));
        } finally {
            delete(work);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
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
                    "Trials come from one of --corpus, --speech and --noise, --clean and --mix, or --trials.");
        }
        if (clean != null) {
            return new FolderTrials(clean, mix, what.estimate == null ? Set.of() : FolderTrials.namesIn(what.estimate));
        }
        if (written != null) {
            return new WrittenTrials(written);
        }
        int rate = rateHz != null ? rateHz : model == null ? PLAIN_RATE_HZ : model.sampleRateHz();
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
            throw new ParameterException(spec.commandLine(), one + " and " + other + " go together.");
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
