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
import io.clearline.lab.chaos.SoakResult;
import io.clearline.lab.chaos.SoakRun;
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the live job under traffic and faults for a long time. */
@Command(
        name = "soak",
        description =
                "Run the live job on a cluster of separate processes for a long time. Streams open and close, and a"
                        + " fault is injected every minute. At the end every frame is verified against a replay"
                        + " without faults.")
final class SoakCommand implements Callable<Integer> {
    private static final int MAX_ISSUES_SHOWN = 20;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Duration of the traffic (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "30",
            description = "Number of concurrent streams (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of samples, faults and their targets (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to this file as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("clearline-soak");
        SoakResult result;
        try (TestCluster cluster = TestCluster.start(ClusterSettings.small(folder))) {
            result = new SoakRun(cluster, minutes, streams, seed, line -> System.err.println("  " + line)).run();
            if (result.ok()) {
                cluster.discardFiles();
            }
        }
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), result);
        }
        result.issues().stream().limit(MAX_ISSUES_SHOWN).forEach(System.out::println);
        System.out.printf(
                "%,d frames of %,d streams in %.0f minutes with %d faults: %d lost, %d out of order, %d hashes"
                        + " differ, %,d repeats%nheap after full collection, MB: %s%nthreads: %s%ndescriptors:"
                        + " %s%nstate, KB: %s%nconsumer lag, frames: %s%n",
                result.frames(),
                result.streams(),
                result.minutes(),
                result.faults(),
                result.lost(),
                result.outOfOrder(),
                result.hashMismatches(),
                result.repeats(),
                result.heapAfterGcMb(),
                result.threads(),
                result.descriptors(),
                result.checkpointKb(),
                result.consumerLag());
        if (!result.ok()) {
            System.out.println("Logs and data: " + folder);
        }
        return result.ok() ? 0 : 1;
    }
}
