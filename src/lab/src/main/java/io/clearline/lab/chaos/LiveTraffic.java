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
package io.clearline.lab.chaos;

import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a constant number of concurrent streams in real time, on a daemon thread of its own. Each stream has a random
 * length and is followed by another with a new id. The capture time of a frame is the time at which it was due, by the
 * system clock. Thread-safe.
 */
public final class LiveTraffic implements AutoCloseable {
    /** 5 to 60 seconds. */
    private static final int MIN_FRAMES = 250;

    private static final int MAX_FRAMES = 3000;

    private final NumberedStreams streams;
    private final SplittableRandom random;
    private final int concurrentStreams;
    private final List<FrameSender> senders = new ArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile long sent;
    private long opened;

    /** A stream that is being sent. */
    private static final class OpenStream {
        private String id;
        private long startMicros;
        private int next;
        private int length;
    }

    /**
     * Starts sending.
     *
     * @param copies sets of topics; every frame goes to each of them
     * @param concurrentStreams number of streams at a time
     * @param seed seed of the samples and of the lengths of the streams
     */
    public LiveTraffic(String bootstrapServers, List<Topics> copies, int concurrentStreams, long seed) {
        this.streams = new NumberedStreams(seed);
        this.random = new SplittableRandom(seed);
        this.concurrentStreams = concurrentStreams;
        for (Topics topics : copies) {
            senders.add(new FrameSender(bootstrapServers, topics.rawFrames(), new Properties()));
        }
        Thread thread = new Thread(this::send, "traffic");
        thread.setDaemon(true);
        thread.start();
    }

    private void send() {
        try {
            sendUntilStopped();
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void sendUntilStopped() throws IOException {
        WireCodec<AudioFrame> codec = WireCodec.audioFrame();
        long startNanos = System.nanoTime();
        long startMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        List<OpenStream> open = new ArrayList<>();
        for (int i = 0; i < concurrentStreams; i++) {
            open.add(open(startMicros));
        }
        boolean last = false;
        for (long tick = 0; !last; tick++) {
            last = stopping;
            long dueMicros = tick * NumberedStreams.FRAME_MICROS;
            for (OpenStream each : open) {
                boolean ends = last || each.next == each.length - 1;
                byte[] value = codec.encode(streams.frame(each.id, each.next, each.startMicros, ends));
                for (FrameSender sender : senders) {
                    sender.send(each.id.getBytes(StandardCharsets.UTF_8), value);
                }
                sent++;
                each.next++;
            }
            long nextMicros = startMicros + dueMicros + NumberedStreams.FRAME_MICROS;
            open.replaceAll(each -> each.next == each.length ? open(nextMicros) : each);
            waitUntil(startNanos + TimeUnit.MICROSECONDS.toNanos(dueMicros + NumberedStreams.FRAME_MICROS));
        }
        for (FrameSender sender : senders) {
            sender.flush();
        }
    }

    private OpenStream open(long startMicros) {
        OpenStream stream = new OpenStream();
        stream.id = "live-" + opened++;
        stream.startMicros = startMicros;
        stream.length = random.nextInt(MIN_FRAMES, MAX_FRAMES);
        return stream;
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Returns the number of frames sent so far; copies are not counted. */
    public long sent() {
        return sent;
    }

    /**
     * Ends every stream with a last frame and waits until Kafka has acknowledged all frames.
     *
     * @throws IOException if the traffic failed
     */
    public void finish() throws IOException {
        stopping = true;
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IOException("The traffic failed: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the end of the traffic", e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        done.handle((nothing, error) -> null).join();
        senders.forEach(FrameSender::close);
    }
}
