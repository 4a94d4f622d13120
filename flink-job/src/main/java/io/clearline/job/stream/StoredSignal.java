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

import io.clearline.inference.Strength;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A {@link SignalPath} as bytes, with the version in which they were written. A signal needs its model to be more than
 * that, so after a restore it stays bytes until its stream's next frame. Immutable.
 */
final class StoredSignal {
    private static final int TYPICAL_BYTES = 16_384;

    private final int version;
    private final byte[] bytes;

    private StoredSignal(int version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes;
    }

    static StoredSignal of(SignalPath path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        path.writeTo(new DataOutputStream(bytes));
        return new StoredSignal(SignalPath.VERSION, bytes.toByteArray());
    }

    /** The model under which the signal was. */
    ModelId model() throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new ModelId(in.readUTF(), in.readUTF());
    }

    /** The signal again. */
    SignalPath restored(EnhancementModel model, int streamRateHz) throws IOException {
        SignalPath path = new SignalPath(model, streamRateHz, Strength.FULL, false, ComfortNoise.NONE_DB);
        path.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), version);
        return path;
    }

    /** Writes a signal, or that there is none. */
    static void write(StoredSignal signal, DataOutput out) throws IOException {
        if (signal == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(signal.version);
        out.writeInt(signal.bytes.length);
        out.write(signal.bytes);
    }

    /** Reads what {@link #write} wrote; null where there was none. */
    static StoredSignal read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version == 0) {
            return null;
        }
        if (version > SignalPath.VERSION) {
            throw new IOException("Expected version 1 to " + SignalPath.VERSION + " of the signal of a stream, found "
                    + version + ". Restore it with the release of Clearline that wrote it.");
        }
        return new StoredSignal(version, bytes(in));
    }

    /** Reads what state version 1 wrote. */
    static StoredSignal readFromStateVersion1(DataInput in) throws IOException {
        byte[] bytes = bytes(in);
        return bytes.length == 0 ? null : new StoredSignal(1, bytes);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
