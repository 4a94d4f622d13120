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
package io.clearline.gateway.media;

import io.clearline.gateway.codec.AudioCodec;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.FramePayload;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Plays the frames of a source at the times that {@link PlayoutSchedule} gives, each exactly once and in order:
 * enhanced if the enhanced frame has arrived by then, dry otherwise. Dry and enhanced frames have the same delay, so
 * that nothing shifts in time when one follows the other.
 *
 * <p>Thread-confined, except for {@link #delayNanos}.
 */
final class Playout {
    /** Limits how far a sender may run ahead. One frame more, and the oldest is played at once. */
    private static final int MAX_FRAMES = 64;

    private final AudioCodec encoder;
    private final MediaSink sink;
    private final SessionCounters counters;
    private final MillisHistogram addedDelay;
    private final PlayoutSchedule schedule;
    private final PlayoutMixer mixer;
    private final ArrayDeque<PlayoutFrame> waiting = new ArrayDeque<>();
    /**
     * Frames that were played dry. Their enhanced frames may still arrive, and then show how much delay would have been
     * enough.
     */
    private final ArrayDeque<PlayoutFrame> missed = new ArrayDeque<>();

    private final long maxDelayNanos;
    private final byte[] encoded;
    private byte[] payload = new byte[0];
    private volatile long delayNanos;

    /**
     * Makes a play-out without any frame.
     *
     * @param encoder encodes what is played
     * @param sink sends what is played
     */
    Playout(
            AudioCodec encoder,
            MediaSink sink,
            SessionSettings settings,
            SessionCounters counters,
            MillisHistogram addedDelay) {
        this.encoder = encoder;
        this.sink = sink;
        this.counters = counters;
        this.addedDelay = addedDelay;
        schedule = new PlayoutSchedule(settings);
        maxDelayNanos = settings.maxDelay().toNanos();
        delayNanos = settings.firstDelay().toNanos();
        mixer = new PlayoutMixer(encoder.sampleRateHz());
        encoded = new byte[Math.max(AudioCodec.MIN_ENCODED_CAPACITY_BYTES, 2 * encoder.maxSamples())];
    }

    /** Queues a frame to be played. */
    void add(PlayoutFrame frame) {
        if (!frame.concealed) {
            schedule.arrived(frame.mediaNanos, frame.arrivalNanos);
        }
        waiting.add(frame);
        if (waiting.size() > MAX_FRAMES) {
            playFirst(System.nanoTime());
        }
    }

    /**
     * Queues a packet that is not audio. It is forwarded after the current delay of the audio, counted from its
     * arrival.
     */
    void add(PassedPacket packet, long arrivalNanos) {
        waiting.add(PlayoutFrame.of(packet, arrivalNanos));
    }

    /**
     * Matches an enhanced frame to the frame that waits for it, by capture time. If that frame has been played already,
     * the enhanced one is counted as too late; its timing is still used to adapt the schedule.
     *
     * @param readyNanos when the frame was read from Kafka, on the clock of {@link System#nanoTime}
     */
    void enhanced(EnhancedFrame frame, long readyNanos) {
        PlayoutFrame inTime = find(waiting, frame.getCaptureTimeMicros());
        PlayoutFrame answered = inTime != null ? inTime : find(missed, frame.getCaptureTimeMicros());
        if (answered != null) {
            schedule.ready(answered.mediaNanos, answered.arrivalNanos, readyNanos);
        }
        if (inTime != null) {
            inTime.enhanced = samples(frame, inTime.samples);
            inTime.wet = frame.getEnhanced();
        } else {
            counters.add(SessionCounter.FRAMES_TOO_LATE);
        }
    }

    private static PlayoutFrame find(ArrayDeque<PlayoutFrame> frames, long captureTimeMicros) {
        for (PlayoutFrame each : frames) {
            if (each.captureTimeMicros == captureTimeMicros && each.passed == null) {
                return each;
            }
        }
        return null;
    }

    /** Decodes the samples of an enhanced frame; returns null if there are not as many as in the raw frame. */
    private float[] samples(EnhancedFrame frame, int expected) {
        ByteBuffer bytes = frame.getPayload();
        if (bytes.remaining() != expected * FrameLimits.bytesPerSample(frame.getEncoding())) {
            return null;
        }
        if (payload.length < bytes.remaining()) {
            payload = new byte[bytes.remaining()];
        }
        bytes.duplicate().get(payload, 0, bytes.remaining());
        float[] samples = new float[expected];
        FramePayload.decode(frame.getEncoding(), payload, 0, samples, 0, expected);
        return samples;
    }

    /** Plays every frame that is due. */
    void playDue(long nowNanos) {
        while (!waiting.isEmpty() && dueNanos(waiting.peek()) - nowNanos <= 0) {
            playFirst(nowNanos);
        }
        while (!missed.isEmpty() && nowNanos - missed.peek().arrivalNanos > maxDelayNanos) {
            missed.poll();
        }
    }

    private long dueNanos(PlayoutFrame frame) {
        return frame.passed != null
                ? frame.arrivalNanos + delayNanos
                : schedule.dueNanos(frame.mediaNanos, frame.arrivalNanos);
    }

    /** Plays every frame that waits, due or not. */
    void playAll(long nowNanos) {
        while (!waiting.isEmpty()) {
            playFirst(nowNanos);
        }
    }

    private void playFirst(long nowNanos) {
        PlayoutFrame frame = waiting.poll();
        if (frame.passed != null) {
            sink.passOn(frame.passed);
            return;
        }
        count(frame);
        if (frame.enhanced == null) {
            missed.add(frame);
        }
        delayNanos = nowNanos - frame.arrivalNanos;
        addedDelay.record(delayNanos);
        float[] samples = mixer.mix(frame);
        int length = encoder.encode(samples, frame.samples, encoded);
        sink.play(encoded, length, frame.ticks, frame.startsSpurt);
    }

    private void count(PlayoutFrame frame) {
        if (frame.enhanced == null) {
            counters.add(SessionCounter.FRAMES_DRY);
        } else {
            counters.add(frame.wet ? SessionCounter.FRAMES_ENHANCED : SessionCounter.FRAMES_BYPASSED);
        }
        if (frame.concealed) {
            counters.add(SessionCounter.FRAMES_CONCEALED);
        }
    }

    /** Returns the delay from arrival to play-out of the frame played last, in nanoseconds. Thread-safe. */
    long delayNanos() {
        return delayNanos;
    }
}
