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
package io.clearline.cli.demo;

import io.clearline.cli.ReceivedStream;
import io.clearline.kafka.TopicReader;
import io.clearline.schemas.EnhancedFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * Reads the enhanced streams and measures the latency of each frame, from when it was due at Kafka until its enhanced
 * frame is read. The latency includes the algorithmic delay. {@link #sent} is called by the sending thread, while
 * {@link #call} runs in another one.
 */
final class EnhancedTopic implements Callable<Map<String, ReceivedStream>> {
    private static final Duration POLL = Duration.ofMillis(10);

    private final TopicReader<EnhancedFrame> reader;
    private final int streams;
    private final Predicate<String> wanted;
    private final Duration timeout;
    private final Map<FrameKey, Long> intendedNanos = new ConcurrentHashMap<>();
    private final Histogram latencyMicros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);

    private record FrameKey(String streamId, long sequence) {}

    /**
     * Creates a reader that reads until the given number of streams are complete.
     *
     * @param wanted returns whether a stream id is wanted
     * @param timeout longest wait for the next frame
     */
    EnhancedTopic(TopicReader<EnhancedFrame> reader, int streams, Predicate<String> wanted, Duration timeout) {
        this.reader = reader;
        this.streams = streams;
        this.wanted = wanted;
        this.timeout = timeout;
    }

    /** Records the {@link System#nanoTime} at which a frame was due. */
    void sent(String streamId, long sequence, long dueNanos) {
        intendedNanos.put(new FrameKey(streamId, sequence), dueNanos);
    }

    @Override
    public Map<String, ReceivedStream> call() throws IOException {
        Map<String, ReceivedStream> received = new HashMap<>();
        long lastNanos = System.nanoTime();
        while (complete(received) < streams) {
            for (EnhancedFrame frame : reader.poll(POLL)) {
                if (wanted.test(frame.getStreamId())) {
                    lastNanos = System.nanoTime();
                    take(received, frame, lastNanos);
                }
            }
            if (System.nanoTime() - lastNanos > timeout.toNanos()) {
                throw new IOException("Expected " + streams + " complete streams, received " + complete(received)
                        + " and then no frame for " + timeout.toSeconds() + " seconds. See the job's log.");
            }
        }
        return received;
    }

    /** Returns the latencies of all frames in microseconds. Must not be used before {@link #call} has returned. */
    Histogram latencyMicros() {
        return latencyMicros;
    }

    private void take(Map<String, ReceivedStream> received, EnhancedFrame frame, long nowNanos) {
        ReceivedStream stream = received.computeIfAbsent(frame.getStreamId(), id -> new ReceivedStream());
        if (stream.add(frame)) {
            Long dueNanos = intendedNanos.remove(new FrameKey(frame.getStreamId(), frame.getSequence()));
            if (dueNanos != null) {
                latencyMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nowNanos - dueNanos)));
            }
        }
    }

    private static long complete(Map<String, ReceivedStream> received) {
        return received.values().stream().filter(ReceivedStream::isComplete).count();
    }
}
