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

import io.clearline.console.board.SeenAnnouncement;
import io.clearline.console.board.SeenEvent;
import io.clearline.console.feed.ModelShelf;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Models: their cards, what is announced, and announcing. Thread-safe. */
final class ModelRoutes {
    private static final int EVENTS = 50;
    private static final int MAX_IN_SECONDS = 86_400;

    private final Backend backend;

    ModelRoutes(Backend backend) {
        this.backend = backend;
    }

    void addTo(RoutesConfig routes, Guard guard) {
        routes.get("/api/models", this::list);
        routes.post("/api/models/announce", request -> {
            guard.requireOperator(request);
            announce(request);
        });
    }

    /**
     * What is known of models.
     *
     * @param inUse how many open streams each serves
     */
    record Models(
            List<ModelShelf.Card> cards,
            List<SeenAnnouncement> announced,
            Map<String, Integer> inUse,
            List<SeenEvent> events) {}

    private void list(Context request) throws IOException {
        request.json(new Models(
                backend.models().cards(),
                backend.board().announcements(),
                backend.board().overview().models(),
                backend.board().modelEvents(EVENTS)));
    }

    /** @param inSeconds when; 0: each stream's next frame */
    record Wish(String channel, String model, int inSeconds) {}

    private void announce(Context request) throws IOException {
        Wish wish = request.bodyAsClass(Wish.class);
        if (wish.channel() == null
                || wish.model() == null
                || wish.inSeconds() < 0
                || wish.inSeconds() > MAX_IN_SECONDS) {
            throw new BadRequestResponse(
                    "Expected channel, model (name@version) and inSeconds of 0 to " + MAX_IN_SECONDS + ".");
        }
        long from = wish.inSeconds() == 0
                ? 0
                : TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + 1000L * wish.inSeconds());
        backend.models().announce(wish.channel(), wish.model(), from);
        request.status(202).json(Map.of("fromCaptureTimeMicros", from));
    }
}
