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
 * Open-loop load generator: one daemon thread sends each frame of the live streams when it is due, regardless of the
 * job's progress. A frame is due when its last sample was captured. Streams last 5 to 30 seconds, start at random
 * offsets within a frame, and each that ends is replaced by a new one.
 *
 * <p>The thread wakes once a millisecond and sends all frames that are due; the delay of up to a millisecond counts as
 * latency. Thread-safe.
 */
final class Traffic implements AutoCloseable {
    /** The linger of a gateway with many streams: frames of a few milliseconds share a request. */
    private static final String LINGER_MILLIS = "3";

    private static final long FRAME_MICROS = TimeUnit.MILLISECONDS.toMicros(AudioPool.FRAME_MILLIS);
    private static final long TICK_MICROS = 1000;
    private static final int MIN_FRAMES = 5000 / AudioPool.FRAME_MILLIS;
    private static final int MAX_FRAMES = 30_000 / AudioPool.FRAME_MILLIS;

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
    private volatile int targetStreams;
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

    /** Starts the thread without streams; see {@link #setStreams}. */
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

    /** Sets the number of concurrent streams. New ones open at once; surplus ones end with their next frame. */
    void setStreams(int streams) {
        targetStreams = streams;
    }

    /** Reports frames that are due from now on to this window. */
    void observe(LatencyWindow next) {
        window = next;
    }

    /** Returns the size of the value of the last record, in bytes. */
    int recordBytes() {
        return recordBytes;
    }

    /** Returns the sequence number of a stream's last frame, or {@link Long#MAX_VALUE} for an unknown stream. */
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
                // A stall of this thread does not shift the due times.
                tickMicros = Math.max(tickMicros + TICK_MICROS, RunClock.micros() / TICK_MICROS * TICK_MICROS);
                RunClock.sleepUntil(tickMicros);
            }
            end.complete(null);
        } catch (IOException | RuntimeException | InterruptedException e) {
            end.completeExceptionally(e);
        }
    }

    private void openMissing(long nowMicros) {
        while (open.size() < targetStreams) {
            OpenStream stream = new OpenStream();
            stream.number = opened++;
            stream.id = "stream-" + stream.number;
            stream.last = random.nextInt(MIN_FRAMES, MAX_FRAMES);
            stream.dueMicros = nowMicros + random.nextLong(FRAME_MICROS);
            lastSequences.put(stream.id, stream.last);
            open.add(stream);
        }
    }

    private void send(OpenStream stream) throws IOException {
        if (open.size() + 1 > targetStreams) {
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

    /**
     * Checks that the thread runs.
     *
     * @throws IOException with its failure, if it has failed
     */
    void requireRunning() throws IOException {
        if (!end.isDone()) {
            return;
        }
        try {
            end.get();
        } catch (ExecutionException e) {
            throw new IOException("The load generator failed: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while checking the load generator", e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        end.handle((nothing, error) -> null).join();
        sender.close();
    }
}
