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
package io.clearline.dsp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The STFT state of one stream: the samples of the next window and the sum of the overlapping windows of the output.
 *
 * <p>For each hop, call {@link #push} until {@link #hopReady}, analyse {@link #window} and call {@link #advance}.
 * Later, synthesise into {@link #overlap} and call {@link #emit}. The history starts with {@code overlapSamples} zeros,
 * so the first {@code overlapSamples} samples of the output precede the stream. Thread-confined; allocates nothing
 * after construction.
 */
public final class StftState {
    private final int windowSamples;
    private final int hopSamples;
    private final float[] history;
    private final float[] overlap;
    private int filled;

    /** Creates the state of a stream that has no samples yet. */
    public StftState(StftSpec spec) {
        windowSamples = spec.windowSamples();
        hopSamples = spec.hopSamples();
        history = new float[windowSamples];
        overlap = new float[windowSamples];
        filled = spec.overlapSamples();
    }

    /** Takes samples up to the end of the current window. Returns the number of samples taken. */
    @HotPath
    public int push(float[] samples, int offset, int length) {
        int taken = Math.min(length, windowSamples - filled);
        System.arraycopy(samples, offset, history, filled, taken);
        filled += taken;
        return taken;
    }

    /** Returns whether the window is complete. */
    @HotPath
    public boolean hopReady() {
        return filled == windowSamples;
    }

    /** Returns the {@code windowSamples} samples of the window, oldest first; valid while {@link #hopReady}. */
    @HotPath
    public float[] window() {
        return history;
    }

    /** Drops the oldest hop of the window after its analysis, so that the next hop can be pushed. */
    @HotPath
    public void advance() {
        System.arraycopy(history, hopSamples, history, 0, windowSamples - hopSamples);
        filled = windowSamples - hopSamples;
    }

    /** Returns the buffer of {@code windowSamples} samples to which the synthesis adds. */
    @HotPath
    public float[] overlap() {
        return overlap;
    }

    /** Writes the {@code hopSamples} finished samples, which no later window changes, and moves the buffer on. */
    @HotPath
    public void emit(float[] out, int offset) {
        System.arraycopy(overlap, 0, out, offset, hopSamples);
        System.arraycopy(overlap, hopSamples, overlap, 0, windowSamples - hopSamples);
        Arrays.fill(overlap, windowSamples - hopSamples, windowSamples, 0f);
    }

    /** Resets to the start of a stream. */
    public void reset() {
        Arrays.fill(history, 0f);
        Arrays.fill(overlap, 0f);
        filled = windowSamples - hopSamples;
    }

    /** Writes the state for {@link #readFrom}, without the shape. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(filled);
        StoredFloats.write(out, history, 0, filled);
        StoredFloats.write(out, overlap, 0, windowSamples - hopSamples);
    }

    /**
     * Replaces the state by one that {@link #writeTo} of a state of the same shape wrote.
     *
     * @throws IOException if the stored state does not fit this shape; this state is then reset
     */
    public void readFrom(DataInput in) throws IOException {
        reset();
        int stored = in.readInt();
        if (stored < windowSamples - hopSamples || stored > windowSamples) {
            throw new IOException("The stored STFT state holds " + stored + " samples; a window of " + windowSamples
                    + " and a hop of " + hopSamples + " need " + (windowSamples - hopSamples) + " to " + windowSamples
                    + ". It was stored with another model.");
        }
        filled = stored;
        StoredFloats.read(in, history, 0, filled);
        StoredFloats.read(in, overlap, 0, windowSamples - hopSamples);
    }
}
