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
package io.clearline.console.board;

/**
 * A frame before and after enhancement. Each side is null until its record has been read. The sides are set under the
 * lock of {@link Board}; their arrays are not modified afterwards.
 */
public final class PairedFrame {
    /** Bit of {@link #flags()}: the mask of the model was applied. */
    public static final int ENHANCED = 1;
    /** Bit of {@link #flags()}: the frame was bypassed, so its output equals its input. */
    public static final int DRY = 2;
    /** Bit of {@link #flags()}: the frame conceals lost audio. */
    public static final int CONCEALED = 4;

    private final long sequence;
    private final long captureTimeMicros;
    private final long seenMillis;
    private short[] before;
    private short[] after;
    private int flags;
    private long completion;

    PairedFrame(long sequence, long captureTimeMicros, long seenMillis) {
        this.sequence = sequence;
        this.captureTimeMicros = captureTimeMicros;
        this.seenMillis = seenMillis;
    }

    void before(short[] samples) {
        before = samples;
    }

    void after(short[] samples, int newFlags) {
        after = samples;
        flags = newFlags;
    }

    boolean isComplete() {
        return before != null && after != null;
    }

    /** Returns the ordinal of the frame among the complete frames of its stream, from 1; 0 while it is incomplete. */
    long completion() {
        return completion;
    }

    void completion(long number) {
        completion = number;
    }

    long seenMillis() {
        return seenMillis;
    }

    /** Returns the sequence of the frame in its stream. */
    public long sequence() {
        return sequence;
    }

    /** Returns the capture time of the first sample. */
    public long captureTimeMicros() {
        return captureTimeMicros;
    }

    /** Returns the 16-bit samples before enhancement; null when they have not been read. */
    public short[] before() {
        return before;
    }

    /** Returns the 16-bit samples after enhancement; null when they have not been read. */
    public short[] after() {
        return after;
    }

    /** Returns the treatment of the frame, as a set of {@link #ENHANCED}, {@link #DRY} and {@link #CONCEALED}. */
    public int flags() {
        return flags;
    }

    /** Returns the number of samples of a side; both sides have the same number when both are present. */
    public int samples() {
        return Math.max(before == null ? 0 : before.length, after == null ? 0 : after.length);
    }
}
