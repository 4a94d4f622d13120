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

/** What a gateway carries. */
@Command(
        name = "calls",
        description = {
            "Measure a gateway under many calls by RTP, over a network that loses and delays packets, while its broker"
                    + " is killed. A program that passes frames on unchanged stands in for the job, so that this"
                    + " measures the gateway and no enhancement."
        })
final class BenchCallsCommand implements Callable<Integer> {
    private static final long SEED = 14;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "100",
            description = "Calls at once (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Before anything is measured (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long is measured before the outage, and again after it (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--outage",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long the broker is away (default: ${DEFAULT-VALUE}).")
    private double outageSeconds;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of the packets that never arrive (default: ${DEFAULT-VALUE}).")
    private double lossShare;

    @Option(
            names = "--jitter",
            paramLabel = "MS",
            defaultValue = "30",
            description = "Each packet is late by 0 to so much; above 20 they overtake each other (default:"
                    + " ${DEFAULT-VALUE}).")
    private int jitterMillis;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of the packets that arrive twice (default: ${DEFAULT-VALUE}).")
    private double duplicateShare;

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            defaultValue = "30000",
            description = "First UDP port of the calls, which take two each (default: ${DEFAULT-VALUE}).")
    private int firstPort;

    @Mixin
    private BrokerData data;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON too.")
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
