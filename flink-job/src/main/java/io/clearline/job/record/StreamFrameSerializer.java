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
package io.clearline.job.record;

import io.clearline.job.stream.CachingUtfReader;
import io.clearline.job.stream.StreamFrameIo;
import io.clearline.schemas.frame.StreamFrame;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes frames between the tasks that decode and those that enhance. The job enables object reuse: an instance
 * returns the same frame for every record it reads, so a receiver that keeps a frame must copy it. An instance is
 * therefore confined to one thread.
 */
public final class StreamFrameSerializer extends MutableSerializer<StreamFrame> {
    private static final long serialVersionUID = 1L;

    public static final StreamFrameSerializer INSTANCE = new StreamFrameSerializer();

    /** Reused for every frame that is read. */
    private transient StreamFrame incoming;

    private transient CachingUtfReader texts;

    @Override
    public StreamFrame deserialize(DataInputView source) throws IOException {
        if (incoming == null) {
            incoming = createInstance();
        }
        return deserialize(incoming, source);
    }

    @Override
    public TypeSerializerSingleton<StreamFrame> duplicate() {
        return new StreamFrameSerializer();
    }

    @Override
    public StreamFrame createInstance() {
        return new StreamFrame();
    }

    @Override
    public void serialize(StreamFrame frame, DataOutputView target) throws IOException {
        target.writeInt(frame.partition);
        StreamFrameIo.write(frame, target);
    }

    @Override
    protected void read(StreamFrame reuse, DataInputView source) throws IOException {
        reuse.partition = source.readInt();
        if (texts == null) {
            texts = new CachingUtfReader();
        }
        StreamFrameIo.read(reuse, source, texts);
    }

    @Override
    protected void copyInto(StreamFrame from, StreamFrame to) {
        to.copyFrom(from);
    }

    @Override
    public TypeSerializerSnapshot<StreamFrame> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Identifies the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamFrame> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
