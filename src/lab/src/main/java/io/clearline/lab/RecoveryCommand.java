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
package io.clearline.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.lab.chaos.RecoveryResult;
import io.clearline.lab.chaos.RecoveryRun;
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast live streams recover after the loss of a TaskManager. */
@Command(
        name = "recovery",
        description = "Measure how fast live streams recover after kill -9 of one of two TaskManagers.")
final class RecoveryCommand implements Callable<Integer> {
    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "40",
            description = "Number of concurrent streams, 50 frames a second each (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to this file as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("clearline-recovery");
        RecoveryResult result;
        try (TestCluster cluster = TestCluster.start(ClusterSettings.small(folder))) {
            result = new RecoveryRun(cluster, streams, 1).run();
            cluster.discardFiles();
        }
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), result);
        }
        System.out.printf(
                "%d streams: first new frame %.1f s after the kill, latencies below %d ms after %.1f s; median latency"
                        + " %.0f ms before, %.0f ms after%n",
                result.streams(),
                result.firstNewFrameSeconds(),
                result.steadyMillis(),
                result.steadySeconds(),
                result.p50BeforeMillis(),
                result.p50AfterMillis());
        return 0;
    }
}
