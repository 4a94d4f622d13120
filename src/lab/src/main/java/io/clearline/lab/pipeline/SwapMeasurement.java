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

import io.clearline.console.feed.KafkaClients;
import io.clearline.console.feed.ModelCatalogue;
import io.clearline.kafka.Topics;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Latency before, during and after model swaps under load. Each measurement with a swap lies between two without one.
 * Immutable.
 *
 * @param turns the swaps in their order
 */
public record SwapMeasurement(List<Turn> turns) {
    /** From the announcement until all streams change to the model; the job prepares it meanwhile. */
    private static final long LEAD_MICROS = 4_000_000;
    /** Duration of the measurement that includes the announcement and the change. */
    private static final double SWAP_SECONDS = 10;

    /**
     * One swap.
     *
     * @param model the new model
     * @param before measurement before the announcement
     * @param during measurement from the announcement until some seconds after the change
     * @param after measurement after that
     */
    public record Turn(
            String model, PipelineMeasurement before, PipelineMeasurement during, PipelineMeasurement after) {}

    /**
     * Swaps to one model after the other.
     *
     * @param channel channel that the job follows
     * @param repository repository of the models
     * @param models models, each as NAME@VERSION
     * @param seconds duration of the measurements before and after each swap
     */
    public static SwapMeasurement of(LiveRun run, String channel, Path repository, List<String> models, double seconds)
            throws IOException {
        ModelCatalogue catalogue = new ModelCatalogue(
                new KafkaClients(run.bootstrapServers(), Topics.DEFAULT, new Properties()),
                new ModelRepository(repository));
        List<Turn> turns = new ArrayList<>();
        for (String model : models) {
            PipelineMeasurement before = run.measure(seconds);
            catalogue.announce(channel, model, RunClock.micros() + LEAD_MICROS);
            PipelineMeasurement during = run.measure(SWAP_SECONDS);
            turns.add(new Turn(model, before, during, run.measure(seconds)));
        }
        return new SwapMeasurement(turns);
    }

    /** Returns a table with three lines for each swap: before, during and after. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                "%-14s %-8s %8s %8s %8s %8s %9s %8s %12s%n",
                "to", "stretch", "streams", "p50 ms", "p99 ms", "max ms", "bypassed", "missing", "jitter p99"));
        for (Turn turn : turns) {
            text.append(line(turn.model(), "before", turn.before()));
            text.append(line("", "during", turn.during()));
            text.append(line("", "after", turn.after()));
        }
        return text.toString();
    }

    private static String line(String model, String stretch, PipelineMeasurement measurement) {
        return String.format(
                Locale.ROOT,
                "%-14s %-8s %8d %8.1f %8.1f %8.1f %9d %8d %12.1f%n",
                model,
                stretch,
                measurement.streams(),
                measurement.latencyMillis().p50(),
                measurement.latencyMillis().p99(),
                measurement.latencyMillis().max(),
                measurement.bypassed(),
                measurement.missing(),
                measurement.jitterMillis().p99());
    }
}
