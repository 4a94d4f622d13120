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

import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.lab.calls.CallsMeasurement;
import io.clearline.lab.calls.CallsRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a gateway under many calls and through an outage of its broker. */
@Command(
        name = "calls",
        description = {
            "Measure a gateway under many RTP calls over a network that loses and delays packets, before, during and"
                    + " after an outage of its broker. A program that passes frames on unchanged replaces the job, so"
                    + " that the gateway alone is measured."
        })
final class BenchCallsCommand implements Callable<Integer> {
    private static final long SEED = 14;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of concurrent calls (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Duration of the calls before the measurement (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Seconds to measure before the outage, and again after it (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--outage",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Duration of the broker's outage (default: ${DEFAULT-VALUE}).")
    private double outageSeconds;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of the packets that are lost, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double lossShare;

    @Option(
            names = "--jitter",
            paramLabel = "MS",
            defaultValue = "30",
            description = "Maximum random delay of a packet, below 64; above 20, packets overtake each other (default:"
                    + " ${DEFAULT-VALUE}).")
    private int jitterMillis;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of the packets that arrive twice, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double duplicateShare;

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            defaultValue = "30000",
            description = "First UDP port of the calls, which use two ports each (default: ${DEFAULT-VALUE}).")
    private int firstPort;

    @Mixin
    private BrokerData data;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        LinkFaults link = new LinkFaults(lossShare, jitterMillis, duplicateShare, SEED);
        try (CallsRun run = CallsRun.start(data.folder(), firstPort, calls, link)) {
            run.settle(warmUpSeconds);
            CallsMeasurement result = CallsMeasurement.of(run, seconds, outageSeconds);
            System.out.println(result.table());
            if (json != null) {
                ResultFile.write(result, json);
            }
        }
        return 0;
    }
}
