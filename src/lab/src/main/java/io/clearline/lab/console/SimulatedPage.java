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

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends the requests of an open page without the cost of a browser: the live figures, the list of streams and the
 * details of one stream every second, and the new audio of that stream four times a second. It follows a stream until
 * it ends. Thread-safe.
 */
public final class SimulatedPage implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long AUDIO_MILLIS = 250;
    private static final Pattern ID = Pattern.compile("\\{\"id\":\"([\\w-]+)\"");
    private static final int OK = 200;
    private static final int HEADER_BYTES = 16;
    /** A frame in the answer: a header with the number of samples, the samples before and after, padding. */
    private static final int FRAME_HEADER_BYTES = 24;

    private static final int SAMPLES_OFFSET = 16;
    private static final int SAMPLE_PAIR_BYTES = 2 * Short.BYTES;
    private static final int ALIGNMENT = 8;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3, task -> {
        Thread thread = new Thread(task, "simulated-page");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong bytes = new AtomicLong();
    private final String address;
    private volatile String streamId = "";
    private volatile Position position = Position.NOTHING;

    /** The audio of its stream that the page has received. */
    private record Position(int epoch, long sequence, int completed) {
        static final Position NOTHING = new Position(-1, -1, 0);

        /** Returns the position after an answer in the layout of the console's AudioWire. */
        Position after(byte[] answer) {
            ByteBuffer wire = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
            int newEpoch = wire.getInt();
            wire.getInt();
            int frames = wire.getInt();
            int newCompleted = wire.getInt();
            long newest = newEpoch == epoch ? sequence : -1;
            for (int i = 0, at = HEADER_BYTES; i < frames; i++) {
                newest = Math.max(newest, (long) wire.getDouble(at));
                int samples = wire.getInt(at + SAMPLES_OFFSET);
                at += (FRAME_HEADER_BYTES + SAMPLE_PAIR_BYTES * samples + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            }
            return new Position(newEpoch, newest, newCompleted);
        }
    }

    /** Opens the page. */
    public SimulatedPage(ConsoleProcess console) {
        address = console.address();
        threads.execute(this::live);
        threads.scheduleWithFixedDelay(this::list, 0, 1, TimeUnit.SECONDS);
        threads.scheduleWithFixedDelay(this::audio, 1000, AUDIO_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void live() {
        try (InputStream seconds = http.send(
                        HttpRequest.newBuilder(URI.create(address + "/api/live"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream())
                .body()) {
            byte[] buffer = new byte[8192];
            for (int read = seconds.read(buffer); read >= 0; read = seconds.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException e) {
            // The console was closed.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list() {
        byte[] list = get("/api/streams?limit=60&sort=age&order=asc&status=ENHANCED");
        byte[] detail = streamId.isEmpty() ? new byte[0] : get("/api/stream?id=" + streamId);
        boolean over =
                detail.length == 0 || new String(detail, StandardCharsets.UTF_8).contains("\"status\":\"CLOSED\"");
        Matcher first = ID.matcher(new String(list, StandardCharsets.UTF_8));
        if (over && first.find()) {
            position = Position.NOTHING;
            streamId = first.group(1);
        }
    }

    private void audio() {
        if (streamId.isEmpty()) {
            return;
        }
        Position from = position;
        byte[] audio = get("/api/stream/audio?id=" + streamId + "&epoch=" + from.epoch() + "&after=" + from.sequence()
                + "&completed=" + from.completed());
        if (audio.length >= HEADER_BYTES && position == from) {
            position = from.after(audio);
        }
    }

    /** Returns the body of an answer, or an empty array on an error. */
    private byte[] get(String path) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofByteArray());
            bytes.addAndGet(answer.body().length);
            return answer.statusCode() == OK ? answer.body() : new byte[0];
        } catch (IOException e) {
            return new byte[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }

    /** Returns the number of bytes received so far. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
