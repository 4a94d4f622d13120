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
package io.clearline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {

    private final DemoReport report = new DemoReport(
            List.of(stream("call-01", 0, 7, 6.5), stream("call-<02>", 6, 5.5, Double.NaN)),
            new DemoReport.LatencyMillis(9.4, 43.2),
            12_345,
            0,
            2,
            "live-16k@1",
            "2 cores, Linux",
            "Temurin 17",
            List.of("SDR is BSS-Eval v3 with 512 delays, over the whole stream."));

    @Test
    void writesTheDocumentedKeys() throws IOException {
        JsonNode json = new ObjectMapper().readTree(report.toJson());
        assertThat(json.at("/streams/0/id").asText()).isEqualTo("call-01");
        assertThat(json.at("/streams/0/sdrIn").asDouble()).isZero();
        assertThat(json.at("/streams/0/sdrOut").asDouble()).isEqualTo(7);
        assertThat(json.at("/streams/0/sdrGain").asDouble()).isEqualTo(7);
        assertThat(json.at("/streams/0/sdrEstimated").asDouble()).isEqualTo(6.5);
        assertThat(json.at("/streams/1/sdrEstimated").isNull()).isTrue();
        assertThat(json.at("/meanSdrGain").asDouble()).isCloseTo(3.25, within(1e-9));
        assertThat(json.at("/latencyMillis/p50").asDouble()).isEqualTo(9.4);
        assertThat(json.at("/latencyMillis/p99").asDouble()).isEqualTo(43.2);
        assertThat(json.at("/frames").asLong()).isEqualTo(12_345);
        assertThat(json.at("/deadLetters").asLong()).isZero();
        assertThat(json.at("/gaps").asLong()).isEqualTo(2);
    }

    @Test
    void thePageLoadsNothingFromTheNetworkAndEscapesNames() throws IOException {
        String page = report.toHtml(null);
        assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("<script");
        assertThat(page).contains("call-&lt;02&gt;").doesNotContain("call-<02>");
        assertThat(page).contains("src=\"audio/call-01-enhanced.wav\"").contains("src=\"spectrogram.png\"");
        assertThat(page).contains(">+7.0<").contains("class=\"worse\">-0.5<");
    }

    @Test
    void linksToTheConsoleAndToEachStreamThere() {
        String page = report.toHtml("http://127.0.0.1:8090");
        assertThat(page)
                .contains("href=\"http://127.0.0.1:8090/#/streams\"")
                .contains("href=\"http://127.0.0.1:8090/#/stream/call-01\"")
                .contains("href=\"http://127.0.0.1:8090/#/stream/call-%3C02%3E\"")
                .doesNotContain("--console");
        assertThat(report.toHtml(null))
                .contains("clearline demo --console 8090")
                .doesNotContain("#/stream/");
    }

    @Test
    void writesBothFiles() throws IOException {
        Path folder = Files.createDirectories(Samples.home().resolve("src/evaluation/target"));
        report.write(folder, null);
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(folder.resolve("report.json")).isNotEmptyFile();
    }

    private static DemoReport.Stream stream(String id, double sdrIn, double sdrOut, double estimated) {
        String audio = "audio/" + id;
        return new DemoReport.Stream(
                id,
                "Catalan",
                "ca_tuxpaint_00 + vinyl hiss",
                16_000,
                "PCM_S16LE",
                new Scores(sdrIn, sdrIn, sdrOut, sdrIn, sdrOut, 0.75, 0.82),
                estimated,
                new DemoReport.Media(
                        audio + "-noisy.wav", audio + "-enhanced.wav", audio + "-clean.wav", "spectrogram.png"));
    }
}
