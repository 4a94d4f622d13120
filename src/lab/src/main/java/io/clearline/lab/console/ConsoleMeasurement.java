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
package io.clearline.lab.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.lab.pipeline.Rounding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cost of a console in several situations: without a page, with simulated pages, and in a browser on the overview, on
 * the list of streams at rest and scrolled, on one stream, and on an empty page. The component names are the keys of
 * the result file. Immutable.
 *
 * @param streams number of concurrent streams
 * @param frameMillis time between two frames of a stream
 * @param stretches measurements in their order
 * @param liveHeapMegabytes heap of the console's server after a full collection
 */
public record ConsoleMeasurement(int streams, int frameMillis, List<Stretch> stretches, double liveHeapMegabytes) {
    private static final double OPENING_SECONDS = 5;
    private static final double MEGABYTE = 1 << 20;

    /** Scrolls by 60 pixels in each frame, down and up again, and returns [frames, seconds]. */
    private static final String SCROLL = """
            new Promise((done) => {
              const list = document.querySelector('.scroll') ?? document.documentElement;
              const start = performance.now();
              let frames = 0, step = 60;
              const move = (now) => {
                frames++;
                if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) step = -60;
                if (list.scrollTop <= 0) step = 60;
                if (%b) list.scrollTop += step;
                if (now - start < 1000 * %f) requestAnimationFrame(move);
                else done([frames, (now - start) / 1000]);
              };
              requestAnimationFrame(move);
            })
            """;

    /**
     * Measures all situations.
     *
     * @param seconds duration of each measurement
     * @param browser whether to measure in Chromium too
     */
    public static ConsoleMeasurement of(ConsoleRun run, int streams, int frameMillis, double seconds, boolean browser)
            throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        stretches.add(new Clock(run, "no page", null).measure(() -> run.settle(seconds), () -> 0L));
        try (SimulatedPage page = new SimulatedPage(run.console())) {
            run.settle(OPENING_SECONDS);
            stretches.add(new Clock(run, "simulated pages", null).measure(() -> run.settle(seconds), page::bytes));
        }
        if (browser) {
            try (Chromium chromium = new Chromium()) {
                inBrowser(run, chromium, seconds, stretches);
            }
        }
        return new ConsoleMeasurement(
                streams, frameMillis, stretches, Rounding.of(run.console().liveHeapBytes() / MEGABYTE));
    }

    private static void inBrowser(ConsoleRun run, Chromium chromium, double seconds, List<Stretch> stretches)
            throws IOException {
        chromium.open(run.console().address() + "/#/overview");
        run.settle(OPENING_SECONDS);
        stretches.add(new Clock(run, "overview", chromium).frames(false, seconds));
        chromium.open(run.console().address() + "/#/streams");
        run.settle(OPENING_SECONDS);
        stretches.add(new Clock(run, "list at rest", chromium).frames(false, seconds));
        stretches.add(new Clock(run, "list scrolled", chromium).frames(true, seconds));
        chromium.evaluate("document.querySelector('.item a').click()");
        run.settle(OPENING_SECONDS);
        stretches.add(new Clock(run, "one stream", chromium).frames(false, seconds));
        chromium.open("about:blank");
        run.settle(OPENING_SECONDS);
        stretches.add(new Clock(run, "empty page", chromium).frames(false, seconds));
    }

    /** Measures the resources that are used in one situation. */
    private record Clock(ConsoleRun run, String what, Chromium chromium) {
        private interface Work {
            void run() throws IOException;
        }

        private interface Bytes {
            long soFar();
        }

        Stretch measure(Work work, Bytes bytes) throws IOException {
            long bytesBefore = bytes.soFar();
            double browserBefore = browserSeconds();
            ConsoleRun.Use before = run.use();
            work.run();
            ConsoleRun.Use use = run.use().since(before);
            double seconds = use.wallSeconds();
            Stretch.Cores cores = new Stretch.Cores(
                    Rounding.of(use.consoleSeconds() / seconds),
                    Rounding.of(use.brokerSeconds() / seconds),
                    Rounding.of((browserSeconds() - browserBefore) / seconds));
            Stretch.Server server = new Stretch.Server(
                    Rounding.of(run.console().heapBytes() / MEGABYTE),
                    run.console().unreadRecords());
            Stretch.Page page = new Stretch.Page(Rounding.of((bytes.soFar() - bytesBefore) / seconds), 0, 0);
            return new Stretch(what, Rounding.of(seconds), Rounding.of(use.records() / seconds), cores, server, page);
        }

        private double browserSeconds() {
            return chromium == null ? 0 : chromium.cpu().toNanos() / 1e9;
        }

        /** Measures the frames that the page draws. */
        Stretch frames(boolean scrolls, double seconds) throws IOException {
            double pageBefore = chromium.pageSeconds();
            JsonNode[] drawn = new JsonNode[1];
            Stretch stretch = measure(
                    () -> drawn[0] = chromium.evaluate(String.format(Locale.ROOT, SCROLL, scrolls, seconds)),
                    chromium::bytes);
            double frames = drawn[0].get(0).asDouble();
            return stretch.drawing(
                    Rounding.of(frames / drawn[0].get(1).asDouble()),
                    Rounding.of(1000 * (chromium.pageSeconds() - pageBefore) / frames));
        }
    }

    /** Returns a table with one line for each measurement. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                "%-16s %10s %9s %9s %9s %8s %8s %10s %8s %8s%n",
                "",
                "records/s",
                "console",
                "broker",
                "browser",
                "heap MB",
                "unread",
                "bytes/s",
                "frames/s",
                "ms/frame"));
        for (Stretch each : stretches) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-16s %10.0f %9.3f %9.3f %9.3f %8.0f %8d %10.0f %8.1f %8.2f%n",
                    each.what(),
                    each.recordsPerSecond(),
                    each.cores().console(),
                    each.cores().broker(),
                    each.cores().browser(),
                    each.server().heapMegabytes(),
                    each.server().unreadRecords(),
                    each.page().bytesPerSecond(),
                    each.page().framesPerSecond(),
                    each.page().millisPerFrame()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "console, broker, browser: cores kept busy. The console's heap after a full collection: %.0f"
                                + " MB.",
                        liveHeapMegabytes))
                .toString();
    }
}
