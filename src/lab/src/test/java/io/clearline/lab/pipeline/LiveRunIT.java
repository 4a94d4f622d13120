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
package io.clearline.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.AudioClip;
import io.clearline.kafka.DeliveryMode;
import io.clearline.testkit.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark of the pipeline for some seconds: processes, traffic, meters, report. Speed is not asserted. */
class LiveRunIT {
    private static final String MODEL = "live-16k";
    private static final int LONG_DEADLINE_MILLIS = 30_000;

    @Test
    void everyFrameOfLiveTrafficArrivesAndEveryPartHasItsProcessorTime(@TempDir Path folder) throws Exception {
        // Not the paper's network, whose warm-up alone takes longer than the rest of this test.
        Path published = Samples.home().resolve("model-store/models");
        PipelineMeasurement result = measure(BenchSubject.of(MODEL, published), folder);
        assertThat(result.kernelShareOfOperator()).isPositive();
        assertThat(result.batchFill()).isPositive();
        for (CpuPart part : new CpuPart[] {CpuPart.KERNEL, CpuPart.KAFKA_CLIENT, CpuPart.BROKER, CpuPart.GENERATOR}) {
            assertThat(result.cpuPerStream().get(part.label())).as(part.label()).isPositive();
        }
        assertThatTheReportContainsIt(result, folder);
    }

    @Test
    void theBarePipelinePassesEveryFrameOn(@TempDir Path folder) throws Exception {
        PipelineMeasurement result = measure(BenchSubject.of(BenchSubject.NONE), folder);

        assertThat(result.cpuPerStream().get(CpuPart.KERNEL.label())).isZero();
        assertThat(result.cpuPerStream().get(CpuPart.KAFKA_CLIENT.label())).isPositive();
    }

    private static PipelineMeasurement measure(BenchSubject subject, Path folder) throws Exception {
        AudioPool audio = new AudioPool(List.of(noise()), subject.sampleRateHz());
        PipelineSettings settings = new PipelineSettings(
                DeliveryMode.LIVE,
                subject,
                1,
                0,
                // No bypass, even on a busy machine.
                Map.of("clearline.overload.deadline", "0 ms"),
                "-Xmx512m -XX:+UseSerialGC",
                folder);
        PipelineMeasurement result;
        try (LiveRun run = LiveRun.start(settings, audio, LONG_DEADLINE_MILLIS, 32)) {
            run.setStreams(2);
            run.settle(1);
            result = run.measure(2);
        }
        assertThat(result.missing()).isZero();
        assertThat(result.deadlineMisses()).isZero();
        assertThat(result.frames()).isBetween(150L, 250L);
        return result;
    }

    private static void assertThatTheReportContainsIt(PipelineMeasurement result, Path folder) throws Exception {
        Path json = folder.resolve("pipeline.json");
        PipelineReport.writeJson(result, List.of(result), Map.of("model", MODEL), json);
        PipelineReport.writePicture(List.of(result), MODEL, folder.resolve("pipeline.png"));
        JsonNode read = new ObjectMapper().readTree(json.toFile());
        assertThat(read.at("/streams").asInt()).isEqualTo(2);
        assertThat(read.at("/latencyMillis/p999").asDouble()).isPositive();
        assertThat(read.at("/cpuPerStream/kafkaClient").asDouble()).isPositive();
        assertThat(read.at("/machine/jdk").asText()).isNotBlank();
        assertThat(folder.resolve("pipeline.png")).isNotEmptyFile();
    }

    private static AudioClip noise() {
        SplittableRandom random = new SplittableRandom(1);
        float[] samples = new float[64_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.2 * (random.nextDouble() - 0.5));
        }
        return new AudioClip(samples, 16_000);
    }
}
