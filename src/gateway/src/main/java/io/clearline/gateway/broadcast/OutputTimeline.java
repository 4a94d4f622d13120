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

import io.clearline.schemas.EnhancedFrame;
import java.util.ArrayDeque;

/**
 * Where each frame belongs in what is written: by its capture time, so that a hole of any origin (a frame that is lost,
 * Kafka away, the source restarted) becomes silence of the right length and no sound is shifted. Duplicates are known
 * by session and sequence. Thread-confined.
 */
final class OutputTimeline {
    /** A longer hole is no hole, but another clock: what comes then follows at once. */
    static final long MAX_GAP_SECONDS = 60;

    private static final long MICROS_PER_SECOND = 1_000_000L;
    /** Capture times are whole microseconds, less than a sample. */
    private static final long ROUNDING_SAMPLES = 1;

    /** So many sessions that are over stay known: a job that is restored repeats the last seconds. */
    private static final int KNOWN_SESSIONS = 64;

    private final int sampleRateHz;
    private final long bufferSamples;
    private final ArrayDeque<String> over = new ArrayDeque<>();
    private String session = "";
    private long lastSequence = -1;
    private long zeroMicros;
    private long position;
    private boolean placed;

    /** @param bufferSamples of silence before sound of another clock; 0 when nothing is in real time */
    OutputTimeline(int sampleRateHz, long bufferSamples) {
        this.bufferSamples = bufferSamples;
        this.sampleRateHz = sampleRateHz;
    }

    /**
     * What to do with a frame.
     *
     * @param silence samples of silence to write first
     * @param skip samples of the frame to leave out, whose place is taken
     * @param anew whether the frame's clock has nothing to do with that of the ones before
     */
    record Place(long silence, long skip, boolean anew) {}

    /** Whether the frame was there already. */
    boolean isDuplicate(EnhancedFrame frame) {
        String of = frame.getSession();
        return of.equals(session) ? frame.getSequence() <= lastSequence : over.contains(of);
    }

    /** Finds the place of a frame that is no duplicate. */
    Place place(EnhancedFrame frame) {
        boolean sessionBegins = !frame.getSession().equals(session);
        if (sessionBegins) {
            begin(frame.getSession());
        }
        lastSequence = frame.getSequence();
        long ahead = start(frame.getCaptureTimeMicros()) - position;
        boolean far = Math.abs(ahead) > MAX_GAP_SECONDS * sampleRateHz;
        if (!placed || far || sessionBegins && ahead < -ROUNDING_SAMPLES) {
            boolean anew = placed;
            long silence = anew ? bufferSamples : 0;
            placed = true;
            zeroMicros = frame.getCaptureTimeMicros() - (position + silence) * MICROS_PER_SECOND / sampleRateHz;
            return new Place(silence, 0, anew);
        }
        if (Math.abs(ahead) <= ROUNDING_SAMPLES) {
            return new Place(0, 0, false);
        }
        return new Place(Math.max(0, ahead), Math.max(0, -ahead), false);
    }

    private void begin(String name) {
        if (placed) {
            over.add(session);
        }
        if (over.size() > KNOWN_SESSIONS) {
            over.remove();
        }
        session = name;
    }

    private long start(long captureTimeMicros) {
        long micros = captureTimeMicros - zeroMicros;
        return Math.floorDiv(micros, MICROS_PER_SECOND) * sampleRateHz
                + (Math.floorMod(micros, MICROS_PER_SECOND) * sampleRateHz + MICROS_PER_SECOND / 2) / MICROS_PER_SECOND;
    }

    /** Goes on by samples that were written. */
    void advance(long samples) {
        position += samples;
    }

    /** Time of the next sample since the first, in nanoseconds. */
    long positionNanos() {
        return Math.floorDiv(position, sampleRateHz) * 1_000 * MICROS_PER_SECOND
                + Math.floorMod(position, sampleRateHz) * 1_000 * MICROS_PER_SECOND / sampleRateHz;
    }
}
