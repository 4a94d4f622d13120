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
import io.clearline.console.feed.ModelShelf;
import io.clearline.kafka.Topics;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Latency before, while and after a job under load takes another model over. The models change places in turns, so that
 * every stretch has a neighbour without a swap.
 */
public record SwapMeasurement(List<Turn> turns) {
    /** Between the announcement and the moment at which all streams change over: the job prepares meanwhile. */
    private static final long NOTICE_MICROS = 4_000_000;
    /** How long the stretch with the announcement and the change lasts. */
    private static final double SWAP_SECONDS = 10;

    /**
     * One swap.
     *
     * @param model that is taken over
     * @param before the traffic before the announcement
     * @param during from the announcement until seconds after the change
     * @param after the traffic after it
     */
    public record Turn(
            String model, PipelineMeasurement before, PipelineMeasurement during, PipelineMeasurement after) {}

    /**
     * Takes the models over one after the other.
     *
     * @param channel that the job follows
     * @param repository that has the models
     * @param models each as NAME@VERSION
     * @param seconds of the stretches before and after
     */
    public static SwapMeasurement of(LiveRun run, String channel, Path repository, List<String> models, double seconds)
            throws IOException {
        ModelShelf shelf = new ModelShelf(
                new KafkaClients(run.bootstrapServers(), Topics.DEFAULT, new Properties()),
                new ModelRepository(repository));
        List<Turn> turns = new ArrayList<>();
        for (String model : models) {
            PipelineMeasurement before = run.measure(seconds);
            shelf.announce(channel, model, RunClock.micros() + NOTICE_MICROS);
            PipelineMeasurement during = run.measure(SWAP_SECONDS);
            turns.add(new Turn(model, before, during, run.measure(seconds)));
        }
        return new SwapMeasurement(turns);
    }

    /** A line for each stretch of each swap. */
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
