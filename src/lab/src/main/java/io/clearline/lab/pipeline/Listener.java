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

/** Reads the enhanced frames on a thread of its own and tells the window how late each is. */
final class Listener implements AutoCloseable {
    /** As a gateway reads: a request every few milliseconds brings the frames of all streams. */
    private static final String FETCH_MILLIS = "3";

    private static final String FETCH_BYTES = "100000";
    private static final Duration POLL = Duration.ofMillis(100);
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

    /** Tells this window of what was due in it. */
    void observe(LatencyWindow next) {
        window = next;
    }

    /** Of the value of the last record that came. */
    int recordBytes() {
        return recordBytes;
    }

    long framesRead() {
        return framesRead;
    }

    private void run() {
        try {
            while (!stopping) {
                Iterable<ConsumerRecord<byte[], byte[]>> batch = records.poll(POLL);
                long nowMicros = RunClock.micros();
                for (ConsumerRecord<byte[], byte[]> each : batch) {
                    recordBytes = each.value().length;
                    take(codec.decode(each.value(), frame), nowMicros);
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void take(EnhancedFrame read, long nowMicros) {
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

    /** Fails when the thread did. */
    void requireRunning() throws IOException {
        Exception problem = failure;
        if (problem != null) {
            throw new IOException("Enhanced frames can't be read: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the reading of enhanced frames ended", e);
        }
        records.close();
    }
}
