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
 * Plays the frames of a source when {@link PlayoutSchedule} says, each once and in order: enhanced where the enhanced
 * frame is there by then, else dry. Both have the same delay, so that nothing shifts when one follows the other.
 *
 * <p>Thread-confined, save the delay, which any thread reads.
 */
final class Playout {
    /** What an impatient sender may send ahead. A frame that would be one too many is played at once. */
    private static final int MAX_FRAMES = 64;

    private final AudioCodec encoder;
    private final MediaSink sink;
    private final SessionCounters counters;
    private final MillisHistogram addedDelay;
    private final PlayoutSchedule schedule;
    private final PlayoutMixer mixer;
    private final ArrayDeque<PlayoutFrame> waiting = new ArrayDeque<>();
    /** Played dry, while the enhanced frame may still come and tell how long it took. */
    private final ArrayDeque<PlayoutFrame> missed = new ArrayDeque<>();

    private final long maxDelayNanos;
    private final byte[] encoded;
    private byte[] payload = new byte[0];
    private volatile long delayNanos;

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
        encoded = new byte[Math.max(1500, 2 * encoder.maxSamples())];
    }

    /** Takes a frame that is to be played. */
    void add(PlayoutFrame frame) {
        if (!frame.concealed) {
            schedule.arrived(frame.mediaNanos, frame.arrivalNanos);
        }
        waiting.add(frame);
        if (waiting.size() > MAX_FRAMES) {
            playFirst(System.nanoTime());
        }
    }

    /** Takes a packet that is no audio; it has the delay of the audio, from its arrival on. */
    void add(PassedPacket packet, long arrivalNanos) {
        waiting.add(PlayoutFrame.of(packet, arrivalNanos));
    }

    /** Takes an enhanced frame, which waits for its time, or comes too late. */
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

    /** The samples of an enhanced frame; null when it does not answer ours. */
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

    /** Plays every frame whose time has come. */
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

    /** Plays everything, whatever its time. */
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

    /** From arrival to play-out of the frame that was played last. Any thread. */
    long delayNanos() {
        return delayNanos;
    }
}
