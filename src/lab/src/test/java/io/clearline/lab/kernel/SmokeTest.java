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

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark for a few calls in this JVM, to check that it works. The figures have no meaning. */
class SmokeTest {
    @Test
    void everyBenchmarkRuns() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.clearline\\.lab\\.kernel\\..*Benchmark")
                        .param("batch", "8")
                        .param("layers", "2")
                        .param("contextFrames", "3")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(20))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        List<String> names = results.stream()
                .map(result -> result.getParams().getBenchmark())
                .distinct()
                .toList();
        assertThat(names)
                .extracting(name -> name.substring("io.clearline.lab.kernel.".length()))
                .containsExactlyInAnyOrder(
                        "KernelBenchmark.forward",
                        "StftBenchmark.hop",
                        "CodecBenchmark.encode",
                        "CodecBenchmark.decode",
                        "OperatorBenchmark.frames");
        assertThat(results).allSatisfy(result -> assertThat(
                        result.getSecondaryResults().get("peakGflops").getScore())
                .isPositive());
    }
}
