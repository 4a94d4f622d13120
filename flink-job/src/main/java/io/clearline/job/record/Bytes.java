package io.clearline.job.record;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Byte arrays, null among them, in a stream of data. */
final class Bytes {
    private static final int NULL = -1;

    private Bytes() {}

    static void writeNullable(byte[] bytes, DataOutput out) throws IOException {
        if (bytes == null) {
            out.writeInt(NULL);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    static byte[] readNullable(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == NULL) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
