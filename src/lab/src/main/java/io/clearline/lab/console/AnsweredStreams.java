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

import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Writes streams together with the output that a job would produce for them: frames of 20 ms, their enhanced frames,
 * and one estimate a second. The cost of a console can thus be measured on a machine without the capacity for a job. A
 * daemon thread of its own writes the records. Thread-safe.
 */
final class AnsweredStreams implements AutoCloseable {
    private static final int SAMPLE_RATE_HZ = 16_000;
    private static final int FRAME_BYTES = 640;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SECOND_MILLIS = 1_000;
    /** The linger of a gateway with many streams, and of the job under load. */
    private static final String LINGER_MILLIS = "3";

    private final Topics topics = Topics.DEFAULT;
    private final String[] ids;
    private final byte[][] keys;
    private final long[] sequences;
    private final int frameMillis;
    private final FrameSender in;
    private final FrameSender out;
    private final FrameSender estimates;
    private final WireCodec<AudioFrame> inCodec = WireCodec.audioFrame();
    private final WireCodec<EnhancedFrame> outCodec = WireCodec.enhancedFrame();
    private final WireCodec<SdrEstimate> estimateCodec = WireCodec.sdrEstimate();
    private final byte[] noise = new byte[FRAME_BYTES];
    private final Thread thread = new Thread(this::run, "answered-streams");
    private volatile boolean closed;
    private volatile IOException failure;
    private volatile long records;

    /**
     * Starts writing.
     *
     * @param streams number of concurrent streams
     * @param frameMillis time between two frames of a stream
     */
    AnsweredStreams(String bootstrapServers, int streams, int frameMillis) {
        this.frameMillis = frameMillis;
        ids = new String[streams];
        keys = new byte[streams][];
        sequences = new long[streams];
        for (int i = 0; i < streams; i++) {
            ids[i] = String.format("stream-%05d", i);
            keys[i] = ids[i].getBytes(StandardCharsets.US_ASCII);
        }
        new SplittableRandom(1).nextBytes(noise);
        Properties settings = new Properties();
        settings.put("linger.ms", LINGER_MILLIS);
        in = new FrameSender(bootstrapServers, topics.rawFrames(), settings);
        out = new FrameSender(bootstrapServers, topics.enhancedFrames(), settings);
        estimates = new FrameSender(bootstrapServers, topics.sdrEstimates(), settings);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            write();
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = new IOException("The streams failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() throws IOException, InterruptedException {
        // Sending the first frame waits for the metadata of the topics. The clock starts after that.
        frame(0);
        in.flush();
        long start = System.nanoTime();
        long sent = 0;
        long estimated = 0;
        while (!closed) {
            long elapsedNanos = System.nanoTime() - start;
            // Streams take turns, so that their frames are spread evenly over time.
            long due = elapsedNanos * keys.length / TimeUnit.MILLISECONDS.toNanos(frameMillis);
            for (; sent < due; sent++) {
                frame((int) (sent % keys.length));
            }
            long estimatesDue = elapsedNanos * keys.length / TimeUnit.MILLISECONDS.toNanos(SECOND_MILLIS);
            for (; estimated < estimatesDue; estimated++) {
                estimate((int) (estimated % keys.length));
            }
            records = 2 * sent + estimated;
            TimeUnit.NANOSECONDS.sleep(TICK_NANOS);
        }
    }

    private void frame(int stream) throws IOException {
        long sequence = sequences[stream]++;
        long micros = 1000 * System.currentTimeMillis();
        in.send(
                keys[stream],
                inCodec.encode(new AudioFrame(
                        ids[stream],
                        sequence,
                        micros,
                        SAMPLE_RATE_HZ,
                        AudioEncoding.PCM_S16LE,
                        1,
                        ByteBuffer.wrap(noise),
                        false,
                        Map.of(),
                        "")));
        out.send(
                keys[stream],
                outCodec.encode(new EnhancedFrame(
                        ids[stream],
                        sequence,
                        micros,
                        SAMPLE_RATE_HZ,
                        AudioEncoding.PCM_S16LE,
                        1,
                        ByteBuffer.wrap(noise),
                        false,
                        "live-16k",
                        "9",
                        true,
                        false,
                        false,
                        "s1")));
    }

    private void estimate(int stream) throws IOException {
        estimates.send(
                keys[stream],
                estimateCodec.encode(SdrEstimate.newBuilder()
                        .setStreamId(ids[stream])
                        .setWindowStartMicros(1000 * (System.currentTimeMillis() - SECOND_MILLIS))
                        .setWindowLengthMicros(1000 * SECOND_MILLIS)
                        .setInputSdrDb(4)
                        .setOutputSdrDb(12 + stream % 3)
                        .setOutputSdrLowDb(10)
                        .setOutputSdrHighDb(16)
                        .setSession("s1")
                        .build()));
    }

    /** Returns the number of records written so far: input frames, output frames and estimates. */
    long records() {
        return records;
    }

    /**
     * Checks that the thread runs.
     *
     * @throws IOException if writing has failed
     */
    void requireRunning() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        in.close();
        out.close();
        estimates.close();
    }
}
