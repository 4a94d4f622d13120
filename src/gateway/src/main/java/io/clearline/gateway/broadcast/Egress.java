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
package io.clearline.gateway.broadcast;

import io.clearline.dsp.Pcm16;
import io.clearline.gateway.kafka.EnhancedFrameListener;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes the enhanced frames of one stream to an output of ffmpeg, in real time. The first frame is written after the
 * buffer time; from then on only the media clock decides when a frame is due. Where a frame is missing or late, silence
 * of the same length takes its place, so that the delay stays constant.
 *
 * <p>One thread calls {@link #run}, another passes frames to {@link #frame}, which blocks while the queue is full. The
 * other methods are thread-safe.
 */
public final class Egress implements EnhancedFrameListener {
    private static final int QUEUE_FRAMES = 512;
    private static final long WAIT_MILLIS = 100;
    private static final int SILENCE_MILLIS = 20;
    /** An output that was blocked for longer drops what it has missed, and continues in time. */
    private static final long MAX_BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EgressSettings settings;
    private final Consumer<String> events;
    private final BlockingQueue<EnhancedFrame> queue = new ArrayBlockingQueue<>(QUEUE_FRAMES);
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong dryFrames = new AtomicLong();
    private final AtomicLong concealedFrames = new AtomicLong();
    private final AtomicLong duplicateFrames = new AtomicLong();
    private final AtomicLong lateSamples = new AtomicLong();
    private final AtomicLong silenceSamples = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private final AtomicLong droppedSamples = new AtomicLong();
    private final DelayMeter delay = new DelayMeter();
    private volatile boolean stopped;
    private volatile FfmpegSink sink;
    private OutputTimeline timeline;
    private byte[] silence;
    private int channels;
    /** When the first sample is due, on the clock of {@link System#nanoTime}. */
    private long zeroNanos;

    private boolean ended;

    /**
     * Makes an egress that does not run yet.
     *
     * @param events receives one sentence for each event that an operator should see
     */
    public Egress(EgressSettings settings, Consumer<String> events) {
        this.settings = settings;
        this.events = events;
    }

    /**
     * Counters since the start. All sample counts are per channel.
     *
     * @param frames written
     * @param dryFrames of them, those that the job returned without enhancement
     * @param concealedFrames of them, those that the job or the gateway made up in place of lost ones
     * @param duplicateFrames ignored because they had been written before
     * @param lateSamples dropped because silence had taken their place
     * @param silenceSamples written in place of missing ones
     * @param restarts of ffmpeg
     * @param droppedSamples while ffmpeg did not run or accepted nothing
     * @param delayMillisMean delay from capture to output since the previous status; a picture that takes another route
     *     must be delayed by this much
     * @param delayMillisMax maximum of that delay
     */
    public record Status(
            long frames,
            long dryFrames,
            long concealedFrames,
            long duplicateFrames,
            long lateSamples,
            long silenceSamples,
            long restarts,
            long droppedSamples,
            double delayMillisMean,
            double delayMillisMax) {}

    /** Returns the counters, and starts a new measurement of the delay. */
    public Status status() {
        DelayMeter.Delay now = delay.take();
        return new Status(
                frames.get(),
                dryFrames.get(),
                concealedFrames.get(),
                duplicateFrames.get(),
                lateSamples.get(),
                silenceSamples.get(),
                restarts.get(),
                droppedSamples.get(),
                now.meanMillis(),
                now.maxMillis());
    }

    @Override
    public boolean follows(String streamId) {
        return streamId.equals(settings.streamId());
    }

    /** Queues a frame. Blocks while the queue is full: the output runs in real time, and Kafka keeps what follows. */
    @Override
    public void frame(EnhancedFrame frame, long readyNanos) {
        try {
            while (!stopped && !queue.offer(frame, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                // Polls, so that stop() takes effect while the queue is full.
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Writes frames until {@link #stop} is called, or, if the settings say so, until the session ends.
     *
     * @throws IOException if ffmpeg cannot be started, or a file cannot be written
     */
    public void run() throws IOException {
        try {
            while (!stopped && !(ended && settings.once())) {
                EnhancedFrame frame = next();
                if (frame != null) {
                    play(frame);
                } else if (timeline != null && settings.paced() && nanosUntilDue() <= 0) {
                    writeSilence(silence.length / (channels * Short.BYTES));
                }
            }
        } finally {
            stopped = true;
            if (sink != null) {
                sink.close();
            }
        }
    }

    /** Returns the next frame; null if none arrives before the next output is due. */
    private EnhancedFrame next() throws IOException {
        long waitNanos = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        if (timeline != null && settings.paced()) {
            waitNanos = Math.max(0, Math.min(waitNanos, nanosUntilDue()));
        }
        try {
            return queue.poll(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void play(EnhancedFrame frame) throws IOException {
        if (timeline != null && timeline.isDuplicate(frame)) {
            duplicateFrames.incrementAndGet();
            return;
        }
        prepare(frame);
        OutputTimeline.Place place = timeline.place(frame);
        if (place.newClock()) {
            events.accept("session " + frame.getSession() + " has another clock; its audio follows immediately");
        }
        writeSilence(place.silence());
        byte[] samples = samples(frame);
        int sampleBytes = channels * Short.BYTES;
        int skipped = (int) Math.min(samples.length, place.skip() * sampleBytes);
        lateSamples.addAndGet(skipped / sampleBytes);
        awaitDue();
        if (skipped < samples.length) {
            delay.record(nowMicros() - frame.getCaptureTimeMicros());
        }
        write(samples, skipped, samples.length - skipped);
        frames.incrementAndGet();
        dryFrames.addAndGet(frame.getBypassed() ? 1 : 0);
        concealedFrames.addAndGet(frame.getConcealed() ? 1 : 0);
        ended = frame.getLastOfStream();
    }

    /** Starts ffmpeg with the first frame, and restarts it if the format changes. */
    private void prepare(EnhancedFrame frame) throws IOException {
        if (sink != null && sink.accepts(frame.getSampleRateHz(), frame.getChannels())) {
            return;
        }
        if (sink != null) {
            if (settings.output().isFile()) {
                throw new IOException("Stream " + settings.streamId() + " continues with " + frame.getChannels()
                        + " channel(s) at " + frame.getSampleRateHz()
                        + " Hz, but the file has another format. Write what follows to another file.");
            }
            sink.close();
        }
        channels = frame.getChannels();
        sink = new FfmpegSink(settings.output(), frame.getSampleRateHz(), channels, events, restarts, droppedSamples);
        long bufferSamples = settings.buffer().toMillis() * frame.getSampleRateHz() / 1000;
        timeline = new OutputTimeline(frame.getSampleRateHz(), settings.paced() ? bufferSamples : 0);
        silence = new byte[frame.getSampleRateHz() * SILENCE_MILLIS / 1000 * channels * Short.BYTES];
        zeroNanos = System.nanoTime() + settings.buffer().toNanos();
        events.accept("session " + frame.getSession() + ": " + channels + " channel(s) at " + frame.getSampleRateHz()
                + " Hz to " + settings.output());
    }

    private void writeSilence(long samples) throws IOException {
        silenceSamples.addAndGet(samples);
        for (long left = samples * channels * Short.BYTES; left > 0 && !stopped; left -= silence.length) {
            awaitDue();
            write(silence, 0, (int) Math.min(left, silence.length));
        }
    }

    private void write(byte[] samples, int offset, int length) throws IOException {
        boolean live = settings.paced() && !settings.output().isFile();
        if (live && nanosUntilDue() < -MAX_BEHIND_NANOS) {
            droppedSamples.addAndGet(length / (channels * Short.BYTES));
        } else {
            sink.write(samples, offset, length);
        }
        timeline.advance(length / (channels * Short.BYTES));
    }

    private long nanosUntilDue() {
        return zeroNanos + timeline.positionNanos() - System.nanoTime();
    }

    private void awaitDue() throws IOException {
        try {
            for (long left = settings.paced() ? nanosUntilDue() : 0; left > 0 && !stopped; left = nanosUntilDue()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS)));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("Interrupted while writing frames.", cause);
    }

    private static byte[] samples(EnhancedFrame frame) {
        byte[] payload = new byte[frame.getPayload().remaining()];
        frame.getPayload().duplicate().get(payload);
        if (frame.getEncoding() == AudioEncoding.PCM_S16LE) {
            return payload;
        }
        int count = payload.length / FrameLimits.bytesPerSample(frame.getEncoding());
        float[] linear = new float[count];
        FramePayload.decode(frame.getEncoding(), payload, 0, linear, 0, count);
        byte[] coded = new byte[count * Short.BYTES];
        Pcm16.encode(linear, 0, coded, 0, count);
        return coded;
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Returns the process id of ffmpeg; 0 while none runs. */
    public long pid() {
        FfmpegSink now = sink;
        return now == null ? 0 : now.pid();
    }

    /** Makes {@link #run} return as soon as ffmpeg has written what it has received. */
    public void stop() {
        stopped = true;
    }
}
