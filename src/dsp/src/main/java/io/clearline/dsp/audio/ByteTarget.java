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
package io.clearline.dsp.audio;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A buffered target for the bytes of a result: a file or a pipe. A regular file is seekable, so a writer can update the
 * header at the end. Thread-confined.
 */
public final class ByteTarget implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final WritableByteChannel channel;
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long written;

    private ByteTarget(WritableByteChannel channel, FileChannel file) {
        this.channel = channel;
        this.file = file;
    }

    /** Creates a file, or replaces its content. */
    public static ByteTarget of(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        // A device is not seekable.
        boolean regular = java.nio.file.Files.isRegularFile(path);
        return new ByteTarget(file, regular ? file : null);
    }

    /** Writes to a pipe. */
    public static ByteTarget of(OutputStream out) {
        return new ByteTarget(Channels.newChannel(out), null);
    }

    /** Returns whether written bytes can be overwritten. */
    boolean isSeekable() {
        return file != null;
    }

    /** Returns the number of bytes written so far. */
    long position() {
        return written;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, offset + done, part);
            done += part;
        }
        written += length;
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Writes the buffer to the channel, because the reader of a pipe may wait for it. */
    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Overwrites bytes of a seekable target. */
    void overwrite(long position, byte[] bytes) throws IOException {
        flush();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            file.write(from, position + from.position());
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
