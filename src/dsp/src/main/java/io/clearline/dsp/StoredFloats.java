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
 * Parts of arrays as {@link DataOutput#writeFloat} writes each value, a block at a time: a stream's state is thousands
 * of values, written and read again for each checkpoint while frames wait. Stateless and thread-safe.
 */
public final class StoredFloats {
    private static final int BLOCK = 1024;

    private StoredFloats() {}

    /** Writes {@code length} values. */
    public static void write(DataOutput out, float[] values, int offset, int length) throws IOException {
        byte[] bytes = new byte[Math.min(BLOCK, length) * Float.BYTES];
        for (int done = 0; done < length; done += BLOCK) {
            int count = Math.min(BLOCK, length - done);
            ByteBuffer.wrap(bytes).asFloatBuffer().put(values, offset + done, count);
            out.write(bytes, 0, count * Float.BYTES);
        }
    }

    /** Writes all values. */
    public static void write(DataOutput out, float[] values) throws IOException {
        write(out, values, 0, values.length);
    }

    /** Reads {@code length} values. */
    public static void read(DataInput in, float[] values, int offset, int length) throws IOException {
        byte[] bytes = new byte[Math.min(BLOCK, length) * Float.BYTES];
        for (int done = 0; done < length; done += BLOCK) {
            int count = Math.min(BLOCK, length - done);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, offset + done, count);
        }
    }

    /** Fills the array. */
    public static void read(DataInput in, float[] values) throws IOException {
        read(in, values, 0, values.length);
    }
}
