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
package io.clearline.evaluation.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectsTest {
    private static final FakeTrials TRIALS = new FakeTrials();

    @TempDir
    private Path folder;

    private Judgement judge(Subject subject, TrialSet trials) throws IOException {
        return new Judge(2).judge(subject, trials, label -> {});
    }

    private static double meanGainDb(Judgement judgement) {
        return Summary.of(judgement.of(TrialKind.MIXTURE), Measure.SDR_GAIN_DB)
                .mean()
                .mean();
    }

    @Test
    void aCommandRunsOnceForEachTrial() throws IOException {
        Judgement judgement = judge(new CommandSubject("copy", "cp {in} {out}", folder), TRIALS);
        assertThat(judgement.subject()).isEqualTo("copy");
        assertThat(Math.abs(meanGainDb(judgement))).isLessThan(0.01);
        assertThat(judgement.trials()).hasSize(TRIALS.labels().size());
    }

    @Test
    void aCommandMayProcessAllTrialsInOneRun() throws IOException {
        Path runs = folder.resolve("runs");
        String command = "echo run >> " + runs + " && cp {in-dir}/* {out-dir}";
        Judgement judgement = judge(new CommandSubject("copy", command, folder), TRIALS);
        assertThat(Math.abs(meanGainDb(judgement))).isLessThan(0.01);
        assertThat(runs).hasContent("run");
    }

    @Test
    void aFailureOfACommandIncludesItsOutput() {
        CommandSubject failing = new CommandSubject("x", "echo no licence; exit 3; {in} {out}", folder);
        assertThatThrownBy(() -> judge(failing, TRIALS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no licence");
    }

    /** The trials of this test would take hours if each waited for the program in the background. */
    @Test
    void aCommandHasEndedWhenItsShellHas() throws IOException {
        Path started = folder.resolve("started");
        String command = "sleep 3600 & echo $! >> " + started + "; cp {in} {out}";
        Judgement judgement = judge(new CommandSubject("copy", command, folder), TRIALS);
        assertThat(judgement.trials()).hasSize(TRIALS.labels().size());
        for (String process : Files.readAllLines(started)) {
            ProcessHandle sleeping = ProcessHandle.of(Long.parseLong(process)).orElseThrow();
            assertThat(sleeping.destroy()).isTrue();
        }
    }

    @Test
    void onlyTheEndOfAFailuresOutputIsReported() {
        String command = "yes first | head -n 20000; echo last; exit 3; {in} {out}";
        assertThatThrownBy(() -> judge(new CommandSubject("x", command, folder), TRIALS))
                .hasMessageEndingWith("last\n")
                .satisfies(error -> assertThat(error.getMessage().length()).isLessThan(1000));
    }

    @Test
    void aCommandMustNameItsFiles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandSubject("x", "denoise {in}", folder))
                .withMessageContaining("{out}");
    }

    @Test
    void writtenTrialsScoreLikeTheOriginalTrials() throws IOException {
        TrialFiles.writeAll(TRIALS, folder, label -> {});
        WrittenTrials written = new WrittenTrials(folder);
        assertThat(written.labels()).isEqualTo(TRIALS.labels());
        Judgement judgement = judge(new FolderSubject("mix", folder.resolve("mix")), written);
        assertThat(meanGainDb(judgement)).isZero();
        assertThat(judgement.trialSet()).isEqualTo(TRIALS.description());
    }

    @Test
    void filesOfTwoFoldersAreMatchedByName() throws IOException {
        TrialFiles.writeAll(TRIALS, folder, label -> {});
        Set<String> names = Set.of("trial-0", "trial-3");
        for (TrialLabel label : TRIALS.labels()) {
            if (!names.contains(label.name())) {
                Files.delete(folder.resolve("mix/" + label.name() + ".wav"));
            }
        }
        FolderTrials trials = new FolderTrials(folder.resolve("clean"), folder.resolve("mix"));
        assertThat(trials.labels()).extracting(TrialLabel::name).containsExactlyInAnyOrderElementsOf(names);
        Judgement judgement = judge(new FolderSubject("clean", folder.resolve("clean")), trials);
        assertThat(meanGainDb(judgement)).isGreaterThan(20);
    }

    @Test
    void everyMissingCounterpartIsNamed() throws IOException {
        TrialFiles.writeAll(TRIALS, folder, label -> {});
        Files.delete(folder.resolve("clean/trial-0.wav"));
        Files.delete(folder.resolve("clean/trial-1.wav"));
        assertThatThrownBy(() -> new FolderTrials(folder.resolve("clean"), folder.resolve("mix")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("trial-0 in")
                .hasMessageContaining("trial-1 in");
    }

    @Test
    void everyTrialNeedsAnEnhancedFile() throws IOException {
        AudioFiles.writeWav(folder.resolve("trial-0.wav"), new AudioClip(new float[100], FakeTrials.RATE_HZ));
        assertThatThrownBy(() -> judge(new FolderSubject("x", folder), TRIALS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("trial-1")
                .hasMessageContaining("missing " + (TRIALS.labels().size() - 1))
                .hasMessageNotContaining("trial-0");
    }
}
