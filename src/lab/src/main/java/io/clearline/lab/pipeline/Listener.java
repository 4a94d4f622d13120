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

import io.clearline.kafka.RecordReader;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the enhanced frames on a daemon thread of its own and reports their latencies to a window. Thread-safe. */
final class Listener implements AutoCloseable {
    /** The fetch settings of a gateway: one request every few milliseconds for the frames of all streams. */
    private static final String FETCH_MILLIS = "3";

    private static final String FETCH_BYTES = "100000";
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final long FRAME_MICROS = TimeUnit.MILLISECONDS.toMicros(AudioPool.FRAME_MILLIS);

    private final RecordReader records;
    private final WireCodec<EnhancedFrame> codec = WireCodec.enhancedFrame();
    private final FrameTiming timing;
    private final Traffic traffic;
    private final Thread thread = new Thread(this::run, "load-listener");
    private volatile LatencyWindow window = new LatencyWindow(0, 0, 0);
    private volatile boolean stopping;
    private volatile Exception failure;
    private volatile long framesRead;
    private volatile int recordBytes;
    private EnhancedFrame frame;

    Listener(String bootstrapServers, String topic, FrameTiming timing, Traffic traffic) throws IOException {
        this.timing = timing;
        this.traffic = traffic;
        Properties settings = new Properties();
        settings.put("fetch.max.wait.ms", FETCH_MILLIS);
        settings.put("fetch.min.bytes", FETCH_BYTES);
        settings.put("check.crcs", "false");
        records = new RecordReader(bootstrapServers, topic, settings);
        thread.setDaemon(true);
        thread.start();
    }

    /** Reports frames to this window from now on. */
    void observe(LatencyWindow next) {
        window = next;
    }

    /** Returns the size of the value of the last record, in bytes. */
    int recordBytes() {
        return recordBytes;
    }

    /** Returns the number of frames read so far. */
    long framesRead() {
        return framesRead;
    }

    private void run() {
        try {
            while (!stopping) {
                Iterable<ConsumerRecord<byte[], byte[]>> batch = records.poll(POLL_TIMEOUT);
                long nowMicros = RunClock.micros();
                for (ConsumerRecord<byte[], byte[]> each : batch) {
                    recordBytes = each.value().length;
                    recordLatency(codec.decode(each.value(), frame), nowMicros);
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void recordLatency(EnhancedFrame read, long nowMicros) {
        frame = read;
        framesRead++;
        String id = read.getStreamId();
        long completing = timing.completing(read.getSequence(), traffic.lastSequence(id));
        long dueMicros = read.getCaptureTimeMicros() + FRAME_MICROS * (1 + completing - read.getSequence());
        LatencyWindow current = window;
        if (current.covers(dueMicros)) {
            current.arrived(dueMicros, nowMicros - dueMicros, read.getBypassed());
        }
        if (read.getLastOfStream()) {
            traffic.forget(id);
        }
    }

    /**
     * Checks that the thread runs.
     *
     * @throws IOException with its failure, if it has failed
     */
    void requireRunning() throws IOException {
        Exception problem = failure;
        if (problem != null) {
            throw new IOException("The listener cannot read enhanced frames: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the end of the listener", e);
        }
        records.close();
    }
}
