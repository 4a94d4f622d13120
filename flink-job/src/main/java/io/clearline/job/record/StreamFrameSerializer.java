package io.clearline.job.record;

import io.clearline.job.stream.StreamFrame;
import io.clearline.job.stream.StreamFrameIo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Frames between the decoding and the enhancing tasks. The job reuses objects: what comes off the network is one frame, filled again and
 * again, and who keeps it copies it. So an instance serves one thread.
 */
public final class StreamFrameSerializer extends MutableSerializer<StreamFrame> {
    private static final long serialVersionUID = 1L;

    public static final StreamFrameSerializer INSTANCE = new StreamFrameSerializer();

    private transient StreamFrame incoming;

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
        StreamFrameIo.write(frame, target);
    }

    @Override
    protected void read(StreamFrame reuse, DataInputView source) throws IOException {
        StreamFrameIo.read(reuse, source);
    }

    @Override
    protected void copyInto(StreamFrame from, StreamFrame to) {
        to.copyFrom(from);
    }

    @Override
    public TypeSerializerSnapshot<StreamFrame> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Tells a savepoint how its frames were written. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StreamFrame> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
