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

import io.clearline.lab.console.ConsoleProcess;
import io.clearline.lab.console.SimulatedPage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Compares the latency without and with a console beside the job. The two alternate within one run, so that other load
 * on the machine affects both. Immutable.
 *
 * @param turns measurements in their order, alternately without and with a console
 */
public record ConsoleComparison(List<Turn> turns) {
    private static final double SETTLE_SECONDS = 10;
    /** For the end of the console's JVM to pass. */
    private static final double SETTLE_AFTER_SECONDS = 2;

    /**
     * One measurement.
     *
     * @param withConsole whether a console ran beside the job, with its page open
     * @param measurement latency and processor time of the job
     * @param consoleCores average number of cores that the console kept busy; 0 without one
     * @param bytesPerSecond bytes that the console sent to its page
     */
    public record Turn(
            boolean withConsole, PipelineMeasurement measurement, double consoleCores, double bytesPerSecond) {}

    /**
     * Measures both kinds alternately.
     *
     * @param rounds number of measurements of each kind
     * @param seconds duration of each measurement
     */
    public static ConsoleComparison of(LiveRun run, int rounds, double seconds) throws IOException {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            turns.add(new Turn(false, run.measure(seconds), 0, 0));
            try (ConsoleProcess console = run.startConsole();
                    SimulatedPage page = new SimulatedPage(console)) {
                run.settle(SETTLE_SECONDS);
                Duration cpu = console.cpu();
                long bytes = page.bytes();
                long start = System.nanoTime();
                PipelineMeasurement measurement = run.measure(seconds);
                double cores = (double) console.cpu().minus(cpu).toNanos() / (System.nanoTime() - start);
                turns.add(
                        new Turn(true, measurement, Rounding.of(cores), Rounding.of((page.bytes() - bytes) / seconds)));
            }
            run.settle(SETTLE_AFTER_SECONDS);
        }
        return new ConsoleComparison(turns);
    }

    private double mean(boolean withConsole, ToDoubleFunction<Turn> value) {
        return turns.stream()
                .filter(turn -> turn.withConsole() == withConsole)
                .mapToDouble(value)
                .average()
                .orElse(Double.NaN);
    }

    /** Returns a table with one line for each turn, followed by the means. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                "%-8s %8s %8s %8s %12s %14s %10s%n",
                "console", "streams", "p50 ms", "p99 ms", "jitter p99", "console cores", "bytes/s"));
        for (Turn turn : turns) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %8d %8.1f %8.1f %12.1f %14.3f %10.0f%n",
                    turn.withConsole() ? "with" : "without",
                    turn.measurement().streams(),
                    turn.measurement().latencyMillis().p50(),
                    turn.measurement().latencyMillis().p99(),
                    turn.measurement().jitterMillis().p99(),
                    turn.consoleCores(),
                    turn.bytesPerSecond()));
        }
        ToDoubleFunction<Turn> p99 = turn -> turn.measurement().latencyMillis().p99();
        return text.append(String.format(
                        Locale.ROOT,
                        "Mean p99 %.1f ms without, %.1f ms with: %.2f times. Jitter p99 %.1f and %.1f ms.",
                        mean(false, p99),
                        mean(true, p99),
                        mean(true, p99) / mean(false, p99),
                        mean(false, turn -> turn.measurement().jitterMillis().p99()),
                        mean(true, turn -> turn.measurement().jitterMillis().p99())))
                .toString();
    }
}
