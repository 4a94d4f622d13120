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
 * Whatever ffmpeg opens, as one stream in Kafka. A source that ends or dies is started again after a while, and what
 * comes then is a new session: its clock begins anew, and nothing says that its sound follows what was before. One
 * thread runs it; any may stop it and read its counts.
 */
public final class Ingest {
    private final IngestSettings settings;
    private final FrameTarget target;
    private final Consumer<String> said;
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
     * Makes one that does not run yet.
     *
     * @param target of the frames; may wait, which holds up the source
     * @param said is told what happens, a sentence each
     */
    public Ingest(IngestSettings settings, FrameTarget target, Consumer<String> said) {
        this.settings = settings;
        this.target = target;
        this.said = said;
    }

    /**
     * What was counted until now.
     *
     * @param silenceSamples put where the source's clock left a hole, of each channel
     * @param removedSamples taken out where it went back
     */
    public record Status(
            long frames,
            long framesToKafka,
            long framesNotSent,
            long sessions,
            long restarts,
            long silenceSamples,
            long removedSamples) {}

    /** What was counted until now. */
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
     * Runs until it is stopped, or the source has ended for good.
     *
     * @throws IOException when a source that is not started again failed, or has more channels than a stream
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
                said.accept(why + "; starting it again in " + millis + " ms");
                again = !awaitStop(millis);
                restarts.incrementAndGet();
            }
        }
    }

    /** Runs ffmpeg once; says why it ended. */
    private String runSource() throws IOException {
        try (FfmpegSource opened = new FfmpegSource(settings)) {
            source = opened;
            if (isStopped()) {
                return "stopped";
            }
            boolean goesOn = copy(opened);
            endSession();
            if (!goesOn) {
                return "the source has another number of channels";
            }
            if (settings.once() && !isStopped() && !opened.endedWell()) {
                throw new IOException(source() + " can't be read: " + opened.reasonOfEnd());
            }
            return "the source ended: " + opened.reasonOfEnd();
        }
    }

    /** To the end; false when what comes next has another format. */
    private boolean copy(FfmpegSource opened) throws IOException {
        long aheadSamples = settings.paced() ? 0 : opened.readAhead();
        for (DecodedBlock block = opened.next(); block != null; block = opened.next()) {
            if (cutter == null) {
                begin(block, aheadSamples);
            } else if (!block.isLike(format)) {
                return false;
            }
            take(block, opened.buffer());
        }
        return true;
    }

    /** @param aheadSamples how many samples are there already: the last of them is of now */
    private void begin(DecodedBlock first, long aheadSamples) throws IOException {
        if (first.channels() > FrameLimits.MAX_CHANNELS) {
            throw new IOException(source() + " has " + first.channels() + " channels; a stream has at most "
                    + FrameLimits.MAX_CHANNELS + ". Let ffmpeg mix or choose some, and give it what comes out.");
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
                new SessionFrames.Sending(target, counters, frames));
        sessions.incrementAndGet();
        said.accept(
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

    /** Waits until a sample that is captured then would be there. */
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

    /** Waits at most so long; true when it was stopped. */
    private boolean awaitStop(long millis) {
        try {
            return millis > 0 ? stopped.await(millis, TimeUnit.MILLISECONDS) : isStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The process id of ffmpeg; 0 while none runs. */
    public long pid() {
        FfmpegSource now = source;
        return now == null ? 0 : now.pid();
    }

    /** Ends the source: what it has read is sent, then the last frame, and {@link #run} returns. */
    public void stop() {
        stopped.countDown();
        FfmpegSource now = source;
        if (now != null) {
            now.terminate();
        }
    }
}
