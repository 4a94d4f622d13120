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
import io.clearline.schemas.AudioEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Everything the job remembers of one stream. What it holds decides every later sample, so it is written and read as a
 * whole, with a version in front.
 *
 * <p>The signal path needs the stream's model to be rebuilt; after a restore it stays bytes until the stream's next
 * frame.
 */
public final class StreamState {
    /** The version that is written; all from 1 on can be read. */
    public static final int VERSION = 1;

    private final String streamId;
    private final byte[] key;
    final StreamOrder order = new StreamOrder();
    final PendingFrames pending = new PendingFrames();

    boolean open;
    boolean everOpened;
    int sampleRateHz;
    AudioEncoding encoding = AudioEncoding.PCM_S16LE;
    /** Samples of the frame taken last: the length that a missing frame is given. */
    int frameSamples;
    /** Where the stream's time stands: capture time just after the last frame taken or concealed. */
    long nextCaptureTimeMicros;

    /** Start of the current window of SDR estimates. */
    long windowStartMicros;

    int windowHops;

    private long lastSeenMillis;

    /** Hops that are in the batch now; never stored, because the batch is empty whenever states are. */
    int waitingHops;

    /** How the frames that come now are treated; never stored, because who decides it does so before each frame. */
    boolean bypassed;

    private SignalPath path;
    private byte[] storedPath;

    public StreamState(String streamId) {
        this.streamId = streamId;
        key = streamId.getBytes(StandardCharsets.UTF_8);
    }

    /** The stream's name. */
    public String streamId() {
        return streamId;
    }

    /** The stream's name in UTF-8, to be read only. */
    byte[] key() {
        return key;
    }

    /** Whether the stream takes part in the enhancement now, and is not merely remembered. */
    public boolean isOpen() {
        return open;
    }

    /** Hops of this stream that wait in the batch. */
    public int waitingHops() {
        return waitingHops;
    }

    /**
     * Time of the stream's last frame in milliseconds, by the runtime's clock; it sets it and decides by it when a
     * stream is idle.
     */
    public long lastSeenMillis() {
        return lastSeenMillis;
    }

    public void setLastSeenMillis(long millis) {
        lastSeenMillis = millis;
    }

    /** From the next hop on the stream's signal passes dry, as late as the enhanced one would; or is enhanced again. */
    public void setBypassed(boolean bypassed) {
        this.bypassed = bypassed;
    }

    /** The signal path, or null while the stream is closed or still bytes. */
    SignalPath path() {
        return path;
    }

    void setPath(SignalPath path) {
        this.path = path;
        storedPath = null;
    }

    boolean isPathStored() {
        return storedPath != null;
    }

    /** The model that the signal is under; only while there is a signal. */
    ModelId model() {
        return path == null ? storedModel() : path.model().id();
    }

    /** The model under which the stored signal was. */
    ModelId storedModel() {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(storedPath));
            return new ModelId(in.readUTF(), in.readUTF());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The stored signal of stream '" + streamId + "' can't be read: " + e.getMessage(), e);
        }
    }

    /** Turns the stored bytes into a signal path again. */
    void restorePath(EnhancementModel model) {
        SignalPath restored = new SignalPath(model, sampleRateHz, Strength.FULL);
        try {
            restored.readFrom(new DataInputStream(new ByteArrayInputStream(storedPath)));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The stored signal of stream '" + streamId + "' can't be read: " + e.getMessage(), e);
        }
        setPath(restored);
    }

    /** Writes the whole state, version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeUTF(streamId);
        order.writeTo(out);
        pending.writeTo(out);
        out.writeBoolean(open);
        out.writeBoolean(everOpened);
        out.writeInt(sampleRateHz);
        out.writeUTF(encoding.name());
        out.writeInt(frameSamples);
        out.writeLong(nextCaptureTimeMicros);
        out.writeLong(windowStartMicros);
        out.writeInt(windowHops);
        out.writeLong(lastSeenMillis);
        byte[] pathBytes = pathBytes();
        out.writeInt(pathBytes.length);
        out.write(pathBytes);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException when a newer version wrote it
     */
    public static StreamState readFrom(DataInput in) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException(
                    "The state of a stream was written in version " + version + "; this job reads version " + VERSION
                            + ". Restore it with the version of Clearline that wrote it.");
        }
        StreamState state = new StreamState(in.readUTF());
        state.order.readFrom(in);
        state.pending.readFrom(in);
        state.open = in.readBoolean();
        state.everOpened = in.readBoolean();
        state.sampleRateHz = in.readInt();
        state.encoding = AudioEncoding.valueOf(in.readUTF());
        state.frameSamples = in.readInt();
        state.nextCaptureTimeMicros = in.readLong();
        state.windowStartMicros = in.readLong();
        state.windowHops = in.readInt();
        state.lastSeenMillis = in.readLong();
        byte[] pathBytes = new byte[in.readInt()];
        in.readFully(pathBytes);
        state.storedPath = pathBytes.length == 0 ? null : pathBytes;
        return state;
    }

    private byte[] pathBytes() throws IOException {
        if (path == null) {
            return storedPath == null ? new byte[0] : storedPath;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        path.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
