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
 * One channel of an open stream: its signal, live or still as it was stored, and the window of its SDR estimate.
 * Channels share everything else of their stream, and no sample; so what comes out of one is what would come out of it
 * alone. Not thread-safe.
 */
final class StreamChannel {
    final StreamState stream;
    /** Its place in the interleave, from 0. */
    final int index;

    final SdrWindow window;

    /** Hops that are in the batch now; never stored, because the batch is empty whenever states are. */
    int waitingHops;

    private SignalPath path;
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

    /** The signal path, or null while it is still bytes. */
    SignalPath path() {
        return path;
    }

    void setPath(SignalPath path) {
        this.path = path;
        stored = null;
    }

    boolean isStored() {
        return stored != null;
    }

    /** The model that the signal is under. */
    ModelId model() throws IOException {
        return path == null ? stored.model() : path.model().id();
    }

    /** Turns the stored bytes into a signal path again. */
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
