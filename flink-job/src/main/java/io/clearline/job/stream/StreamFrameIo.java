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

import io.clearline.schemas.frame.StreamFrame;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The bytes of a {@link StreamFrame}, between the job's tasks and in the state of a stream.
 *
 * <p>One byte holds the code of the encoding in its lower half, and the number of channels less one in its upper half.
 * Bytes that were written before there were several channels therefore read as one channel.
 */
public final class StreamFrameIo {
    private static final int CHANNELS_SHIFT = 4;
    private static final int ENCODING_MASK = 0x0f;

    private StreamFrameIo() {}

    /** Writes a frame without its partition. */
    public static void write(StreamFrame frame, DataOutput out) throws IOException {
        out.writeUTF(frame.session);
        out.writeUTF(frame.streamId);
        out.writeLong(frame.sequence);
        out.writeLong(frame.captureTimeMicros);
        out.writeInt(frame.sampleRateHz);
        out.writeByte(EncodingCodes.codeOf(frame.encoding) | frame.channels - 1 << CHANNELS_SHIFT);
        out.writeBoolean(frame.lastOfStream);
        out.writeInt(frame.payloadLength);
        out.write(frame.payload, 0, frame.payloadLength);
    }

    /** Reads into {@code reuse} what {@link #write} wrote. */
    public static void read(StreamFrame reuse, DataInput in) throws IOException {
        reuse.session = in.readUTF();
        reuse.streamId = in.readUTF();
        readRest(reuse, in);
    }

    /** Reads like {@link #read(StreamFrame, DataInput)}, with strings from a cache. */
    public static void read(StreamFrame reuse, DataInput in, CachingUtfReader texts) throws IOException {
        reuse.session = texts.read(in);
        reuse.streamId = texts.read(in);
        readRest(reuse, in);
    }

    /** Reads into {@code reuse} what state version 1 wrote, which had no sessions. */
    static void readWithoutSession(StreamFrame reuse, DataInput in) throws IOException {
        reuse.session = "";
        reuse.streamId = in.readUTF();
        readRest(reuse, in);
    }

    private static void readRest(StreamFrame reuse, DataInput in) throws IOException {
        reuse.sequence = in.readLong();
        reuse.captureTimeMicros = in.readLong();
        reuse.sampleRateHz = in.readInt();
        int format = in.readUnsignedByte();
        reuse.encoding = EncodingCodes.encodingOf(format & ENCODING_MASK);
        reuse.channels = (format >>> CHANNELS_SHIFT) + 1;
        reuse.lastOfStream = in.readBoolean();
        reuse.reservePayload(in.readInt());
        in.readFully(reuse.payload, 0, reuse.payloadLength);
    }
}
