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
package io.clearline.job.operator;

import io.clearline.job.stream.StreamState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes the state of streams for Flink. Format and version are defined by {@link StreamState}. */
public final class StreamStateSerializer extends TypeSerializerSingleton<StreamState> {
    private static final long serialVersionUID = 1L;

    public static final StreamStateSerializer INSTANCE = new StreamStateSerializer();

    /** Initial size of the buffer for a copy, which is enough for most streams. */
    private static final int COPY_BYTES = 65_536;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public StreamState createInstance() {
        return new StreamState("");
    }

    /**
     * Copies a state by writing and reading it. Flink does this when it needs the state of a snapshot while the stream
     * continues, at most once per stream and checkpoint, not per frame.
     */
    @Override
    public StreamState copy(StreamState from) {
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(COPY_BYTES);
            from.writeTo(bytes);
            return StreamState.readFrom(new DataInputDeserializer(bytes.getSharedBuffer(), 0, bytes.length()));
        } catch (IOException e) {
            throw new UncheckedIOException("State of stream '" + from.streamId() + "' can't be copied", e);
        }
    }

    @Override
    public StreamState copy(StreamState from, StreamState reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(StreamState state, DataOutputView target) throws IOException {
        state.writeTo(target);
    }

    @Override
    public StreamState deserialize(DataInputView source) throws IOException {
        return StreamState.readFrom(source);
    }

    @Override
    public StreamState deserialize(StreamState reuse, DataInputView source) throws IOException {
        return StreamState.readFrom(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<StreamState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. Versions are stored with every state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
