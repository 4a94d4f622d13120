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
package io.clearline.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.local.DaemonThreads;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reports what {@code ingest} and {@code egress} do: each event when it happens, and the figures once a minute and at
 * the end. The report goes to standard error as text or, with {@code --json}, to standard output as lines of JSON.
 * Thread-safe.
 */
final class BroadcastReport implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FIGURES = new TypeReference<>() {};

    private final PrintWriter out;
    private final PrintWriter err;
    private final String stream;
    private final boolean json;
    private final ScheduledExecutorService executor = DaemonThreads.scheduled("clearline-report");
    private Supplier<?> status = Map::of;

    BroadcastReport(PrintWriter out, PrintWriter err, String stream, boolean json) {
        this.out = out;
        this.err = err;
        this.stream = stream;
        this.json = json;
    }

    /**
     * Starts the report of the figures.
     *
     * @param figures supplies a record of numbers, once a minute
     */
    void start(Supplier<?> figures) {
        status = figures;
        executor.scheduleAtFixedRate(this::figures, 1, 1, TimeUnit.MINUTES);
    }

    /** Reports an event. */
    synchronized void event(String sentence) {
        if (json) {
            print(JSON.createObjectNode()
                    .put("type", "event")
                    .put("stream", stream)
                    .put("text", sentence));
        } else {
            err.println("clearline: " + stream + ": " + sentence);
            err.flush();
        }
    }

    private synchronized void figures() {
        Map<String, Object> all = JSON.convertValue(status.get(), FIGURES);
        if (json) {
            ObjectNode line = JSON.createObjectNode().put("type", "status").put("stream", stream);
            all.forEach(line::putPOJO);
            print(line);
        } else {
            String text = all.entrySet().stream().map(BroadcastReport::text).collect(Collectors.joining(", "));
            err.println("clearline: " + stream + ": " + text);
            err.flush();
        }
    }

    /** Returns a figure as text, such as "silence samples 960" for {@code silenceSamples}. */
    private static String text(Map.Entry<String, Object> figure) {
        String name = figure.getKey().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        Object value = figure.getValue();
        return name + " " + (value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : value);
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }

    /** Reports the final figures. */
    @Override
    public void close() {
        executor.shutdownNow();
        figures();
    }
}
