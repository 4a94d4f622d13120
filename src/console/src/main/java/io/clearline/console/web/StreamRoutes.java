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

import io.clearline.console.board.AudioBlock;
import io.clearline.console.board.AudioPosition;
import io.clearline.console.board.StreamDetail;
import io.clearline.console.board.StreamQuery;
import io.clearline.console.board.StreamStatus;
import io.clearline.console.feed.ModelCatalogue;
import io.clearline.schemas.FrameLimits;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The routes of streams: the list, a single stream, its audio, and files to send as streams. Thread-safe. */
final class StreamRoutes {
    private static final int DEFAULT_ROWS = 50;
    private static final int MAX_OFFSET = 1_000_000;
    private static final int MAX_FILE_NAME_CHARACTERS = 200;

    private final Backend backend;

    StreamRoutes(Backend backend) {
        this.backend = backend;
    }

    void addTo(RoutesConfig routes, Guard guard) {
        routes.get("/api/streams", this::list);
        routes.get("/api/stream", this::one);
        routes.get("/api/stream/audio", this::audio);
        routes.get("/api/stream/wav", this::wav);
        routes.post("/api/files", this::file);
    }

    private void list(Context request) {
        String sort = request.queryParam("sort");
        request.json(backend.board()
                .streams(
                        new StreamQuery(
                                request.queryParam("search") == null ? "" : request.queryParam("search"),
                                status(request.queryParam("status")),
                                sort == null ? "id" : sort,
                                "desc".equals(request.queryParam("order")),
                                Parameters.number(request, "offset", 0, MAX_OFFSET),
                                Parameters.number(request, "limit", DEFAULT_ROWS, StreamQuery.MAX_ROWS)),
                        System.currentTimeMillis()));
    }

    private static StreamStatus status(String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        try {
            return StreamStatus.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("There is no status \"" + name + "\".");
        }
    }

    /**
     * A stream and the transform of its model. Component names are JSON field names.
     *
     * @param transform the transform; null when the model is not in the repository
     */
    record Stream(StreamDetail stream, ModelCatalogue.Shape transform) {}

    private void one(Context request) {
        String id = Parameters.required(request, "id");
        StreamDetail detail = backend.board().stream(id, channel(request), System.currentTimeMillis())
                .orElseThrow(() ->
                        new NotFoundResponse("No stream has this id, or its last frame was over ten minutes ago."));
        request.json(
                new Stream(detail, backend.models().shape(detail.row().model()).orElse(null)));
    }

    private void audio(Context request) {
        String id = Parameters.required(request, "id");
        AudioPosition position = new AudioPosition(
                (int) Parameters.number(request, "epoch", -1L, Integer.MAX_VALUE),
                Parameters.number(request, "after", -1L, Long.MAX_VALUE),
                Parameters.number(request, "completed", Long.MAX_VALUE, Long.MAX_VALUE));
        request.contentType("application/octet-stream").result(AudioWire.encode(block(id, channel(request), position)));
    }

    /** Returns the requested channel of a stream, from 0; the first by default. */
    private static int channel(Context request) {
        return Math.max(0, Parameters.number(request, "channel", 0, FrameLimits.MAX_CHANNELS - 1));
    }

    /**
     * Watches a channel and returns its audio beyond a position. Requests a backfill when it was not watched before.
     */
    private AudioBlock block(String id, int channel, AudioPosition position) {
        long nowMillis = System.currentTimeMillis();
        if (backend.board().watch(id, channel, nowMillis)) {
            backend.backfill().accept(id);
        }
        return backend.board().audio(id, channel, position, nowMillis);
    }

    private void wav(Context request) throws IOException {
        String id = Parameters.required(request, "id");
        String side = Parameters.required(request, "side");
        if (!side.equals("before") && !side.equals("after")) {
            throw new BadRequestResponse("Expected side=before or side=after, found \"" + side + "\".");
        }
        AudioBlock block = block(id, channel(request), AudioPosition.NOTHING);
        if (block.frames().isEmpty()) {
            throw new NotFoundResponse("No audio of this stream has been read yet; try again in a second.");
        }
        request.contentType("audio/wav")
                .header("Content-Disposition", "attachment; filename=\"" + side + ".wav\"")
                .result(WavBytes.of(block, side.equals("before")));
    }

    private void file(Context request) throws IOException {
        String name = Parameters.required(request, "name");
        byte[] bytes = request.bodyAsBytes();
        String shown = name.length() <= MAX_FILE_NAME_CHARACTERS ? name : name.substring(0, MAX_FILE_NAME_CHARACTERS);
        if (bytes.length == 0) {
            throw new BadRequestResponse(shown + " is empty.");
        }
        var sent = backend.files().send(shown, bytes);
        backend.board().watch(sent.streamId(), System.currentTimeMillis());
        request.status(202)
                .json(Map.of(
                        "streamId", sent.streamId(), "seconds", sent.seconds(), "sampleRateHz", sent.sampleRateHz()));
    }
}
