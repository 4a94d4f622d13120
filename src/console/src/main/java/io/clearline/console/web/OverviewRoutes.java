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
package io.clearline.console.web;

import io.clearline.console.board.Overview;
import io.clearline.console.board.SeenDeadLetter;
import io.clearline.console.feed.FeedStatus;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The routes that concern all streams: health, figures and their history, events, dead letters. Thread-safe. */
final class OverviewRoutes {
    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_DEAD_LETTERS = 500;

    private final Backend backend;
    private final Guard guard;

    OverviewRoutes(Backend backend, Guard guard) {
        this.backend = backend;
        this.guard = guard;
    }

    void addTo(RoutesConfig routes) {
        routes.before("/api/*", guard::requireReader);
        routes.get("/api/health", this::health);
        routes.get("/api/overview", this::overview);
        routes.get("/api/events", this::events);
        routes.get("/api/dead-letters", this::deadLetters);
    }

    /**
     * The health of the console. Component names are JSON field names.
     *
     * @param kafka bootstrap servers
     * @param feed status of the Kafka feed
     * @param watchedStreams number of channels of streams whose audio is kept
     * @param mayAnnounce whether models can be announced
     * @param hasGateway whether microphones can be used
     * @param heapBytes used heap
     */
    record Health(
            String kafka,
            FeedStatus feed,
            int watchedStreams,
            boolean mayAnnounce,
            boolean hasGateway,
            long heapBytes) {}

    private void health(Context request) {
        Runtime runtime = Runtime.getRuntime();
        request.json(new Health(
                backend.kafka().bootstrapServers(),
                backend.status().get(),
                backend.board().watchedStreams(),
                guard.mayAnnounce(),
                backend.gateway() != null,
                runtime.totalMemory() - runtime.freeMemory()));
    }

    /**
     * The last complete second and the history. Component names are JSON field names.
     *
     * @param history figures of the last ten minutes by name, oldest first; null where a figure is undefined
     */
    record OverviewResponse(Overview overview, FeedStatus feed, Map<String, Float[]> history) {}

    private void overview(Context request) {
        request.json(new OverviewResponse(
                backend.board().overview(),
                backend.status().get(),
                backend.board().history()));
    }

    private void events(Context request) {
        request.json(backend.board().events(Parameters.number(request, "limit", 200, MAX_EVENTS)));
    }

    /**
     * A dead letter for display. Component names are JSON field names.
     *
     * @param decoded fields of the frame; empty when it cannot be decoded
     * @param kcat command that fetches the whole record
     */
    record DeadLetter(SeenDeadLetter letter, Map<String, String> decoded, String kcat) {}

    private void deadLetters(Context request) {
        String reason = request.queryParam("reason");
        int limit = Parameters.number(request, "limit", 100, MAX_DEAD_LETTERS);
        DeadLetterText text = new DeadLetterText(backend.kafka().bootstrapServers());
        List<DeadLetter> letters = backend.board().deadLetters(reason, limit).stream()
                .map(letter -> new DeadLetter(letter, text.decoded(letter), text.kcat(letter)))
                .toList();
        request.json(letters);
    }
}
