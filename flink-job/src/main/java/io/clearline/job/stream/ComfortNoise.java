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
 * White noise of a fixed, low level under everything that goes out, so that silence does not sound as if the line were
 * dead. It depends on nothing but how many samples went before, so it is the same wherever the stream is computed.
 * Marsaglia's xorshift generator of 32 bits. Thread-confined; allocates nothing.
 */
final class ComfortNoise {
    /** Level of no noise. */
    static final float NONE_DB = Float.NEGATIVE_INFINITY;

    /** Not zero, from which the generator would not get away. */
    private static final int SEED = 0x2545f491;

    private final float levelDb;
    /** Of a sample as large as the largest integer: noise that is uniform has a third of its peak's energy. */
    private final float scale;

    private int state = SEED;

    /** @param levelDb its RMS level in dB of full scale */
    ComfortNoise(float levelDb) {
        this.levelDb = levelDb;
        scale = (float) (StrictMath.sqrt(3) * StrictMath.pow(10, levelDb / 20) / (1L << 31));
    }

    /** Adds noise to samples. */
    @HotPath
    void add(float[] samples, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            samples[i] = Math.fma(scale, (float) state, samples[i]);
        }
    }

    /** Writes noise, or that there is none (null). */
    static void write(ComfortNoise noise, DataOutput out) throws IOException {
        out.writeFloat(noise == null ? NONE_DB : noise.levelDb);
        if (noise != null) {
            out.writeInt(noise.state);
        }
    }

    /** Reads what {@link #write} wrote; null where there was none. */
    static ComfortNoise read(DataInput in) throws IOException {
        ComfortNoise noise = of(in.readFloat());
        if (noise != null) {
            noise.state = in.readInt();
        }
        return noise;
    }

    /** Noise of a level, or null for {@link #NONE_DB}. */
    static ComfortNoise of(float levelDb) {
        return levelDb == NONE_DB ? null : new ComfortNoise(levelDb);
    }
}
