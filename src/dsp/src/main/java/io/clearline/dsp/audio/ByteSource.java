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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A buffered source of bytes from a file, a pipe or an array, with a position. Only files are seekable, but a pipe can
 * be spooled to a temporary file ({@link #makeSeekable}). Thread-confined.
 */
final class ByteSource implements Closeable {
    /** The length of a pipe, which is not known. */
    static final long UNKNOWN = -1;

    private static final int BUFFER_BYTES = 1 << 16;

    private ReadableByteChannel channel;
    /** The same channel if it is seekable; null otherwise. */
    private FileChannel file;
    /** Contains the bytes that were read ahead, between its position and its limit. */
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    /** Position in the source of the buffer's limit. */
    private long bufferEnd;

    private long length;

    private ByteSource(ReadableByteChannel channel, FileChannel file, long length) {
        this.channel = channel;
        this.file = file;
        this.length = length;
    }

    /** Opens a file. A FIFO or a device is read like a pipe. */
    static ByteSource of(Path path) throws IOException {
        FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
        if (Files.isRegularFile(path)) {
            return new ByteSource(opened, opened, opened.size());
        }
        // The channel itself, because a stream of Files would ask for its position, which a FIFO does not have.
        return new ByteSource(opened, null, UNKNOWN);
    }

    /** Reads from a pipe. */
    static ByteSource of(InputStream in) {
        return new ByteSource(Channels.newChannel(in), null, UNKNOWN);
    }

    /** Reads from an array, whose length is known. */
    static ByteSource of(byte[] bytes) {
        ByteSource source = new ByteSource(Channels.newChannel(InputStream.nullInputStream()), null, bytes.length);
        source.buffer = ByteBuffer.wrap(bytes);
        source.bufferEnd = bytes.length;
        return source;
    }

    /** Returns the length of the source in bytes, or {@link #UNKNOWN}. */
    long length() {
        return length;
    }

    /** Returns the number of bytes from the position to the end, or {@link Long#MAX_VALUE} if it is not known. */
    long remaining() {
        return length == UNKNOWN ? Long.MAX_VALUE : length - position();
    }

    /** Returns the position of the next byte. */
    long position() {
        return bufferEnd - buffer.remaining();
    }

    /** Moves to a position. A pipe is spooled to a temporary file if the position is outside the buffer. */
    void seek(long position) throws IOException {
        long inBuffer = position - (bufferEnd - buffer.limit());
        if (inBuffer >= 0 && inBuffer <= buffer.limit()) {
            buffer.position((int) inBuffer);
            return;
        }
        makeSeekable();
        file.position(position);
        bufferEnd = position;
        buffer.position(0).limit(0);
    }

    /** Makes a pipe seekable from here on by writing its remaining bytes to a temporary file. */
    void makeSeekable() throws IOException {
        if (file != null) {
            return;
        }
        long here = position();
        Path spool = Files.createTempFile("clearline-pipe", ".audio");
        file = FileChannel.open(
                spool, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        // Keeps the positions of the pipe, so the file has a hole up to here.
        file.position(here);
        try (OutputStream out = Channels.newOutputStream(new UnclosedChannel(file))) {
            byte[] block = new byte[BUFFER_BYTES];
            for (int read = read(block, 0, block.length); read > 0; read = read(block, 0, block.length)) {
                out.write(block, 0, read);
            }
        }
        channel.close();
        channel = file;
        length = file.size();
        file.position(here);
        bufferEnd = here;
        buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    }

    /** A channel that stays open when the stream around it is closed. */
    private record UnclosedChannel(FileChannel to) implements java.nio.channels.WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return to.write(bytes);
        }

        @Override
        public boolean isOpen() {
            return to.isOpen();
        }

        @Override
        public void close() {
            // The owner continues to use the channel.
        }
    }

    /** Returns the next byte, or -1 at the end. */
    int read() throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        return buffer.get() & 0xff;
    }

    /** Reads until {@code length} bytes have been read or the source ends. Returns the number of bytes read. */
    int read(byte[] out, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && (buffer.hasRemaining() || fill())) {
            int part = Math.min(length - done, buffer.remaining());
            buffer.get(out, offset + done, part);
            done += part;
        }
        return done;
    }

    /**
     * Reads exactly {@code count} bytes of a header.
     *
     * @throws EOFException if the source has fewer
     */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        if (read(bytes, 0, count) < count) {
            throw new EOFException("it ends at byte " + position() + ", inside its header");
        }
        return bytes;
    }

    /** Variant of {@link #bytes} that returns a buffer with the given byte order. */
    ByteBuffer numbers(int count, ByteOrder order) throws IOException {
        return ByteBuffer.wrap(bytes(count)).order(order);
    }

    /** Returns the next {@code count} bytes, or fewer at the end, without moving the position. */
    byte[] peek(int count) throws IOException {
        while (buffer.remaining() < count && grow(count)) {
            // Loops until the bytes are available or the source ends.
        }
        byte[] bytes = new byte[Math.min(count, buffer.remaining())];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Skips bytes. Returns false if the source ends before. */
    boolean skip(long count) throws IOException {
        long target = position() + count;
        if (target < 0) {
            return false;
        }
        if (length != UNKNOWN && target > length) {
            return false;
        }
        if (file != null) {
            seek(target);
            return true;
        }
        while (position() < target) {
            if (!buffer.hasRemaining() && !fill()) {
                return false;
            }
            buffer.position(buffer.position() + (int) Math.min(buffer.remaining(), target - position()));
        }
        return true;
    }

    /** Puts back bytes, which must be the last ones that were read. */
    void unread(byte[] bytes, int offset, int count) {
        ByteBuffer larger = ByteBuffer.allocate(Math.max(BUFFER_BYTES, count + buffer.remaining()));
        larger.put(bytes, offset, count).put(buffer).flip();
        buffer = larger;
    }

    /** Refills the empty buffer. Returns false at the end. */
    private boolean fill() throws IOException {
        if (bufferEnd == length) {
            return false;
        }
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        bufferEnd += Math.max(0, read);
        return read > 0;
    }

    /** Reads more bytes after those in the buffer, and enlarges it to {@code count} if necessary. */
    private boolean grow(int count) throws IOException {
        if (bufferEnd == length) {
            return false;
        }
        ByteBuffer larger = buffer.capacity() >= count && buffer.capacity() >= BUFFER_BYTES
                ? buffer
                : ByteBuffer.allocate(Math.max(BUFFER_BYTES, count));
        if (larger == buffer) {
            buffer.compact();
        } else {
            larger.put(buffer);
            buffer = larger;
        }
        int read = channel.read(buffer);
        buffer.flip();
        bufferEnd += Math.max(0, read);
        return read > 0;
    }

    /** Copies all remaining bytes. */
    void copyTo(OutputStream out) throws IOException {
        byte[] block = new byte[BUFFER_BYTES];
        while (buffer.hasRemaining() || fill()) {
            int part = Math.min(block.length, buffer.remaining());
            buffer.get(block, 0, part);
            out.write(block, 0, part);
            out.flush();
        }
    }

    /** Returns the four bytes of a chunk's name as text. Bytes that are not printable ASCII become dots. */
    static String name(byte[] bytes, int offset) {
        byte[] shown = Arrays.copyOfRange(bytes, offset, offset + 4);
        for (int i = 0; i < shown.length; i++) {
            if (shown[i] < 0x20 || shown[i] > 0x7e) {
                shown[i] = '.';
            }
        }
        return new String(shown, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
