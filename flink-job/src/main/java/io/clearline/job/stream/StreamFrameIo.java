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

/** The bytes of a {@link StreamFrame}, between the job's tasks and inside the state of a stream. */
public final class StreamFrameIo {
    private StreamFrameIo() {}

    /** Writes what {@link #read} reads. */
    public static void write(StreamFrame frame, DataOutput out) throws IOException {
        out.writeUTF(frame.session);
        out.writeUTF(frame.streamId);
        out.writeLong(frame.sequence);
        out.writeLong(frame.captureTimeMicros);
        out.writeInt(frame.sampleRateHz);
        out.writeByte(EncodingCodes.codeOf(frame.encoding));
        out.writeBoolean(frame.lastOfStream);
        out.writeInt(frame.payloadLength);
        out.write(frame.payload, 0, frame.payloadLength);
    }

    /** Fills {@code reuse} with what {@link #write} wrote. */
    public static void read(StreamFrame reuse, DataInput in) throws IOException {
        String session = in.readUTF();
        readWithoutSession(reuse, in);
        reuse.session = session;
    }

    /** Fills {@code reuse} with what state version 1 wrote, which knew no sessions. */
    static void readWithoutSession(StreamFrame reuse, DataInput in) throws IOException {
        reuse.session = "";
        reuse.streamId = in.readUTF();
        reuse.sequence = in.readLong();
        reuse.captureTimeMicros = in.readLong();
        reuse.sampleRateHz = in.readInt();
        reuse.encoding = EncodingCodes.encodingOf(in.readByte());
        reuse.lastOfStream = in.readBoolean();
        reuse.reservePayload(in.readInt());
        in.readFully(reuse.payload, 0, reuse.payloadLength);
    }
}
