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
package io.clearline.lab.mrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MrfExperimentTest {
    private static List<MrfResult> results;

    @BeforeAll
    static void run() {
        results = new MrfExperiment(MrfPlan.quick()).run(Progress.NONE);
    }

    @Test
    void trainedBeliefPropagationIsBetterThanTrainedMeanFieldOnEveryField() {
        assertThat(results).hasSize(6);
        for (int i = 0; i < results.size(); i += 2) {
            MrfResult meanField = results.get(i);
            MrfResult beliefPropagation = results.get(i + 1);
            assertThat(meanField.trained().bits())
                    .isLessThan(meanField.untrained().bits());
            assertThat(beliefPropagation.trained().bits())
                    .isLessThan(beliefPropagation.untrained().bits())
                    .isLessThan(meanField.trained().bits())
                    .isGreaterThan(beliefPropagation.exact().bits());
            assertThat(meanField.parameters()).isEqualTo(beliefPropagation.parameters());
        }
    }

    @Test
    void theSamePlanGivesTheSameNumbers() {
        assertThat(new MrfExperiment(MrfPlan.quick()).run(Progress.NONE)).isEqualTo(results);
    }

    @Test
    void theReportContainsTablesAndAChart(@TempDir Path folder) throws IOException {
        new MrfReport(MrfPlan.quick(), results, 12.3).write(folder);

        assertThat(Files.readString(folder.resolve("mrf-quick.md")))
                .contains("clearline-lab experiment mrf --quick", "| mean field | 3 |", "| belief propagation | 3 |")
                .contains("3 of 3", "Seed 1. The run took 12 s");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("mrf-quick.json").toFile());
        assertThat(json.get("results")).hasSize(6);
        assertThat(json.get("differences").get(0).get("bits").get("low").asDouble())
                .isPositive();
        assertThat(ImageIO.read(folder.resolve("mrf-quick.png").toFile())).isNotNull();
    }

    @Test
    void anIntervalIsThatOfStudentsT() {
        Interval interval = Interval.of(1, 2, 3, 4);
        assertThat(interval.mean()).isEqualTo(2.5);
        // 3.182 sqrt(5/3) / 2
        assertThat(interval.high()).isCloseTo(2.5 + 2.054, within(1e-3));
        assertThat(interval.low()).isCloseTo(2.5 - 2.054, within(1e-3));
    }
}
