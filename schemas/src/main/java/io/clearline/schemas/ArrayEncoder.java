package io.clearline.schemas;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.io.DirectBinaryEncoder;

/** Avro's unbuffered encoder, without the copy it makes of every payload. One output for life; holds nothing back. */
final class ArrayEncoder extends DirectBinaryEncoder {

    ArrayEncoder(OutputStream output) {
        super(output);
    }

    @Override
    public void writeFixed(ByteBuffer bytes) throws IOException {
        if (bytes.hasArray()) {
            writeFixed(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            super.writeFixed(bytes);
        }
    }
}
