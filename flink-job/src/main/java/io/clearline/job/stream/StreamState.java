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

import io.clearline.dsp.HotPath;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.schemas.FrameLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * Everything the job remembers of one stream, part by part: session, order, time line, the frames in the signal path,
 * the window of the SDR estimate, how frames are treated, and the signal. It decides every later sample, so it is
 * written and read as a whole: its version, then each part behind a version of its own.
 *
 * <p>A version is read by every later release, and goes on to the last bit; a golden snapshot of each is a test. An
 * older release refuses a newer version.
 */
public final class StreamState {
    /** The version that is written; all from 1 on can be read. */
    public static final int VERSION = 3;

    private static final StreamChannel[] NO_CHANNELS = {};

    private final String streamId;
    final SessionState session;
    final StreamOrder order = new StreamOrder();
    final StreamTimeline time = new StreamTimeline();
    final PendingFrames pending = new PendingFrames();

    private long lastSeenMillis;

    /** Of an open stream one for each channel; of a closed one none. All are live, or all are stored. */
    private StreamChannel[] channels = NO_CHANNELS;

    /** Whether frames pass dry, from {@link #bypassedSince} on; or are enhanced from there on. */
    private boolean bypassed;
    /** The frame from which on frames are treated as they are. */
    private long bypassedSince;

    /** Whether this is a copy that only brings out the frames in the signal path. */
    private boolean tail;

    public StreamState(String streamId) {
        this.streamId = streamId;
        session = new SessionState(streamId);
    }

    /** The stream's name. */
    public String streamId() {
        return streamId;
    }

    /** Whether the stream takes part in the enhancement now, and is not merely remembered. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** The session that goes on, or that was the last. */
    public StreamSession session() {
        return session.name();
    }

    /** The rate of the stream's samples. */
    public int sampleRateHz() {
        return time.sampleRateHz();
    }

    /** Where the stream's time stands: capture time just after the last frame taken or concealed. */
    public long nextCaptureTimeMicros() {
        return time.nextCaptureTimeMicros();
    }

    /** Hops of this stream that wait in the batch, of all its channels. */
    @HotPath
    public int waitingHops() {
        int hops = 0;
        for (StreamChannel channel : channels) {
            hops += channel.waitingHops;
        }
        return hops;
    }

    /** Whether something of this stream is still to come out, which a next frame would bring. */
    public boolean holdsFrames() {
        return order.waiting().count() > 0 || pending.hasFramesToEmit();
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
    public void setBypassed(boolean bypass) {
        if (bypass != bypassed) {
            bypassed = bypass;
            bypassedSince = order.nextSequence();
        }
    }

    /** Whether the stream's frames pass dry. */
    public boolean isBypassed() {
        return bypassed;
    }

    /** The frame from which on frames are treated as they are. */
    public long bypassedSince() {
        return bypassedSince;
    }

    boolean isTail() {
        return tail;
    }

    /** The channels of the stream, in the order in which frames interleave them; none while the stream is closed. */
    @HotPath
    StreamChannel[] channels() {
        return channels;
    }

    /** Begins with so many channels, each with a signal of its own. */
    void openChannels(int count, Supplier<SignalPath> signals) {
        channels = new StreamChannel[count];
        for (int i = 0; i < count; i++) {
            channels[i] = new StreamChannel(this, i);
            channels[i].setPath(signals.get());
        }
    }

    /** Frees the memory of the signals. */
    void closeChannels() {
        channels = NO_CHANNELS;
    }

    /** Whether the signals of an open stream are still bytes. */
    @HotPath
    boolean isSignalStored() {
        return channels.length > 0 && channels[0].isStored();
    }

    /** Silence that pushes every sample out of the signal paths; only while the stream is open. */
    int drainSamples() {
        return channels[0].path().drainSamples();
    }

    /** The model that the signals are under; only while there are any. */
    ModelId model() {
        try {
            return channels[0].model();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Turns the stored bytes into signals again. */
    void restoreSignal(EnhancementModel model) {
        try {
            for (StreamChannel channel : channels) {
                channel.restore(model);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private IllegalStateException unreadable(IOException e) {
        return new IllegalStateException(
                "The stored signal of stream '" + streamId + "' can't be read: " + e.getMessage(), e);
    }

    /** A copy that shares nothing, whose signal goes on under the same model; no hop may wait. */
    StreamState copyForTail() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writeTo(new DataOutputStream(bytes));
            StreamState copy = readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            copy.restoreSignal(channels[0].path().model());
            copy.tail = true;
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("The state of stream '" + streamId + "' can't be copied", e);
        }
    }

    /** Writes the whole state, version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeUTF(streamId);
        session.writeTo(out);
        order.writeTo(out);
        time.writeTo(out);
        pending.writeTo(out);
        out.writeLong(lastSeenMillis);
        out.writeBoolean(bypassed);
        out.writeLong(bypassedSince);
        out.writeByte(channels.length);
        for (StreamChannel channel : channels) {
            channel.writeTo(out);
        }
    }

    /**
     * Reads what {@link #writeTo} of this release or an earlier one wrote.
     *
     * @throws IOException when a newer version wrote it
     */
    public static StreamState readFrom(DataInput in) throws IOException {
        int version = in.readInt();
        if (version == 1) {
            return readVersion1(in);
        }
        if (version != 2 && version != VERSION) {
            throw new IOException(
                    "The state of a stream was written in version " + version + "; this job reads versions 1 to "
                            + VERSION + ". Restore it with the release of Clearline that wrote it.");
        }
        StreamState state = new StreamState(in.readUTF());
        state.session.readFrom(in);
        state.order.readFrom(in);
        state.time.readFrom(in);
        state.pending.readFrom(in);
        SdrWindow window = new SdrWindow();
        if (version == 2) {
            window.readFrom(in);
        }
        state.lastSeenMillis = in.readLong();
        state.bypassed = in.readBoolean();
        state.bypassedSince = in.readLong();
        if (version == 2) {
            state.takeOneChannel(window, StoredSignal.read(in));
        } else {
            state.readChannels(in);
        }
        return state;
    }

    private void readChannels(DataInput in) throws IOException {
        int count = in.readUnsignedByte();
        if (count > FrameLimits.MAX_CHANNELS) {
            throw new IOException("Expected at most " + FrameLimits.MAX_CHANNELS + " channels of stream '" + streamId
                    + "' in its state, found " + count + "; the state is damaged.");
        }
        channels = new StreamChannel[count];
        for (int i = 0; i < count; i++) {
            channels[i] = new StreamChannel(this, i);
            channels[i].readFrom(in);
        }
    }

    /** Takes what versions 1 and 2 knew: a stream had one channel. */
    private void takeOneChannel(SdrWindow window, StoredSignal signal) {
        if (signal != null) {
            channels = new StreamChannel[] {new StreamChannel(this, 0, window, signal)};
        }
    }

    private static StreamState readVersion1(DataInput in) throws IOException {
        StreamState state = new StreamState(in.readUTF());
        state.order.readFromStateVersion1(in);
        state.pending.readFromStateVersion1(in);
        state.session.readFromStateVersion1(in);
        state.time.readFromStateVersion1(in);
        SdrWindow window = new SdrWindow();
        window.readFromStateVersion1(in);
        state.lastSeenMillis = in.readLong();
        state.takeOneChannel(window, StoredSignal.readFromStateVersion1(in));
        return state;
    }
}
