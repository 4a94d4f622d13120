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
 * All state of one stream: session, order, position in time, pending frames, treatment and the signal of each channel.
 * It determines every later sample.
 *
 * <p>Stored as a version number followed by the parts, each with a version of its own. Every release reads the versions
 * of all earlier releases and continues with the same bytes; a golden snapshot of each version is tested. A release
 * refuses newer versions. Not thread-safe.
 */
public final class StreamState {
    /** The version that is written. All versions from 1 on can be read. */
    public static final int VERSION = 3;

    private static final StreamChannel[] NO_CHANNELS = {};

    private final String streamId;
    final SessionState session;
    final StreamOrder order = new StreamOrder();
    final StreamTimeline time = new StreamTimeline();
    final PendingFrames pending = new PendingFrames();

    private long lastSeenMillis;

    /** The channels of an open stream; empty for a closed one. All signals are live, or all are in stored form. */
    private StreamChannel[] channels = NO_CHANNELS;

    /** Whether frames pass dry, as they have since {@link #bypassedSince}. */
    private boolean bypassed;
    /** Sequence number of the frame from which on {@link #bypassed} applies. */
    private long bypassedSince;

    /** Whether this is a copy that only serves to emit the pending frames. */
    private boolean tail;

    /** Creates the state of a stream that has not had a frame. */
    public StreamState(String streamId) {
        this.streamId = streamId;
        session = new SessionState(streamId);
    }

    /** Returns the name of the stream. */
    public String streamId() {
        return streamId;
    }

    /**
     * Returns whether the stream is open. The state of a closed stream is kept for a while, to recognise late and
     * repeated frames.
     */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** Returns the current session, or the last one if the stream is closed. */
    public StreamSession session() {
        return session.name();
    }

    /** Returns the sample rate of the stream. */
    public int sampleRateHz() {
        return time.sampleRateHz();
    }

    /** Returns the capture time just after the last frame that was taken or concealed. */
    public long nextCaptureTimeMicros() {
        return time.nextCaptureTimeMicros();
    }

    /** Returns the number of hops in the batch, of all channels. */
    @HotPath
    public int waitingHops() {
        int hops = 0;
        for (StreamChannel channel : channels) {
            hops += channel.waitingHops;
        }
        return hops;
    }

    /** Returns whether frames of this stream have not been emitted yet and would be by its next frame. */
    public boolean holdsFrames() {
        return order.waiting().count() > 0 || pending.hasFramesToEmit();
    }

    /**
     * Returns the time of the stream's last frame in milliseconds, by the clock of the runtime, which sets it and uses
     * it to find idle streams.
     */
    public long lastSeenMillis() {
        return lastSeenMillis;
    }

    /** Sets the time of the stream's last frame. */
    public void setLastSeenMillis(long millis) {
        lastSeenMillis = millis;
    }

    /**
     * Sets whether the stream is bypassed from its next hop on. A bypassed signal passes dry, with the same delay as
     * the enhanced one.
     */
    public void setBypassed(boolean bypass) {
        if (bypass != bypassed) {
            bypassed = bypass;
            bypassedSince = order.nextSequence();
        }
    }

    /** Returns whether the stream is bypassed. */
    public boolean isBypassed() {
        return bypassed;
    }

    /** Returns the sequence number of the frame from which on {@link #isBypassed()} applies. */
    public long bypassedSince() {
        return bypassedSince;
    }

    /** Returns whether this is a copy that only serves to emit the pending frames. */
    boolean isTail() {
        return tail;
    }

    /** Returns the channels in the order in which frames interleave them; empty while the stream is closed. */
    @HotPath
    StreamChannel[] channels() {
        return channels;
    }

    /** Creates the channels, each with a new signal. */
    void openChannels(int count, Supplier<SignalPath> signals) {
        channels = new StreamChannel[count];
        for (int i = 0; i < count; i++) {
            channels[i] = new StreamChannel(this, i);
            channels[i].setPath(signals.get());
        }
    }

    /** Discards the channels with their signals. */
    void closeChannels() {
        channels = NO_CHANNELS;
    }

    /** Returns whether the signals of an open stream are in stored form. */
    @HotPath
    boolean isSignalStored() {
        return channels.length > 0 && channels[0].isStored();
    }

    /** Returns how many samples of silence drain the signal paths. The stream must be open and its signals live. */
    int drainSamples() {
        return channels[0].path().drainSamples();
    }

    /** Returns the model of the signals. The stream must be open. */
    ModelId model() {
        try {
            return channels[0].model();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Turns the stored form of the signals into live ones.
     *
     * @throws IllegalStateException if they can't be read, or were stored with another model
     */
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

    /**
     * Returns a copy that shares nothing with this state, with live signals under the same model. No hop may wait in
     * the batch.
     */
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

    /** Writes the state. No hop may wait in the batch. */
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
     * Reads what {@link #writeTo} of this release or an earlier one wrote. Signals stay in stored form.
     *
     * @throws IOException if a newer release wrote it, or it is damaged
     */
    public static StreamState readFrom(DataInput in) throws IOException {
        int version = in.readInt();
        if (version == 1) {
            return readVersion1(in);
        }
        if (version != 2 && version != VERSION) {
            throw new IOException("Expected version 1 to " + VERSION + " of the state of a stream, found " + version
                    + ". Restore it with the release of Clearline that wrote it.");
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

    /**
     * Creates the only channel of a stream in state versions 1 and 2.
     *
     * @param signal null if the stream is closed
     */
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
