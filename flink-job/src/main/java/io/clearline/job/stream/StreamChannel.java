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

import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One channel of an open stream: its signal, live or in stored form, and the window of its SDR estimate. Channels share
 * all other state of their stream, but no samples, so the output of a channel is what it would be without the others.
 * Not thread-safe.
 */
final class StreamChannel {
    final StreamState stream;
    /** Position of the channel in interleaved frames, from 0. */
    final int index;

    final SdrWindow window;

    /** Number of hops in the batch. Never stored, because the batch is empty whenever states are stored. */
    int waitingHops;

    /** Null while the signal is in stored form. */
    private SignalPath path;
    /** Null while the signal is live. */
    private StoredSignal stored;

    StreamChannel(StreamState stream, int index) {
        this(stream, index, new SdrWindow(), null);
    }

    StreamChannel(StreamState stream, int index, SdrWindow window, StoredSignal stored) {
        this.stream = stream;
        this.index = index;
        this.window = window;
        this.stored = stored;
    }

    /** Returns the signal path, or null while the signal is in stored form. */
    SignalPath path() {
        return path;
    }

    void setPath(SignalPath path) {
        this.path = path;
        stored = null;
    }

    /** Returns whether the signal is in stored form. */
    boolean isStored() {
        return stored != null;
    }

    /** Returns the model of the signal. */
    ModelId model() throws IOException {
        return path == null ? stored.model() : path.model().id();
    }

    /**
     * Turns the stored form into a live signal.
     *
     * @throws IOException if {@code model} is not the signal's model, or the bytes are damaged
     */
    void restore(EnhancementModel model) throws IOException {
        setPath(stored.restored(model, stream.time.sampleRateHz()));
    }

    void writeTo(DataOutput out) throws IOException {
        window.writeTo(out);
        StoredSignal.write(path == null ? stored : StoredSignal.of(path), out);
    }

    void readFrom(DataInput in) throws IOException {
        window.readFrom(in);
        stored = StoredSignal.read(in);
    }
}
