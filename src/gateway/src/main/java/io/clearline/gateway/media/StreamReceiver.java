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

import io.clearline.schemas.FrameLimits;

/**
 * Cuts the audio of a reliable, ordered connection into frames of 20 ms for a session, whatever the size of the pieces
 * in which it arrives. The clock is the number of samples. After half a second or more without data, the clock is
 * advanced by the length of the pause. Thread-confined.
 */
public final class StreamReceiver {
    private static final int FRAMES_PER_SECOND = 50;
    /** A shorter gap is jitter of the network or of the sender, and does not advance the clock. */
    private static final long PAUSE_NANOS = 500_000_000L;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final MediaSession session;
    private final RateLimit rate;
    private final int frameSamples;
    private final byte[] frame;
    private int filled;
    private long ticks;
    private boolean started;
    private long firstArrival;
    private long lastArrival;

    /**
     * Makes a receiver.
     *
     * @param session its format must code each sample by itself, as G.711 and PCM do
     */
    public StreamReceiver(MediaSession session, SessionSettings settings) {
        this.session = session;
        rate = new RateLimit(settings.maxPacketsPerSecond());
        frameSamples = session.sampleRateHz() / FRAMES_PER_SECOND;
        frame = new byte[frameSamples * FrameLimits.bytesPerSample(session.frameEncoding())];
    }

    /**
     * Takes the next bytes, which may end within a frame.
     *
     * @param arrivalNanos on the clock of {@link System#nanoTime}
     */
    public void receive(byte[] bytes, int offset, int length, long arrivalNanos) {
        if (!started) {
            started = true;
            firstArrival = arrivalNanos;
        } else if (arrivalNanos - lastArrival >= PAUSE_NANOS) {
            skipPause(arrivalNanos);
        }
        lastArrival = arrivalNanos;
        int at = offset;
        while (at < offset + length) {
            int part = Math.min(frame.length - filled, offset + length - at);
            System.arraycopy(bytes, at, frame, filled, part);
            filled += part;
            at += part;
            if (filled == frame.length) {
                filled = 0;
                emit(arrivalNanos);
            }
        }
    }

    /** Advances the clock by whole frames to catch up with real time. */
    private void skipPause(long arrivalNanos) {
        long playedNanos = ticks * SECOND_NANOS / session.sampleRateHz();
        long behindNanos = arrivalNanos - firstArrival - playedNanos;
        if (behindNanos > 0) {
            ticks += behindNanos / (SECOND_NANOS / FRAMES_PER_SECOND) * frameSamples;
        }
    }

    private void emit(long arrivalNanos) {
        if (rate.allows(arrivalNanos)) {
            session.receive(frame, frame.length, ticks, arrivalNanos);
        } else {
            session.counters().add(SessionCounter.PACKETS_OVER_RATE);
        }
        ticks += frameSamples;
    }
}
