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

import io.clearline.gateway.media.FrameTarget;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.StreamSession;
import io.clearline.schemas.FrameLimits;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads whatever ffmpeg opens into one stream in Kafka. If the source ends or fails, it is restarted after a delay.
 * What it delivers then is a new session, because its clock starts afresh and nothing shows that its audio continues
 * the previous one.
 *
 * <p>One thread calls {@link #run}; the other methods are thread-safe.
 */
public final class Ingest {
    private final IngestSettings settings;
    private final FrameTarget target;
    private final Consumer<String> events;
    private final SessionCounters counters = new SessionCounters(null);
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong silenceSamples = new AtomicLong();
    private final AtomicLong removedSamples = new AtomicLong();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile FfmpegSource source;
    private SessionFrames cutter;
    private SourceClock clock;
    private DecodedBlock format;

    /**
     * Makes an ingest that does not run yet.
     *
     * @param target receives the frames; it may block, which slows the source down
     * @param events receives one sentence for each event that an operator should see
     */
    public Ingest(IngestSettings settings, FrameTarget target, Consumer<String> events) {
        this.settings = settings;
        this.target = target;
        this.events = events;
    }

    /**
     * Counters since the start. All sample counts are per channel.
     *
     * @param frames cut from the source
     * @param framesToKafka that Kafka has acknowledged
     * @param framesNotSent dropped because Kafka is unavailable or too slow
     * @param sessions started
     * @param restarts of ffmpeg
     * @param silenceSamples inserted where the source's clock has a gap
     * @param removedSamples dropped where the source's clock went back
     */
    public record Status(
            long frames,
            long framesToKafka,
            long framesNotSent,
            long sessions,
            long restarts,
            long silenceSamples,
            long removedSamples) {}

    /** Returns the counters. */
    public Status status() {
        return new Status(
                frames.get(),
                counters.get(SessionCounter.FRAMES_TO_KAFKA),
                counters.get(SessionCounter.FRAMES_NOT_SENT),
                sessions.get(),
                restarts.get(),
                silenceSamples.get(),
                removedSamples.get());
    }

    /**
     * Reads until {@link #stop} is called, or, if the settings say so, until the source has ended.
     *
     * @throws IOException if a source that is not restarted failed, or if it has more channels than a stream supports
     */
    public void run() throws IOException {
        Backoff backoff = new Backoff(IngestSettings.MAX_BACKOFF_MILLIS);
        boolean again = true;
        while (again) {
            long startNanos = System.nanoTime();
            String why = runSource();
            again = !settings.once() && !isStopped();
            if (again) {
                long millis = backoff.nextMillis(System.nanoTime() - startNanos);
                events.accept(why + "; restarting it in " + millis + " ms");
                again = !awaitStop(millis);
                restarts.incrementAndGet();
            }
        }
    }

    /** Runs ffmpeg once, and returns why it ended. */
    private String runSource() throws IOException {
        try (FfmpegSource opened = new FfmpegSource(settings)) {
            source = opened;
            if (isStopped()) {
                return "stopped";
            }
            boolean sameFormat = copy(opened);
            endSession();
            if (!sameFormat) {
                return "the number of channels of the source has changed";
            }
            if (settings.once() && !isStopped() && !opened.endedWell()) {
                throw new IOException(source() + " cannot be read: " + opened.reasonOfEnd());
            }
            return "the source ended: " + opened.reasonOfEnd();
        }
    }

    /** Copies blocks to the end; returns false if the format changes before. */
    private boolean copy(FfmpegSource opened) throws IOException {
        long aheadSamples = settings.paced() ? 0 : opened.readAhead();
        for (DecodedBlock block = opened.next(); block != null; block = opened.next()) {
            if (cutter == null) {
                begin(block, aheadSamples);
            } else if (!block.hasSameChannels(format)) {
                return false;
            }
            take(block, opened.buffer());
        }
        return true;
    }

    /** @param aheadSamples samples that have been read already; the last of them was captured just now */
    private void begin(DecodedBlock first, long aheadSamples) throws IOException {
        if (first.channels() > FrameLimits.MAX_CHANNELS) {
            throw new IOException(source() + " has " + first.channels() + " channels, but a stream has at most "
                    + FrameLimits.MAX_CHANNELS
                    + ". Let a separate ffmpeg mix or select channels, and ingest its output.");
        }
        Instant now = Instant.now();
        format = first;
        clock = new SourceClock(settings.sampleRateHz(), first.pts());
        long startMicros = nowMicros() - 1_000_000L * aheadSamples / settings.sampleRateHz();
        cutter = new SessionFrames(
                settings,
                new StreamSession(settings.streamId(), now.toString()),
                first,
                startMicros,
                new SessionFrames.Destination(target, counters, frames));
        sessions.incrementAndGet();
        events.accept(
                "session " + now + " began: " + first.channels() + " channel(s) at " + first.sampleRateHz() + " Hz");
    }

    private void take(DecodedBlock block, byte[] samples) throws IOException {
        long correction = clock.correction(block.pts());
        if (correction == SourceClock.JUMPED) {
            endSession();
            begin(block, 0);
            correction = 0;
        }
        if (correction > 0) {
            silenceSamples.addAndGet(correction);
            cutter.appendSilence(correction);
            clock.advance(correction);
        }
        int removed = (int) Math.min(block.samples(), Math.max(0, -correction));
        removedSamples.addAndGet(removed);
        int offset = removed * block.channels() * Short.BYTES;
        cutter.append(samples, offset, block.bytes() - offset);
        clock.advance(block.samples() - removed);
        if (settings.paced()) {
            awaitWallClock(cutter.nextCaptureMicros());
        }
    }

    /** Waits until the wall clock reaches a capture time. */
    private void awaitWallClock(long micros) {
        awaitStop((micros - nowMicros()) / 1000);
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void endSession() {
        if (cutter != null) {
            cutter.end();
            cutter = null;
        }
    }

    private String source() {
        return OutputArguments.withoutSecrets(settings.input());
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits up to the given time; returns true if the ingest was stopped. */
    private boolean awaitStop(long millis) {
        try {
            return millis > 0 ? stopped.await(millis, TimeUnit.MILLISECONDS) : isStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Returns the process id of ffmpeg; 0 while none runs. */
    public long pid() {
        FfmpegSource now = source;
        return now == null ? 0 : now.pid();
    }

    /**
     * Ends the source. {@link #run} sends what has been decoded until then, followed by the last frame, and returns.
     */
    public void stop() {
        stopped.countDown();
        FfmpegSource now = source;
        if (now != null) {
            now.terminate();
        }
    }
}
