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

import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Live streams from one thread, open loop: each frame goes when it is due, however the job is doing. A frame is due
 * when its last sample was captured. Streams last 5 to 30 seconds, begin anywhere within a frame's time, and each that
 * ends is followed by a new one.
 *
 * <p>The thread wakes once a millisecond and sends what is due; the wait counts as latency.
 */
final class Traffic implements AutoCloseable {
    /** As a gateway with many streams sends: frames of a few milliseconds share a request. */
    private static final String LINGER_MILLIS = "3";

    private static final long FRAME_MICROS = TimeUnit.MILLISECONDS.toMicros(AudioPool.FRAME_MILLIS);
    private static final long TICK_MICROS = 1000;
    private static final int SHORTEST_FRAMES = 5000 / AudioPool.FRAME_MILLIS;
    private static final int LONGEST_FRAMES = 30_000 / AudioPool.FRAME_MILLIS;

    private final AudioPool audio;
    private final FrameTiming timing;
    private final FrameSender sender;
    private final SplittableRandom random = new SplittableRandom(1);
    private final PriorityQueue<OpenStream> open =
            new PriorityQueue<>(Comparator.comparingLong(each -> each.dueMicros));
    private final Map<String, Long> lastSequences = new ConcurrentHashMap<>();
    private final AudioFrame frame = new AudioFrame();
    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "load-generator");
    private volatile int width;
    private volatile boolean stopping;
    private volatile LatencyWindow window = new LatencyWindow(0, 0, 0);
    private volatile int recordBytes;
    private int opened;

    private static final class OpenStream {
        private String id;
        private int number;
        private long next;
        private long last;
        private long dueMicros;
    }

    /** Starts without a stream; see {@link #widen}. */
    Traffic(String bootstrapServers, String topic, AudioPool audio, FrameTiming timing) {
        this.audio = audio;
        this.timing = timing;
        Properties settings = new Properties();
        settings.put("linger.ms", LINGER_MILLIS);
        sender = new FrameSender(bootstrapServers, topic, settings);
        frame.setSampleRateHz(audio.sampleRateHz());
        frame.setEncoding(AudioEncoding.PCM_S16LE);
        frame.setChannels(1);
        frame.setAttributes(Map.of());
        frame.setSession("");
        thread.setDaemon(true);
        thread.start();
    }

    /** So many streams from now on: new ones open at once, surplus ones end with their next frame. */
    void widen(int streams) {
        width = streams;
    }

    /** Counts what is due from now on in this window. */
    void observe(LatencyWindow next) {
        window = next;
    }

    /** Of the value of the last record that went. */
    int recordBytes() {
        return recordBytes;
    }

    /** The sequence number of a stream's last frame, as far as it is known; a big one else. */
    long lastSequence(String streamId) {
        return lastSequences.getOrDefault(streamId, Long.MAX_VALUE);
    }

    /** Forgets a stream whose last frame was read. */
    void forget(String streamId) {
        lastSequences.remove(streamId);
    }

    private void run() {
        try {
            long tickMicros = RunClock.micros();
            while (!stopping) {
                openMissing(tickMicros);
                while (!open.isEmpty() && open.peek().dueMicros <= tickMicros) {
                    send(open.poll());
                }
                // After a stall of this thread the due times stay what they were.
                tickMicros = Math.max(tickMicros + TICK_MICROS, RunClock.micros() / TICK_MICROS * TICK_MICROS);
                RunClock.sleepUntil(tickMicros);
            }
            end.complete(null);
        } catch (IOException | RuntimeException | InterruptedException e) {
            end.completeExceptionally(e);
        }
    }

    private void openMissing(long nowMicros) {
        while (open.size() < width) {
            OpenStream stream = new OpenStream();
            stream.number = opened++;
            stream.id = "stream-" + stream.number;
            stream.last = random.nextInt(SHORTEST_FRAMES, LONGEST_FRAMES);
            stream.dueMicros = nowMicros + random.nextLong(FRAME_MICROS);
            lastSequences.put(stream.id, stream.last);
            open.add(stream);
        }
    }

    private void send(OpenStream stream) throws IOException {
        if (open.size() + 1 > width) {
            stream.last = stream.next;
            lastSequences.put(stream.id, stream.last);
        }
        boolean ends = stream.next == stream.last;
        frame.setStreamId(stream.id);
        frame.setSequence(stream.next);
        frame.setCaptureTimeMicros(stream.dueMicros - FRAME_MICROS);
        frame.setPayload(audio.frame(stream.number, stream.next));
        frame.setLastOfStream(ends);
        LatencyWindow current = window;
        if (current.covers(stream.dueMicros)) {
            current.sent(timing.completedBy(stream.next, ends));
        }
        byte[] value = codec.encode(frame);
        recordBytes = value.length;
        sender.send(stream.id.getBytes(StandardCharsets.US_ASCII), value);
        if (!ends) {
            stream.next++;
            stream.dueMicros += FRAME_MICROS;
            open.add(stream);
        }
    }

    /** Fails when the thread did. */
    void requireRunning() throws IOException {
        if (!end.isDone()) {
            return;
        }
        try {
            end.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "The load generator broke off: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the load generator was looked at", e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        end.handle((nothing, error) -> null).join();
        sender.close();
    }
}
