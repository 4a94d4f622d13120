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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgementReportTest {
    private static final Judgement JUDGEMENT = new Judgement(
            "fake",
            Map.of("corpus", "none"),
            12.5,
            List.of(
                    mixture("a", "tea", "rain", 5, 1, true),
                    mixture("b", "tea", "drill", 7, -2, true),
                    mixture("c", "cup", "rain", 3, 3, false)));

    @TempDir
    private Path folder;

    private static ScoredTrial mixture(
            String name, String voice, String noise, double gainDb, double estimateErrorDb, boolean inBand) {
        return new ScoredTrial(
                new TrialLabel(name, TrialKind.MIXTURE, voice, noise, 3),
                Map.of(
                        Measure.SDR_GAIN_DB,
                        gainDb,
                        Measure.SDR_OUT_DB,
                        gainDb + 3,
                        Measure.ESTIMATE_ERROR_DB,
                        estimateErrorDb,
                        Measure.ESTIMATE_IN_BAND,
                        inBand ? 1.0 : 0));
    }

    @Test
    void aWrittenReportCanBeRead() throws IOException {
        Path file = folder.resolve("judgement.json");
        JudgementReport.write(JUDGEMENT, Map.of("jdk", "17"), true, file);
        Judgement read = JudgementReport.read(file);
        assertThat(read.trials()).isEqualTo(JUDGEMENT.trials());
        assertThat(read.subject()).isEqualTo("fake");
    }

    @Test
    void aFileWithoutTrialsCannotBeCompared() throws IOException {
        Path file = folder.resolve("brief.json");
        JudgementReport.write(JUDGEMENT, Map.of(), false, file);
        assertThatThrownBy(() -> JudgementReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--brief");
    }

    @Test
    void aSystemDoesNotDifferFromItself() {
        Judgement difference = JUDGEMENT.minus(JUDGEMENT);
        Summary gain = Summary.of(difference.noisyMixtures(), Measure.SDR_GAIN_DB);
        assertThat(gain.count()).isEqualTo(3);
        assertThat(gain.mean()).isEqualTo(new Interval(0, 0, 0));
    }

    @Test
    void theQualityOfTheEstimateIncludesItsBiasByNoise() {
        EstimateQuality quality = EstimateQuality.of(JUDGEMENT.noisyMixtures());
        assertThat(quality.meanAbsoluteErrorDb()).isEqualTo(2);
        assertThat(quality.coverage()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(quality.biasDbByNoise()).containsExactly(Map.entry("drill", -2.0), Map.entry("rain", 2.0));
    }

    @Test
    void tablesShowVoicesNoisesAndTheEstimate() {
        String text = JudgementText.of(JUDGEMENT);
        assertThat(text)
                .contains("fake on {corpus=none}", "delayed by 12.5 ms", "By voice", "  tea", "bias with drill");
    }
}
