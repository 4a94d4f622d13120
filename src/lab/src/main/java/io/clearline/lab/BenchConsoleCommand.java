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

import io.clearline.lab.console.ConsoleMeasurement;
import io.clearline.lab.console.ConsoleRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the cost of the console without a job. */
@Command(
        name = "console",
        description = "Measure the console's server, broker and page with streams whose frames return without a job.")
final class BenchConsoleCommand implements Callable<Integer> {
    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of concurrent streams (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--frame-millis",
            paramLabel = "MILLIS",
            defaultValue = "20",
            description = "Time between two frames of a stream (default: ${DEFAULT-VALUE}).")
    private int frameMillis;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Duration of the streams before the measurement (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Seconds to measure in each situation: without a page, with one, and so on (default:"
                    + " ${DEFAULT-VALUE}).")
    private double seconds;

    @Mixin
    private BrokerData data;

    @Option(
            names = "--browser",
            description = "Also measure the page in Debian's Chromium: frames, processor time, bytes.")
    private boolean browser;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        try (ConsoleRun run = ConsoleRun.start(data.folder(), streams, frameMillis)) {
            run.settle(warmUpSeconds);
            ConsoleMeasurement result = ConsoleMeasurement.of(run, streams, frameMillis, seconds, browser);
            System.out.println(result.table());
            if (json != null) {
                ResultFile.write(result, json);
            }
        }
        return 0;
    }
}
