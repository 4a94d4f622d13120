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
import io.clearline.console.feed.ModelCatalogue;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The routes of models: lists cards and announcements, and announces models. Thread-safe. */
final class ModelRoutes {
    private static final int SHOWN_EVENTS = 50;
    private static final int MAX_DELAY_SECONDS = 86_400;

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
     * The response with all models. Component names are JSON field names.
     *
     * @param cards the models of the repository
     * @param announced the current announcements
     * @param inUse number of open streams that each model serves
     * @param events newest events of models, newest first
     */
    record Models(
            List<ModelCatalogue.Card> cards,
            List<SeenAnnouncement> announced,
            Map<String, Integer> inUse,
            List<SeenEvent> events) {}

    private void list(Context request) throws IOException {
        request.json(new Models(
                backend.models().cards(),
                backend.board().announcements(),
                backend.board().overview().models(),
                backend.board().modelEvents(SHOWN_EVENTS)));
    }

    /**
     * The request to announce a model. Component names are JSON field names.
     *
     * @param model the model, {@code name@version}
     * @param inSeconds delay until the model is used; 0 for the next frame of each stream
     */
    record AnnounceRequest(String channel, String model, int inSeconds) {}

    private void announce(Context request) throws IOException {
        AnnounceRequest body = request.bodyAsClass(AnnounceRequest.class);
        if (body.channel() == null
                || body.model() == null
                || body.inSeconds() < 0
                || body.inSeconds() > MAX_DELAY_SECONDS) {
            throw new BadRequestResponse(
                    "Expected channel, model (name@version) and inSeconds of 0 to " + MAX_DELAY_SECONDS + ".");
        }
        long fromMicros = body.inSeconds() == 0
                ? 0
                : TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + 1000L * body.inSeconds());
        backend.models().announce(body.channel(), body.model(), fromMicros);
        request.status(202).json(Map.of("fromCaptureTimeMicros", fromMicros));
    }
}
