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

/** A frame as it came in and as it came out; each side null until it was seen. Not thread-safe. */
public final class PairedFrame {
    /** Bit of {@link #flags()}: the model's mask was applied. */
    public static final int ENHANCED = 1;
    /** Bit of {@link #flags()}: it went out as it came in. */
    public static final int DRY = 2;
    /** Bit of {@link #flags()}: it replaces lost audio. */
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

    /** Which of its stream's frames it was to become complete; 0 while it is not. */
    long completion() {
        return completion;
    }

    void completion(long number) {
        completion = number;
    }

    long seenMillis() {
        return seenMillis;
    }

    /** The frame's number in its stream. */
    public long sequence() {
        return sequence;
    }

    /** When its first sample was captured. */
    public long captureTimeMicros() {
        return captureTimeMicros;
    }

    /** 16-bit samples as they came in; null where none did. */
    public short[] before() {
        return before;
    }

    /** 16-bit samples as they came out; null where none did. */
    public short[] after() {
        return after;
    }

    /** How it was treated. */
    public int flags() {
        return flags;
    }

    /** Samples of a side; where both are there they have equally many. */
    public int samples() {
        return Math.max(before == null ? 0 : before.length, after == null ? 0 : after.length);
    }
}
