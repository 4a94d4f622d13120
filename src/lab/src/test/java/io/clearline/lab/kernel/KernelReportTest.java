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
package io.clearline.lab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelReportTest {

    @Test
    void everyKernelHasARowForEveryDivergenceAndBatch(@TempDir Path folder) throws Exception {
        List<KernelMeasurement> rows = new ArrayList<>();
        KernelComparison.minimal().run(rows::add);
        Path file = folder.resolve("kernel.json");
        KernelReport.writeJson(rows, file);

        JsonNode results = new ObjectMapper().readTree(file.toFile()).get("results");
        assertThat(results).hasSize(24);
        for (JsonNode row : results) {
            assertThat(row.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "kernel",
                            "divergence",
                            "atoms",
                            "rows",
                            "layers",
                            "batch",
                            "gflops",
                            "peakGflops",
                            "framesPerSecond",
                            "bytesPerCall",
                            "jdk",
                            "species");
            assertThat(row.get("gflops").asDouble()).isPositive();
            assertThat(row.get("species").asText()).endsWith("_BIT");
        }
    }

    @Test
    void aLineHasTheRatioOfThePeak() {
        KernelMeasurement row =
                new KernelMeasurement("vector", "kl", 200, 1809, 25, 32, 90, 120, 2486.4, 0, "17.0.15", "S_512_BIT");
        assertThat(KernelReport.line(row)).contains("kl", "vector", "0.75", "2486");
    }
}
