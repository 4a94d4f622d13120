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
 * Places frames on the timeline of the output by their capture times. A gap of any origin (a lost frame, Kafka away, a
 * restart of the source) thus becomes silence of the right length, and no audio is shifted. Recognises duplicates by
 * session and sequence number. Thread-confined.
 */
final class OutputTimeline {
    /** A longer gap means another clock rather than missing audio; the frame then follows without the gap. */
    static final long MAX_GAP_SECONDS = 60;

    private static final long MICROS_PER_SECOND = 1_000_000L;
    /** Tolerance for the rounding of capture times to microseconds. */
    private static final long ROUNDING_SAMPLES = 1;

    /** Number of ended sessions that are remembered, because a restored job repeats its last seconds. */
    private static final int MAX_ENDED_SESSIONS = 64;

    private final int sampleRateHz;
    private final long bufferSamples;
    private final ArrayDeque<String> endedSessions = new ArrayDeque<>();
    private String session = "";
    private long lastSequence = -1;
    private long zeroMicros;
    private long position;
    private boolean placed;

    /**
     * Makes a timeline that starts with the first frame.
     *
     * @param bufferSamples silence in front of audio of another clock; 0 if the output is not in real time
     */
    OutputTimeline(int sampleRateHz, long bufferSamples) {
        this.bufferSamples = bufferSamples;
        this.sampleRateHz = sampleRateHz;
    }

    /**
     * What to do with a frame.
     *
     * @param silence samples of silence to write first
     * @param skip samples of the frame to leave out, because their place has been written already
     * @param newClock whether the frame starts on another clock than the previous ones
     */
    record Place(long silence, long skip, boolean newClock) {}

    /** Returns whether a frame has been placed before. */
    boolean isDuplicate(EnhancedFrame frame) {
        String name = frame.getSession();
        return name.equals(session) ? frame.getSequence() <= lastSequence : endedSessions.contains(name);
    }

    /** Returns the place of a frame that is not a duplicate. */
    Place place(EnhancedFrame frame) {
        boolean sessionBegins = !frame.getSession().equals(session);
        if (sessionBegins) {
            begin(frame.getSession());
        }
        lastSequence = frame.getSequence();
        long ahead = start(frame.getCaptureTimeMicros()) - position;
        boolean far = Math.abs(ahead) > MAX_GAP_SECONDS * sampleRateHz;
        if (!placed || far || sessionBegins && ahead < -ROUNDING_SAMPLES) {
            boolean newClock = placed;
            long silence = newClock ? bufferSamples : 0;
            placed = true;
            zeroMicros = frame.getCaptureTimeMicros() - (position + silence) * MICROS_PER_SECOND / sampleRateHz;
            return new Place(silence, 0, newClock);
        }
        if (Math.abs(ahead) <= ROUNDING_SAMPLES) {
            return new Place(0, 0, false);
        }
        return new Place(Math.max(0, ahead), Math.max(0, -ahead), false);
    }

    private void begin(String name) {
        if (placed) {
            endedSessions.add(session);
        }
        if (endedSessions.size() > MAX_ENDED_SESSIONS) {
            endedSessions.remove();
        }
        session = name;
    }

    /** Returns the position of a capture time, in samples. */
    private long start(long captureTimeMicros) {
        long micros = captureTimeMicros - zeroMicros;
        return Math.floorDiv(micros, MICROS_PER_SECOND) * sampleRateHz
                + (Math.floorMod(micros, MICROS_PER_SECOND) * sampleRateHz + MICROS_PER_SECOND / 2) / MICROS_PER_SECOND;
    }

    /** Advances by samples that were written. */
    void advance(long samples) {
        position += samples;
    }

    /** Returns the time from the first sample to the next one to be written, in nanoseconds. */
    long positionNanos() {
        return Math.floorDiv(position, sampleRateHz) * 1_000 * MICROS_PER_SECOND
                + Math.floorMod(position, sampleRateHz) * 1_000 * MICROS_PER_SECOND / sampleRateHz;
    }
}
