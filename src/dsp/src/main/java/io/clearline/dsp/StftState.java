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
 * One stream's STFT memory: the samples of the next window and the sum of the windows that overlap.
 *
 * <p>A stream begins with {@code overlapSamples} zeros in its history, so the first {@code overlapSamples} samples of
 * its output precede it. Use: {@link #push} until {@link #hopReady}, analyse {@link #window}, {@link #advance}; later
 * synthesise into {@link #overlap} and {@link #emit}. Thread-confined; allocates nothing after construction.
 */
public final class StftState {
    private final int windowSamples;
    private final int hopSamples;
    private final float[] history;
    private final float[] overlap;
    private int filled;

    public StftState(StftSpec spec) {
        windowSamples = spec.windowSamples();
        hopSamples = spec.hopSamples();
        history = new float[windowSamples];
        overlap = new float[windowSamples];
        filled = spec.overlapSamples();
    }

    /** Takes samples up to the next complete hop; gives how many it took. */
    @HotPath
    public int push(float[] samples, int offset, int length) {
        int taken = Math.min(length, windowSamples - filled);
        System.arraycopy(samples, offset, history, filled, taken);
        filled += taken;
        return taken;
    }

    /** Whether a window is complete. */
    @HotPath
    public boolean hopReady() {
        return filled == windowSamples;
    }

    /** The {@code windowSamples} samples of the window, oldest first; meaningful while {@link #hopReady}. */
    @HotPath
    public float[] window() {
        return history;
    }

    /** Makes room for the next hop, after the analysis of the window. */
    @HotPath
    public void advance() {
        System.arraycopy(history, hopSamples, history, 0, windowSamples - hopSamples);
        filled = windowSamples - hopSamples;
    }

    /** Where the synthesis adds its {@code windowSamples} samples. */
    @HotPath
    public float[] overlap() {
        return overlap;
    }

    /** Hands out the {@code hopSamples} samples that no later window changes. */
    @HotPath
    public void emit(float[] out, int offset) {
        System.arraycopy(overlap, 0, out, offset, hopSamples);
        System.arraycopy(overlap, hopSamples, overlap, 0, windowSamples - hopSamples);
        Arrays.fill(overlap, windowSamples - hopSamples, windowSamples, 0f);
    }

    /** Forgets the signal. */
    public void reset() {
        Arrays.fill(history, 0f);
        Arrays.fill(overlap, 0f);
        filled = windowSamples - hopSamples;
    }

    /** Writes the signal, not the shape. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(filled);
        StoredFloats.write(out, history, 0, filled);
        StoredFloats.write(out, overlap, 0, windowSamples - hopSamples);
    }

    /**
     * Reads what {@link #writeTo} of a state of the same shape wrote.
     *
     * @throws IOException when it can't be of this shape; the state is then forgotten
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
