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
 * A {@link SignalPath} as bytes, with the version in which they were written. Restoring a signal requires its model, so
 * after a restore of the job a signal stays in this form until the stream's next frame. Immutable.
 */
final class StoredSignal {
    /** Initial size of the buffer, which grows as needed. */
    private static final int INITIAL_BYTES = 16_384;

    private final int version;
    private final byte[] bytes;

    private StoredSignal(int version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes;
    }

    /** Returns the bytes of a signal path. None of its hops may wait in the batch. */
    static StoredSignal of(SignalPath path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
        path.writeTo(new DataOutputStream(bytes));
        return new StoredSignal(SignalPath.VERSION, bytes.toByteArray());
    }

    /** Returns the model that the signal was stored with, which is at the start of the bytes. */
    ModelId model() throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new ModelId(in.readUTF(), in.readUTF());
    }

    /**
     * Returns the signal path again.
     *
     * @throws IOException if {@code model} is not the one that the signal was stored with, or the bytes are damaged
     */
    SignalPath restored(EnhancementModel model, int streamRateHz) throws IOException {
        // Strength, tones and noise are part of the stored signal and replace these values.
        SignalPath path = new SignalPath(model, streamRateHz, Strength.FULL, false, ComfortNoise.NONE_DB);
        path.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), version);
        return path;
    }

    /** Writes a signal; null stands for none. */
    static void write(StoredSignal signal, DataOutput out) throws IOException {
        if (signal == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(signal.version);
        out.writeInt(signal.bytes.length);
        out.write(signal.bytes);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @return the signal; null for none
     * @throws IOException if a newer release wrote it
     */
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

    /** Reads the signal as state version 1 wrote it, without a version number. */
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
