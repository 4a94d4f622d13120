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
package io.clearline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Samples;
import io.clearline.training.frames.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole trainings of tiny networks on the sample recordings. */
class TrainingRunTest {
    /** One per SNR. */
    private static final int DEVELOPMENT_MIXTURES = 6;

    private static final Recipe GRAM = new Recipe(
            "gram",
            16_000,
            256,
            128,
            8,
            2,
            true,
            4,
            4,
            2,
            true,
            6,
            2,
            0.5,
            0.05,
            1,
            NetworkKind.GRAM,
            null,
            null,
            null,
            0,
            null,
            null);

    /** Low bins, averaging, reuse of mixtures, a constant step size before the decline, and every loss term. */
    private static final Recipe EVERY_SWITCH = new Recipe(
            "switches",
            16_000,
            256,
            128,
            4,
            2,
            true,
            4,
            4,
            2,
            true,
            6,
            3,
            0.5,
            0.05,
            1,
            NetworkKind.GRAM,
            null,
            null,
            null,
            6,
            new TrainingMethod(0.9, 0.5, 2, 1e-3, new LossTerms(2, 1, 10, 5, 1e-2)),
            null);

    private static final Recipe LOCAL = new Recipe(
            "local",
            16_000,
            256,
            128,
            8,
            1,
            true,
            3,
            2,
            2,
            false,
            6,
            2,
            0.5,
            0.004,
            1,
            NetworkKind.LOCAL,
            null,
            null,
            null,
            0,
            null,
            new LocalShape(3, 4, 6, 1));

    @TempDir
    private Path folder;

    @BeforeEach
    void speakersAndNoises() throws Exception {
        copy(Samples.speech().subList(0, 6), "speech");
        copy(Samples.noise().subList(0, 3), "noise");
    }

    private void copy(List<Path> files, String kind) throws Exception {
        Files.createDirectory(folder.resolve(kind));
        for (Path file : files) {
            Files.copy(file, folder.resolve(kind).resolve(file.getFileName()));
        }
    }

    static List<Recipe> recipes() {
        return List.of(GRAM, EVERY_SWITCH, LOCAL, deepNmf(Optimiser.ADAM), deepNmf(Optimiser.MULTIPLICATIVE));
    }

    private static Recipe deepNmf(Optimiser optimiser) {
        return new Recipe(
                "deep-nmf",
                16_000,
                128,
                64,
                0,
                2,
                false,
                3,
                3,
                3,
                false,
                6,
                4,
                0.5,
                optimiser == Optimiser.ADAM ? 0.05 : 0.5,
                1,
                NetworkKind.DEEP_NMF,
                new DeepNmfTraining(2, 1, 2, 1, 60, optimiser, Objective.MAGNITUDE),
                null,
                null,
                0,
                null,
                null);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aKilledAndResumedRunGivesTheBytesOfAnUnbrokenOne(Recipe recipe) throws Exception {
        Path unbroken = folder.resolve("unbroken");
        Path resumed = folder.resolve("resumed");
        run(recipe, unbroken).run(Progress.NONE, 2, 9);

        // Killed after an evaluation, then between two.
        for (int steps : new int[] {2, 1}) {
            assertThatThrownBy(() -> run(recipe, resumed).run(new KilledAfter(recipe, steps), 2, 9))
                    .hasMessage("killed");
        }
        run(recipe, resumed).run(Progress.NONE, 2, 9);

        assertThat(resumed.resolve("checkpoint.bin")).hasSameBinaryContentAs(unbroken.resolve("checkpoint.bin"));
        assertThat(resumed.resolve("best.bin")).hasSameBinaryContentAs(unbroken.resolve("best.bin"));
        assertThat(Files.readAllLines(resumed.resolve("training.jsonl"))).hasSize(3);
        assertThat(resumed.resolve("training.png")).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void theBytesDoNotDependOnTheNumberOfCores(Recipe recipe) throws Exception {
        for (int cores : new int[] {1, 3}) {
            ForkJoinPool pool = new ForkJoinPool(cores);
            try {
                pool.submit(() -> run(recipe, folder.resolve("cores" + cores)).run(Progress.NONE, 6, 9))
                        .get();
            } finally {
                pool.shutdown();
            }
        }

        assertThat(folder.resolve("cores1/checkpoint.bin"))
                .hasSameBinaryContentAs(folder.resolve("cores3/checkpoint.bin"));
    }

    @Test
    void aCheckpointOfAnotherRecipeIsRefused() throws Exception {
        Path work = folder.resolve("work");
        run(GRAM, work).run(Progress.NONE, 6, 9);

        assertThatThrownBy(() -> run(GRAM.withSteps(7), work).run(Progress.NONE, 6, 9))
                .hasMessageContaining("belongs to")
                .hasMessageContaining("delete the checkpoint");
    }

    @Test
    void aRunMayBecomeLongerBeforeItsStepSizeDeclines() throws Exception {
        Path lengthened = folder.resolve("lengthened");
        assertThatThrownBy(() -> run(EVERY_SWITCH, lengthened).run(new KilledAfter(EVERY_SWITCH, 2), 2, 9))
                .hasMessage("killed");
        run(EVERY_SWITCH.withSteps(8), lengthened).run(Progress.NONE, 2, 9);
        run(EVERY_SWITCH.withSteps(8), folder.resolve("planned")).run(Progress.NONE, 2, 9);

        assertThat(lengthened.resolve("checkpoint.bin"))
                .hasSameBinaryContentAs(folder.resolve("planned/checkpoint.bin"));
        assertThatThrownBy(() -> run(EVERY_SWITCH.withSteps(12), lengthened).run(Progress.NONE, 2, 9))
                .hasMessageContaining("belongs to a training of 8 steps, not of 12");
    }

    @Test
    void oneSpeakerIsTooFew() throws Exception {
        Path lonely = Files.createDirectories(folder.resolve("lonely/anna"));
        Files.copy(Samples.speech().get(0), lonely.resolve("a.flac"));
        Files.copy(Samples.speech().get(1), lonely.resolve("b.flac"));

        assertThatThrownBy(() -> TrainingRun.onFolders(
                        GRAM, folder.resolve("lonely"), folder.resolve("noise"), null, folder.resolve("work")))
                .hasMessageContaining("at least three speakers")
                .hasMessageContaining("found 1");
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @Test
    void aSilentFileIsNamed() throws Exception {
        for (String speaker : List.of("a", "b", "c")) {
            Path own = Files.createDirectories(folder.resolve("quiet").resolve(speaker));
            AudioFiles.writeWav(own.resolve("said.wav"), new AudioClip(new float[16_000], 16_000));
        }

        assertThatThrownBy(() -> TrainingRun.onFolders(
                                GRAM, folder.resolve("quiet"), folder.resolve("noise"), null, folder.resolve("work"))
                        .run(Progress.NONE, 6, 9))
                .hasMessageContaining("said.wav can't be used: every sample is zero");
        assertThat(folder.resolve("work/checkpoint.bin")).doesNotExist();
    }

    private TrainingRun run(Recipe recipe, Path work) throws Exception {
        return TrainingRun.onFolders(recipe, folder.resolve("speech"), folder.resolve("noise"), null, work)
                .withDevelopmentMixtures(DEVELOPMENT_MIXTURES);
    }

    /** Throws after a number of training steps, to simulate a kill. */
    private static final class KilledAfter implements Progress {
        private final String task;
        private int left;
        private boolean training;

        KilledAfter(Recipe recipe, int steps) {
            task = "Training " + recipe.model();
            left = steps;
        }

        @Override
        public void begin(String name, long steps) {
            training = name.equals(task);
        }

        @Override
        public void step(String message) {
            if (training && --left < 0) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void end() {
            training = false;
        }
    }
}
