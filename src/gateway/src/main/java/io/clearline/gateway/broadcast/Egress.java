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
 * The enhanced frames of one stream to whatever ffmpeg writes, in real time. The first frame is written when the buffer
 * has passed; from then on the media clock alone says when each one's time is. Where a frame is missing or late,
 * silence of the same length takes its place, so that the delay stays what it was.
 *
 * <p>One thread runs it; another hands it frames, and waits while many of them wait here; any may stop it.
 */
public final class Egress implements EnhancedFrameListener {
    private static final int QUEUE_FRAMES = 512;
    private static final long WAIT_MILLIS = 100;
    private static final int SILENCE_MILLIS = 20;
    /** An output that was held up so long goes on in time: what it missed is dropped. */
    private static final long MAX_BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EgressSettings settings;
    private final Consumer<String> said;
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
    private long zeroNanos;
    private boolean ended;

    /**
     * Makes one that does not run yet.
     *
     * @param said is told what happens, a sentence each
     */
    public Egress(EgressSettings settings, Consumer<String> said) {
        this.settings = settings;
        this.said = said;
    }

    /**
     * What was counted until now.
     *
     * @param dryFrames that the job passed as they came in
     * @param lateSamples that came when silence was in their place already; of each channel, as all samples here
     * @param silenceSamples in place of what was missing
     * @param droppedSamples while no ffmpeg ran, or it took nothing
     * @param delayMillisMean from capture to output since the status was last asked for: the audio is behind by it, and
     *     a picture that goes another way has to wait as long
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

    /** What was counted until now; measures the delay anew. */
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

    @Override
    public void frame(EnhancedFrame frame, long readyNanos) {
        try {
            while (!stopped && !queue.offer(frame, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                // The output goes in real time; Kafka keeps the rest.
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs until it is stopped, or the session has ended and no other is wanted.
     *
     * @throws IOException when ffmpeg can't be started, or a file not be written
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

    /** The next frame; null when none came until its time. */
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
        if (place.anew()) {
            said.accept("session " + frame.getSession() + " goes by another clock; it follows at once");
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

    /** Starts the output with the first frame, and again with another format. */
    private void prepare(EnhancedFrame frame) throws IOException {
        if (sink != null && sink.takes(frame.getSampleRateHz(), frame.getChannels())) {
            return;
        }
        if (sink != null) {
            if (settings.output().isFile()) {
                throw new IOException("Stream " + settings.streamId() + " goes on with " + frame.getChannels()
                        + " channel(s) at " + frame.getSampleRateHz() + " Hz; the file holds another format.");
            }
            sink.close();
        }
        channels = frame.getChannels();
        sink = new FfmpegSink(settings.output(), frame.getSampleRateHz(), channels, said, restarts, droppedSamples);
        long bufferSamples = settings.buffer().toMillis() * frame.getSampleRateHz() / 1000;
        timeline = new OutputTimeline(frame.getSampleRateHz(), settings.paced() ? bufferSamples : 0);
        silence = new byte[frame.getSampleRateHz() * SILENCE_MILLIS / 1000 * channels * Short.BYTES];
        zeroNanos = System.nanoTime() + settings.buffer().toNanos();
        said.accept("session " + frame.getSession() + ": " + channels + " channel(s) at " + frame.getSampleRateHz()
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
        return new IOException("Interrupted while frames were written.", cause);
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

    /** The process id of ffmpeg; 0 while none runs. */
    public long pid() {
        FfmpegSink now = sink;
        return now == null ? 0 : now.pid();
    }

    /** Lets {@link #run} return once ffmpeg has written what it has. */
    public void stop() {
        stopped = true;
    }
}
