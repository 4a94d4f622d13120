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
package io.clearline.lab.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.testkit.Samples;
import io.clearline.training.Progress;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import io.clearline.training.frames.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole experiment on a corpus of nine recordings, with networks of a few atoms. */
class PaperExperimentTest {
    private static final List<PaperRow> ROWS = List.of(
            PaperRow.deepNmf(2, 0, 3),
            PaperRow.deepNmf(2, 1, 3),
            PaperRow.deepNmf(2, 2, 3),
            PaperRow.deepNmf(2, 3, 3),
            PaperRow.dnn(1, 4),
            PaperRow.multiplicative(2, 1, 3),
            PaperRow.multiplicative(2, 2, 3));

    private static final PaperPlan PLAN =
            new PaperPlan("test", 1, 40, 1.6, 1, 1, 4, 4, 4, 2, 3, 0.05, 0.1, 1e-3, Objective.LOG_SNR, 1, 1, ROWS);

    @TempDir
    private static Path corpus;

    private static List<RowResult> uninterrupted;

    @TempDir
    private Path folder;

    @BeforeAll
    static void anUninterruptedRunOnASmallCorpus(@TempDir Path work) throws Exception {
        List<CorpusManifest.Recording> recordings = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Path> files = kind == Kind.SPEECH ? Samples.speech() : Samples.noise();
            for (Role role : Role.values()) {
                Path file = files.get(role.ordinal());
                Files.copy(file, corpus.resolve(file.getFileName()));
                String name = file.getFileName().toString();
                recordings.add(new CorpusManifest.Recording(name, role, kind, name, 1, false));
            }
        }
        new CorpusManifest(List.of(), recordings, List.of()).write(corpus);
        uninterrupted = run(corpus, work, 99);
    }

    @Test
    void aRunThatWasStoppedBetweenRowsEndsLikeAnUninterruptedOne() throws Exception {
        assertThat(run(corpus, folder, 3)).hasSize(3);
        List<RowResult> resumed = run(corpus, folder, 99);

        assertThat(resumed)
                .extracting(RowResult::id)
                .isEqualTo(ROWS.stream().map(PaperRow::id).toList());
        for (int i = 0; i < ROWS.size(); i++) {
            assertThat(resumed.get(i).sdrOutDb())
                    .containsExactly(uninterrupted.get(i).sdrOutDb());
            assertThat(resumed.get(i).bestStep()).isEqualTo(uninterrupted.get(i).bestStep());
        }
    }

    @Test
    void theNumberOfParametersFollowsTheFormula() {
        int readOut = 201 * 6;
        assertThat(uninterrupted)
                .extracting(RowResult::trainedParameters)
                .startsWith(0L, (long) readOut, 10L * readOut, 19L * readOut);
        assertThat(uninterrupted)
                .extracting(RowResult::parameters)
                .startsWith((long) readOut, 2L * readOut, 11L * readOut);
        assertThat(uninterrupted.get(4).parameters()).isEqualTo(9 * 201 * 4 + 4 + 4 * 201 + 201);
    }

    @Test
    void everyTrainedRowHasItsCurveAndTheMinimumOfIt() {
        for (RowResult row : uninterrupted.subList(1, uninterrupted.size())) {
            assertThat(row.developmentLosses()).as(row.id()).hasSize(3);
            assertThat(row.developmentLoss())
                    .as(row.id())
                    .isEqualTo(Arrays.stream(row.developmentLosses()).min().orElseThrow());
        }
    }

    @Test
    void theMultiplicativeStepTrainsOnItsOwn() {
        RowResult adam = uninterrupted.get(1);
        RowResult multiplicative = uninterrupted.get(5);

        assertThat(multiplicative.developmentLosses()[0]).isEqualTo(adam.developmentLosses()[0]);
        assertThat(multiplicative.developmentLosses()[2])
                .isNotEqualTo(adam.developmentLosses()[2])
                .isLessThan(multiplicative.developmentLosses()[0]);
    }

    @Test
    void theReportNamesMissingRowsAndTheOtherData() throws Exception {
        new PaperReport(PLAN, "abc", uninterrupted.subList(0, 2)).write(folder.resolve("out"));

        assertThat(folder.resolve("out/paper-test.md"))
                .content()
                .contains("its decibels are not the paper's")
                .contains("| sparse NMF, K = 2, C = 0, R = 3 |")
                .contains("**Not run:** deep NMF, K = 2, C = 2, R = 3; deep NMF, K = 2, C = 3, R = 3; DNN 1 x 4;"
                        + " discriminative NMF, K = 2, C = 1, R = 3, multiplicative;"
                        + " deep NMF, K = 2, C = 2, R = 3, multiplicative.")
                .contains("`abc`");
        JsonNode json = new ObjectMapper()
                .readTree(folder.resolve("out/paper-test.json").toFile());
        assertThat(json.get("rows")).hasSize(2);
        assertThat(json.get("corpusManifestSha256").asText()).isEqualTo("abc");
        assertThat(folder.resolve("out/paper-test.png")).isNotEmptyFile();
    }

    @Test
    void aRowCannotRunBeforeTheOneItStartsFrom() throws Exception {
        PaperExperiment experiment = new PaperExperiment(PLAN, corpus, folder);

        assertThatThrownBy(() -> experiment.run(row -> row.trainedSlots() == 2, row -> {}, Progress.NONE))
                .hasMessage("Row nmf-k2-r3-c2 begins with the slots of nmf-k2-r3-c1, which is not done; run that row"
                        + " first.");
    }

    @Test
    void rowsOfAnotherCorpusAreRefused() throws Exception {
        run(corpus, folder, 0);
        Path other = Files.createDirectory(folder.resolve("other"));
        new CorpusManifest(List.of(), List.of(), List.of("one.ogg")).write(other);

        assertThatThrownBy(() -> run(other, folder, 0)).hasMessageContaining("of another plan or corpus");
    }

    private static List<RowResult> run(Path corpus, Path work, int rows) throws Exception {
        int[] left = {rows};
        return new PaperExperiment(PLAN, corpus, work).run(row -> left[0]-- > 0, row -> {}, Progress.NONE);
    }
}
