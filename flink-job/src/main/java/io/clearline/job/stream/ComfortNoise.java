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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * White noise of a constant, low level that is added to the output, so that silence does not sound like a dead line.
 * The noise depends only on the number of samples before it, so it is the same wherever the stream is computed.
 *
 * <p>The generator is Marsaglia's xorshift of 32 bits with the shifts 13, 17 and 5 (Xorshift RNGs, Journal of
 * Statistical Software 8(14), 2003). Thread-confined; allocates nothing.
 */
final class ComfortNoise {
    /** The level that stands for no noise. */
    static final float NONE_DB = Float.NEGATIVE_INFINITY;

    /** Any value but 0, which the generator would never leave. */
    private static final int SEED = 0x2545f491;

    private final float levelDb;
    /**
     * Factor from the generator's 32-bit state to a sample. Uniform noise has an RMS of its peak divided by the square
     * root of three.
     */
    private final float scale;

    private int state = SEED;

    /** @param levelDb RMS level in dB of full scale */
    ComfortNoise(float levelDb) {
        this.levelDb = levelDb;
        scale = (float) (StrictMath.sqrt(3) * StrictMath.pow(10, levelDb / 20) / (1L << 31));
    }

    /** Adds noise to {@code length} samples from {@code offset} on. */
    @HotPath
    void add(float[] samples, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            samples[i] = Math.fma(scale, (float) state, samples[i]);
        }
    }

    /** Writes the noise; null stands for none. */
    static void write(ComfortNoise noise, DataOutput out) throws IOException {
        out.writeFloat(noise == null ? NONE_DB : noise.levelDb);
        if (noise != null) {
            out.writeInt(noise.state);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @return the noise, which continues where it was written; null for none
     */
    static ComfortNoise read(DataInput in) throws IOException {
        ComfortNoise noise = of(in.readFloat());
        if (noise != null) {
            noise.state = in.readInt();
        }
        return noise;
    }

    /** Returns noise of a level, or null for {@link #NONE_DB}. */
    static ComfortNoise of(float levelDb) {
        return levelDb == NONE_DB ? null : new ComfortNoise(levelDb);
    }
}
