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
import java.nio.ByteBuffer;

/**
 * Writes and reads float arrays block by block, in the format of {@link DataOutput#writeFloat}. The state of a stream
 * has thousands of values, and frames wait while a checkpoint writes them, so single writes would be too slow.
 * Stateless.
 */
public final class StoredFloats {
    private static final int BLOCK_FLOATS = 1024;

    private StoredFloats() {}

    /** Writes {@code length} values from {@code offset}. */
    public static void write(DataOutput out, float[] values, int offset, int length) throws IOException {
        byte[] bytes = new byte[Math.min(BLOCK_FLOATS, length) * Float.BYTES];
        for (int done = 0; done < length; done += BLOCK_FLOATS) {
            int count = Math.min(BLOCK_FLOATS, length - done);
            ByteBuffer.wrap(bytes).asFloatBuffer().put(values, offset + done, count);
            out.write(bytes, 0, count * Float.BYTES);
        }
    }

    /** Writes all values of an array, without its length. */
    public static void write(DataOutput out, float[] values) throws IOException {
        write(out, values, 0, values.length);
    }

    /** Reads {@code length} values into {@code values} from {@code offset}. */
    public static void read(DataInput in, float[] values, int offset, int length) throws IOException {
        byte[] bytes = new byte[Math.min(BLOCK_FLOATS, length) * Float.BYTES];
        for (int done = 0; done < length; done += BLOCK_FLOATS) {
            int count = Math.min(BLOCK_FLOATS, length - done);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, offset + done, count);
        }
    }

    /** Reads as many values as the array has. */
    public static void read(DataInput in, float[] values) throws IOException {
        read(in, values, 0, values.length);
    }
}
