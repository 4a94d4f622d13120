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
 * Streams in real time, so many at once, each as long as the dice say and followed by another with a new id, on a
 * thread of its own. A frame's capture time is the moment at which it was due, by the system clock.
 */
public final class LiveTraffic implements AutoCloseable {
    private static final int MIN_FRAMES = 250;
    private static final int MAX_FRAMES = 3000;

    private final NumberedStreams streams;
    private final SplittableRandom random;
    private final int width;
    private final List<FrameSender> senders = new ArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile long sent;
    private long opened;

    /** One stream that is being sent. */
    private static final class Open {
        private String id;
        private long startMicros;
        private int next;
        private int length;
    }

    /**
     * Starts to send.
     *
     * @param width streams at once
     * @param copies every frame goes to each of them
     */
    public LiveTraffic(String bootstrapServers, List<Topics> copies, int width, long seed) {
        this.streams = new NumberedStreams(seed);
        this.random = new SplittableRandom(seed);
        this.width = width;
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
        List<Open> open = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            open.add(opened(startMicros));
        }
        boolean last = false;
        for (long tick = 0; !last; tick++) {
            last = stopping;
            long dueMicros = tick * NumberedStreams.FRAME_MICROS;
            for (Open each : open) {
                boolean ends = last || each.next == each.length - 1;
                byte[] value = codec.encode(streams.frame(each.id, each.next, each.startMicros, ends));
                for (FrameSender sender : senders) {
                    sender.send(each.id.getBytes(StandardCharsets.UTF_8), value);
                }
                sent++;
                each.next++;
            }
            long nextMicros = startMicros + dueMicros + NumberedStreams.FRAME_MICROS;
            open.replaceAll(each -> each.next == each.length ? opened(nextMicros) : each);
            waitUntil(startNanos + TimeUnit.MICROSECONDS.toNanos(dueMicros + NumberedStreams.FRAME_MICROS));
        }
        for (FrameSender sender : senders) {
            sender.flush();
        }
    }

    private Open opened(long startMicros) {
        Open stream = new Open();
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

    /** Frames sent so far, copies not counted. */
    public long sent() {
        return sent;
    }

    /** Ends every stream with a last frame and waits until all is in Kafka. */
    public void finish() throws IOException {
        stopping = true;
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IOException("The traffic broke off: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the traffic ended", e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        done.handle((nothing, error) -> null).join();
        senders.forEach(FrameSender::close);
    }
}
